import type { Episode, Finding } from "@linge/domain/insight/episode.ts";
import { sql, type Kysely } from "kysely";
import type { House } from "../../platform/house.ts";
import type { DB } from "../../platform/db/schema.ts";
import { dayName, dayNumber } from "./streams.ts";

export type Outcome = "real" | "false" | "known";
export type Decision = { outcome: Outcome; note: string; ownerUnit?: string };

/** An episode with what people decided about it. */
export type DecidedEpisode = Episode & {
  outcome?: Outcome;
  note?: string;
  ownerUnit?: string;
  decidedAt?: string;
};

/** False alarms a month that the operator accepts, over everything together. */
export const usualBudget = 4;

export async function alarmBudget(house: House): Promise<number> {
  const row = await house.db
    .selectFrom("settings")
    .select("document")
    .where("city_id", "=", house.cityId)
    .where("kind", "=", "alarmBudget")
    .orderBy("version", "desc")
    .executeTakeFirst();
  return (row?.document as { perMonth: number } | undefined)?.perMonth ?? usualBudget;
}

/** Keeps a new budget as the next version; earlier ones stay. */
export async function setAlarmBudget(house: House, perMonth: number, by: string): Promise<void> {
  await sql`
    insert into settings (city_id, kind, version, document, saved_by)
    select ${house.cityId}, 'alarmBudget', coalesce(max(version), 0) + 1, ${JSON.stringify({ perMonth })}::jsonb, ${by}::uuid
    from settings where city_id = ${house.cityId} and kind = 'alarmBudget'`.execute(house.db);
}

type Row = {
  id: string;
  state: Episode["state"];
  opened_on: string;
  raised_on: string;
  finding: unknown;
  outcome: string | null;
  note: string | null;
  owner_unit: string | null;
  decided_at: string | null;
};

function episodeOf(row: Row): DecidedEpisode {
  const { seenOn, ...finding } = row.finding as Finding & { seenOn: number };
  return {
    ...finding,
    seenOn,
    id: row.id,
    state: row.state,
    openedOn: dayNumber(row.opened_on),
    raisedOn: dayNumber(row.raised_on),
    outcome: (row.outcome as Outcome | null) ?? undefined,
    note: row.note ?? undefined,
    ownerUnit: row.owner_unit ?? undefined,
    decidedAt: row.decided_at ?? undefined,
  };
}

const listed = 200;

export async function openEpisodes(house: House): Promise<DecidedEpisode[]> {
  const rows = await house.db
    .selectFrom("episodes")
    .selectAll()
    .where("city_id", "=", house.cityId)
    .where("state", "<>", "closed")
    .orderBy("raised_on", "desc")
    .execute();
  return rows.map((row) => episodeOf(row as Row));
}

/** Open episodes first, then those that closed lately. */
export async function recentEpisodes(house: House): Promise<DecidedEpisode[]> {
  const found = await sql<Row>`
    select * from episodes where city_id = ${house.cityId} order by (state = 'closed'), raised_on desc, id limit ${listed}`.execute(
    house.db,
  );
  return found.rows.map(episodeOf);
}

export async function episodeById(house: House, id: string): Promise<DecidedEpisode | undefined> {
  const row = await house.db
    .selectFrom("episodes")
    .selectAll()
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && episodeOf(row as Row);
}

export async function writeEpisodes(db: Kysely<DB>, cityId: string, episodes: readonly Episode[]): Promise<void> {
  for (const { id, state, openedOn, raisedOn, ...finding } of episodes) {
    const { streamId, areaCodes, from, to, observed, expected, ratio, p, recurrence, drivers, seenOn } = finding;
    const kept = { streamId, areaCodes, from, to, observed, expected, ratio, p, recurrence, drivers, seenOn };
    const changing = { state, raised_on: dayName(raisedOn), finding: JSON.stringify(kept) };
    await db
      .insertInto("episodes")
      .values({ city_id: cityId, id, stream_id: streamId, opened_on: dayName(openedOn), ...changing })
      .onConflict((conflict) => conflict.columns(["city_id", "id"]).doUpdateSet(changing))
      .execute();
  }
}

/** Keeps what somebody decided about an episode; a later decision replaces it. @returns false when there is none */
export async function decideEpisode(house: House, id: string, decision: Decision, by: string): Promise<boolean> {
  const changed = await house.db
    .updateTable("episodes")
    .set({
      outcome: decision.outcome,
      note: decision.note,
      owner_unit: decision.ownerUnit ?? null,
      decided_by: by,
      decided_at: new Date(house.clock()).toISOString(),
    })
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
