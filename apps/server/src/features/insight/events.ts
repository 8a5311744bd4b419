import type { Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { newId } from "../../platform/ids.ts";

/** Something that happened to an alarm, a budget or a problem of the month: told once, never rewritten. */
export type InsightEvent = {
  subject: string;
  type: string;
  at: string;
  actorId: string;
  actorRole: string;
  data: Record<string, unknown>;
};

export async function keepEvents(db: Kysely<DB>, cityId: string, events: readonly InsightEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db
    .insertInto("insight_events")
    .values(
      events.map(({ subject, type, at, actorId, actorRole, data }) => ({
        city_id: cityId,
        id: newId(),
        subject,
        type,
        at,
        actor_id: actorId,
        actor_role: actorRole,
        data: JSON.stringify(data),
      })),
    )
    .execute();
}

export async function eventsOf(db: Kysely<DB>, cityId: string, subject: string): Promise<InsightEvent[]> {
  const rows = await db
    .selectFrom("insight_events")
    .selectAll()
    .where("city_id", "=", cityId)
    .where("subject", "=", subject)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    subject: row.subject,
    type: row.type,
    at: row.at,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    data: row.data as Record<string, unknown>,
  }));
}
