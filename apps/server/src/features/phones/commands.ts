import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";

export type PhoneRow = {
  id: string;
  personId: string;
  person: string;
  name: string;
  seenAt: string;
  leaveAskedAt: string | null;
  leftAt: string | null;
};

/** Notes that a phone is in somebody's hands, and when it was last heard of. @throws Refusal when it is another's */
export async function seePhone(
  house: House,
  personId: string,
  sessionId: string | undefined,
  phone: { id: string; name: string },
): Promise<void> {
  const now = momentOf(house);
  const kept = await sql`
    insert into phones (city_id, id, person_id, session_id, name, registered_at, seen_at)
    values (${house.cityId}, ${phone.id}, ${personId}, ${sessionId ?? null}, ${phone.name}, ${now}, ${now})
    on conflict (city_id, id) do update set seen_at = excluded.seen_at, session_id = excluded.session_id
      where phones.person_id = excluded.person_id`.execute(house.db);
  if (!kept.numAffectedRows) throw new Refusal(refuse("idUsedDifferently", {}));
}

/** Whether somebody asked this phone to empty itself. Its id is known to nobody else. */
export async function mustLeave(house: House, id: string): Promise<boolean> {
  const found = await sql<{ asked: boolean }>`
    select leave_asked_at is not null as asked from phones where city_id = ${house.cityId} and id = ${id}`.execute(
    house.db,
  );
  return found.rows[0]?.asked ?? false;
}

/** The phone says that it is empty. */
export async function hasLeft(house: House, id: string): Promise<void> {
  await sql`update phones set left_at = ${momentOf(house)}
    where city_id = ${house.cityId} and id = ${id} and leave_asked_at is not null and left_at is null`.execute(
    house.db,
  );
}

const isAdmin = (actor: Actor): boolean => actor.grants.some(({ role }) => role === "cityAdmin");

/** Phones of the actor, or of everybody for the operator; the last heard first. */
export async function listPhones(house: House, actor: Actor): Promise<PhoneRow[]> {
  const found = await sql<PhoneRow>`
    select f.id, f.person_id as "personId", p.name as person, f.name, f.seen_at as "seenAt",
      f.leave_asked_at as "leaveAskedAt", f.left_at as "leftAt"
    from phones f join people p on p.city_id = f.city_id and p.id = f.person_id
    where f.city_id = ${house.cityId} and (${isAdmin(actor)} or f.person_id = ${actor.id})
    order by f.seen_at desc limit 500`.execute(house.db);
  return found.rows;
}

/**
 * Signs a phone out from afar: its session ends now, and at its next contact it empties itself.
 * @throws Refusal notFound when it is neither the actor's own nor the actor the operator
 */
export async function askToLeave(house: House, actor: Actor, id: string): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const found = await sql<{ session_id: string | null; person_id: string }>`
      update phones set leave_asked_at = coalesce(leave_asked_at, ${momentOf(house)}), leave_asked_by = coalesce(leave_asked_by, ${actor.id})
      where city_id = ${house.cityId} and id = ${id} and (${isAdmin(actor)} or person_id = ${actor.id})
      returning session_id, person_id`.execute(tx);
    const phone = found.rows[0];
    if (!phone) throw new Refusal(refuse("notFound", { what: "phone" }));
    await tx
      .insertInto("audit")
      .values({
        city_id: house.cityId,
        id: newId(),
        at: momentOf(house),
        actor_id: actor.id,
        actor_role: isAdmin(actor) ? "cityAdmin" : (actor.grants[0]?.role ?? "staff"),
        action: "signOutPhone",
        target: id,
        purpose: phone.person_id === actor.id ? "own phone" : "operator",
      })
      .execute();
    if (phone.session_id)
      await sql`delete from sessions where city_id = ${house.cityId} and id = ${phone.session_id}`.execute(tx);
  });
}
