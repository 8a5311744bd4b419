import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { passwordFits } from "../../platform/auth/secrets.ts";
import type { Database, Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";

/** Asks for the password again before credentials change: an open screen is not its owner. @throws Refusal wrongSignIn */
export async function confirmPassword(house: House, personId: string, password: string | undefined): Promise<void> {
  const person = await house.db
    .selectFrom("people")
    .select("password_hash")
    .where("city_id", "=", house.cityId)
    .where("id", "=", personId)
    .executeTakeFirst();
  // Whoever comes from an identity provider has no password here.
  if (person && person.password_hash === null) return;
  if (!(await passwordFits(password ?? "", person?.password_hash ?? null)))
    throw new Refusal(refuse("wrongSignIn", {}));
}

/** Puts a change of somebody's credentials on record. */
export async function auditCredential(
  db: Database | Tx,
  cityId: string,
  by: Actor,
  action: string,
  target: string,
): Promise<void> {
  const row = { id: newId(), actor_id: by.id, actor_role: by.grants[0]?.role ?? by.kind, action, target };
  await db
    .insertInto("audit")
    .values({ city_id: cityId, ...row })
    .execute();
}

/** Ends every session of a person but one: what was opened with weaker credentials does not live on. */
export async function endOtherSessions(
  db: Database | Tx,
  cityId: string,
  personId: string,
  kept: string,
): Promise<void> {
  await db
    .deleteFrom("sessions")
    .where("city_id", "=", cityId)
    .where("person_id", "=", personId)
    .where("id", "<>", kept)
    .execute();
}
