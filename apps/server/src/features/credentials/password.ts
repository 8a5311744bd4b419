import type { Actor } from "@linge/domain/access/scope.ts";
import { passwordProblem } from "@linge/domain/access/password.ts";
import { hashPassword } from "../../platform/auth/secrets.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { auditCredential } from "./person.ts";

/**
 * Gives somebody a password of his own choice, and ends every session but the one he chose it in.
 * @throws Refusal weakPassword
 */
export async function setPassword(
  house: House,
  person: { id: string; login: string },
  password: string,
  by: Actor,
  keptSession?: string,
): Promise<void> {
  const problem = passwordProblem(password, person.login);
  if (problem) throw new Refusal(problem);
  const password_hash = await hashPassword(password);
  await house.db.transaction().execute(async (tx) => {
    await tx
      .updateTable("people")
      .set({ password_hash, password_temporary_until: null, password_failures: 0 })
      .where("city_id", "=", house.cityId)
      .where("id", "=", person.id)
      .execute();
    let sessions = tx.deleteFrom("sessions").where("city_id", "=", house.cityId).where("person_id", "=", person.id);
    if (keptSession) sessions = sessions.where("id", "<>", keptSession);
    await sessions.execute();
    await auditCredential(tx, house.cityId, by, "changePassword", person.id);
  });
}
