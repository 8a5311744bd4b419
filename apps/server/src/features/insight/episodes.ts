import type { Episode } from "@linge/domain/insight/episode.ts";
import type { Finding, Looks } from "@linge/domain/insight/finding.ts";
import { recordOf, type AlarmRecord, type Outcome } from "@linge/domain/insight/record.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { dayName, dayNumber } from "./day.ts";

export type Decision = { outcome: Outcome; note: string; ownerUnit?: string };
type Where = { db: Kysely<DB>; cityId: string };

/** An episode with what people decided about it. */
export type DecidedEpisode = Episode & {
  outcome?: Outcome;
  note?: string;
  ownerUnit?: string;
  decidedAt?: string;
  /** The problem of the month that it became. */
  issueId?: string;
  /** How many streams its tool looked at that day. */
  looks: number;
};

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
  issue_id: string | null;
};

/** What is kept of a finding; the first ones knew only one tool. */
type Kept = Finding & { seenOn: number; looks: number };
const early = (kept: Kept) => ({
  tool: "where" as const,
  method: "permutation" as const,
  lastCaseOn: kept.to,
  looks: 1,
});

function episodeOf(row: Row): DecidedEpisode {
  const kept = row.finding as Kept;
  return {
    ...early(kept),
    ...kept,
    id: row.id,
    state: row.state,
    openedOn: dayNumber(row.opened_on),
    raisedOn: dayNumber(row.raised_on),
    outcome: (row.outcome as Outcome | null) ?? undefined,
    note: row.note ?? undefined,
    ownerUnit: row.owner_unit ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    issueId: row.issue_id ?? undefined,
  };
}

const listed = 200;

export async function openEpisodes({ db, cityId }: Where): Promise<DecidedEpisode[]> {
  const rows = await db
    .selectFrom("episodes")
    .selectAll()
    .where("city_id", "=", cityId)
    .where("state", "<>", "closed")
    .orderBy("raised_on", "desc")
    .execute();
  return rows.map((row) => episodeOf(row as Row));
}

/** Open episodes first, then those that closed lately. */
export async function recentEpisodes({ db, cityId }: Where): Promise<DecidedEpisode[]> {
  const found = await sql<Row>`
    select * from episodes where city_id = ${cityId} order by (state = 'closed'), raised_on desc, id limit ${listed}`.execute(
    db,
  );
  return found.rows.map(episodeOf);
}

/** Episodes that were raised between two days, for a report. */
export async function episodesBetween({ db, cityId }: Where, first: string, last: string): Promise<DecidedEpisode[]> {
  const found = await sql<Row>`
    select * from episodes where city_id = ${cityId} and opened_on <= ${last} and raised_on >= ${first}
    order by raised_on desc, id limit ${listed}`.execute(db);
  return found.rows.map(episodeOf);
}

export async function episodeById({ db, cityId }: Where, id: string): Promise<DecidedEpisode | undefined> {
  const row = await db
    .selectFrom("episodes")
    .selectAll()
    .where("city_id", "=", cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && episodeOf(row as Row);
}

/** How alarms that were raised since a day were judged. */
export async function alarmRecord({ db, cityId }: Where, since: string): Promise<AlarmRecord> {
  const found = await sql<{ outcome: Outcome | null; n: number }>`
    select outcome, count(*)::int as n from episodes where city_id = ${cityId} and opened_on >= ${since} group by outcome`.execute(
    db,
  );
  const counts = { real: 0, false: 0, known: 0, undecided: 0 };
  for (const { outcome, n } of found.rows) counts[outcome ?? "undecided"] = n;
  return recordOf(counts);
}

export async function writeEpisodes(
  db: Kysely<DB>,
  cityId: string,
  episodes: readonly (Episode & { looks?: number })[],
  looks: Looks,
): Promise<void> {
  for (const episode of episodes) {
    const { id, state, openedOn, raisedOn } = episode;
    const changing = {
      state,
      raised_on: dayName(raisedOn),
      finding: JSON.stringify(keptOf({ ...episode, looks: looks[episode.tool] })),
    };
    await db
      .insertInto("episodes")
      .values({ city_id: cityId, id, stream_id: episode.streamId, opened_on: dayName(openedOn), ...changing })
      .onConflict((conflict) => conflict.columns(["city_id", "id"]).doUpdateSet(changing))
      .execute();
  }
}

/** Field by field, so that nothing is kept that was not meant to be. */
function keptOf(episode: Episode & { looks: number }): Kept {
  const { tool, method, streamId, areaCodes, from, to, lastCaseOn, observed, expected, ratio, p, recurrence } = episode;
  const { focus, drivers, runnerUp, seenOn, looks } = episode;
  const counts = { observed, expected, ratio, p, recurrence };
  return {
    tool,
    method,
    streamId,
    areaCodes,
    from,
    to,
    lastCaseOn,
    ...counts,
    focus,
    drivers,
    runnerUp,
    seenOn,
    looks,
  };
}

/** Writes what somebody decided about an episode; a later decision replaces it. @returns false when there is none */
export async function decideEpisode(
  { db, cityId }: Where,
  id: string,
  { outcome, note, ownerUnit }: Decision,
  by: string,
  at: string,
): Promise<boolean> {
  const changed = await db
    .updateTable("episodes")
    .set({ outcome, note, owner_unit: ownerUnit ?? null, decided_by: by, decided_at: at })
    .where("city_id", "=", cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
