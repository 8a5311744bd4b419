import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { newToken, passwordFits } from "../../platform/auth/secrets.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { setPassword } from "../credentials/password.ts";
import { useTotp } from "../credentials/totp.ts";

type Who = { personId: string } | { residentId: string };
const codeMinutes = 10;
const codeTries = 5;
const codesAnHour = 5;
const mostFailures = 20;
const lockMs = 10 * 60_000;

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

/**
 * Checks password and second factor. Twenty wrong passwords in a row close the door for ten minutes, whoever knocks. A
 * password that somebody else chose opens nothing but the way to one's own.
 * @throws Refusal wrongSignIn, passwordTriesOver, secondFactorNeeded, newPasswordNeeded, weakPassword, tooManyRequests
 */
export async function signIn(house: House, given: SignInWords): Promise<{ personId: string }> {
  const person = await house.db
    .selectFrom("people")
    .select(["id", "login", "password_hash", "totp_secret", "left_at", "password_temporary_until"])
    .select(["password_failures", "password_failed_at"])
    .where("city_id", "=", house.cityId)
    .where("login", "=", given.login)
    .executeTakeFirst();
  const since = house.clock() - lockMs;
  const failed = Date.parse(person?.password_failed_at ?? "") > since ? person!.password_failures : 0;
  if (failed >= mostFailures) throw new Refusal(refuse("passwordTriesOver", {}));
  const fits = await passwordFits(given.password, person?.password_hash ?? null);
  if (person && !fits) await noteFailure(house, person.id, since);
  const over = person?.password_temporary_until && Date.parse(person.password_temporary_until) < house.clock();
  if (!person || !fits || person.left_at || over) throw new Refusal(refuse("wrongSignIn", {}));
  if (person.totp_secret) await useTotp(house, person.id, person.totp_secret, given.totp);
  if (failed) await forgetFailures(house, person.id);
  if (person.password_temporary_until) {
    if (!given.newPassword) throw new Refusal(refuse("newPasswordNeeded", {}));
    await setPassword(house, person, given.newPassword, { id: person.id, kind: "staff", grants: [] });
  }
  return { personId: person.id };
}

type SignInWords = { login: string; password: string; totp?: string; newPassword?: string };

/** Counts wrong passwords in a row; those of more than ten minutes ago are forgotten. */
async function noteFailure(house: House, personId: string, since: number): Promise<void> {
  await sql`update people set password_failed_at = ${momentOf(house)},
      password_failures = case when password_failed_at > ${new Date(since).toISOString()} then password_failures + 1 else 1 end
    where city_id = ${house.cityId} and id = ${personId}`.execute(house.db);
}

async function forgetFailures(house: House, personId: string): Promise<void> {
  await house.db
    .updateTable("people")
    .set({ password_failures: 0 })
    .where("city_id", "=", house.cityId)
    .where("id", "=", personId)
    .execute();
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

/**
 * Sends a resident a code of six digits, five times an hour at most. The answer is the same for a known and an unknown
 * number.
 * @throws Refusal codesTooOften
 */
export async function sendCode(house: House, phone: string, text: (code: string) => string): Promise<void> {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const now = house.clock();
  const [at, hourAgo, expires] = [now, now - 3_600_000, now + codeMinutes * 60_000].map((ms) =>
    new Date(ms).toISOString(),
  );
  const kept = await sql`
    insert into one_time_codes as kept (city_id, phone, code_hash, tries, expires_at, sent, first_sent_at)
    values (${house.cityId}, ${phone}, ${hashCode(phone, code)}, 0, ${expires}, 1, ${at})
    on conflict (city_id, phone) do update set code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at,
      sent = case when kept.first_sent_at < ${hourAgo} then 1 else kept.sent + 1 end,
      first_sent_at = case when kept.first_sent_at < ${hourAgo} then excluded.first_sent_at else kept.first_sent_at end
    where kept.first_sent_at < ${hourAgo} or kept.sent < ${codesAnHour}`.execute(house.db);
  if (!kept.numAffectedRows) throw new Refusal(refuse("codesTooOften", {}));
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
