import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { newToken, passwordFits } from "../../platform/auth/secrets.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { useTotp } from "../credentials/totp.ts";

type Who = { personId: string } | { residentId: string };
const codeMinutes = 10;
const codeTries = 5;

/** Opens a session; the token is shown once and kept only as a hash. */
export async function openSession(house: House, who: Who, device: string): Promise<{ token: string; csrf: string }> {
  const { token, hash } = newToken();
  const csrf = newToken().token;
  const expires = new Date(house.clock() + house.config.sessionDays * 86_400_000).toISOString();
  await house.db
    .insertInto("sessions")
    .values({
      city_id: house.cityId,
      id: newId(),
      token_hash: hash,
      person_id: "personId" in who ? who.personId : null,
      resident_id: "residentId" in who ? who.residentId : null,
      csrf,
      device: device.slice(0, 120),
      expires_at: expires,
    })
    .execute();
  return { token, csrf };
}

/** Checks password and second factor. @throws Refusal wrongSignIn, secondFactorNeeded, tooManyRequests */
export async function signIn(
  house: House,
  login: string,
  password: string,
  totp?: string,
): Promise<{ personId: string }> {
  const person = await house.db
    .selectFrom("people")
    .select(["id", "password_hash", "totp_secret", "left_at"])
    .where("city_id", "=", house.cityId)
    .where("login", "=", login)
    .executeTakeFirst();
  const fits = await passwordFits(password, person?.password_hash ?? null);
  if (!person || !fits || person.left_at) throw new Refusal(refuse("wrongSignIn", {}));
  if (person.totp_secret) await useTotp(house, person.id, person.totp_secret, totp);
  return { personId: person.id };
}

export async function endSession(
  house: House,
  own: { personId?: string; residentId?: string },
  id: string,
): Promise<void> {
  const ended = await house.db
    .deleteFrom("sessions")
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .where(own.personId ? "person_id" : "resident_id", "=", (own.personId ?? own.residentId)!)
    .executeTakeFirst();
  if (!ended.numDeletedRows) throw new Refusal(refuse("notFound", { what: "session" }));
}

const hashCode = (phone: string, code: string): Buffer => createHash("sha256").update(`${phone}:${code}`).digest();

/** Sends a resident a code of six digits. The answer is the same for a known and an unknown number. */
export async function sendCode(house: House, phone: string, text: (code: string) => string): Promise<void> {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const row = {
    code_hash: hashCode(phone, code),
    tries: 0,
    expires_at: new Date(house.clock() + codeMinutes * 60_000).toISOString(),
  };
  await house.db
    .insertInto("one_time_codes")
    .values({ city_id: house.cityId, phone, ...row })
    .onConflict((conflict) => conflict.columns(["city_id", "phone"]).doUpdateSet(row))
    .execute();
  await house.notifier.send({ to: phone, text: text(code) });
}

/** Takes a code, once. @throws Refusal wrongCode, also after five tries or ten minutes */
export async function takeCode(house: House, phone: string, code: string): Promise<{ residentId: string }> {
  const row = await house.db
    .updateTable("one_time_codes")
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("city_id", "=", house.cityId)
    .where("phone", "=", phone)
    .returning(["code_hash", "tries", "expires_at"])
    .executeTakeFirst();
  const valid =
    row &&
    row.tries <= codeTries &&
    Date.parse(row.expires_at) > house.clock() &&
    timingSafeEqual(row.code_hash, hashCode(phone, code));
  if (!valid) throw new Refusal(refuse("wrongCode", {}));
  await house.db.deleteFrom("one_time_codes").where("city_id", "=", house.cityId).where("phone", "=", phone).execute();
  const resident = await house.db
    .insertInto("residents")
    .values({ city_id: house.cityId, id: newId(), phone })
    .onConflict((conflict) => conflict.columns(["city_id", "phone"]).doUpdateSet({ phone, left_at: null }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return { residentId: resident.id };
}
