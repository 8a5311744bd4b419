import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { auditCredential } from "./person.ts";

/** Takes second factor and passkeys from somebody who lost them, and ends his sessions; the password stays. */
export async function resetCredentials(house: House, by: Actor, login: string): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const found = await sql<{ id: string }>`
      update people set totp_secret = null, totp_step = null, totp_failures = 0
      where city_id = ${house.cityId} and login = ${login} and left_at is null returning id`.execute(tx);
    const id = found.rows[0]?.id;
    if (!id) throw new Refusal(refuse("notFound", { what: "person" }));
    await tx.deleteFrom("passkeys").where("city_id", "=", house.cityId).where("person_id", "=", id).execute();
    await tx.deleteFrom("sessions").where("city_id", "=", house.cityId).where("person_id", "=", id).execute();
    await auditCredential(tx, house.cityId, by, "resetCredentials", id);
  });
}
