import type { Mark } from "@linge/sync/pull/cursor.ts";
import { sql, type RawBuilder } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import type { RecordKind } from "./rules.ts";

/** A transaction may end this much after the time it wrote: no statement may take longer, clocks of servers may differ. */
const slackMs = 10 * 60_000;
const mostAtOnce = 5_000;
/** Phones that ask at the same moment share one look. */
const freshMs = 200;

/** Where the order of changes ends today, and whether this server gave a place: before its first run, only the beginning. */
export async function lookUp(house: House, { position, run }: Mark): Promise<{ head: Mark; known: boolean }> {
  const asked = /^[0-9a-f-]{36}$/.test(run) ? run : null;
  const found = await sql<{ id: string; last: number; known: boolean }>`
    select id, last, exists (select 1 from sync_runs where city_id = ${house.cityId} and id = ${asked}::uuid
      and last >= ${position}) as known
    from sync_runs where city_id = ${house.cityId} order by last desc, at desc limit 1`.execute(house.db);
  const row = found.rows[0];
  const head = row ? { position: row.last, run: row.id } : { position: 0, run: "" };
  return { head, known: run === "" ? position === 0 : (row?.known ?? false) };
}

type Changed = { kind: RecordKind; id: string; version: number; area: string; units: string[] };

/** Where each kind lies, and which units its records name. */
const tracked: Record<RecordKind, { table: RawBuilder<unknown>; units: RawBuilder<unknown> }> = {
  case: { table: sql`cases`, units: sql`jsonb_path_query_array(record, '$.orders[*].unitId')` },
  visit: { table: sql`visits`, units: sql`'[]'::jsonb` },
};
const kinds = Object.keys(tracked) as RecordKind[];

/**
 * Records of a kind that changed since, and whose version has no place yet. Asked in three steps of one scan each: as
 * one join its cost would hang on the planner knowing how fast the table of places has grown.
 */
async function changedSince(tx: Tx, cityId: string, kind: RecordKind, since: string): Promise<Changed[]> {
  const { table, units } = tracked[kind];
  const recent = await sql<{ id: string; version: number }>`
    select id, version from ${table} where city_id = ${cityId} and updated_at >= ${since}
    order by updated_at, id`.execute(tx);
  const ids = recent.rows.map(({ id }) => id);
  if (!ids.length) return [];
  const placed = await sql<{ id: string; version: number }>`
    select record_id as id, version from sync_changes
    where city_id = ${cityId} and kind = ${kind} and record_id = any(${ids}::uuid[])`.execute(tx);
  const known = new Map(placed.rows.map(({ id, version }) => [id, version]));
  const missing = recent.rows.filter(({ id, version }) => known.get(id) !== version).slice(0, mostAtOnce);
  if (!missing.length) return [];
  const found = await sql<Omit<Changed, "kind">>`
    select id, version, area_code as area, ${units} as units
    from ${table} where city_id = ${cityId} and id = any(${missing.map(({ id }) => id)}::uuid[])
    order by updated_at, id`.execute(tx);
  return found.rows.map((row) => ({ kind, ...row }));
}

/** The areas that these cases were moved from, by case; asked for all at once, since most were never moved. */
async function formerAreas(tx: Tx, cityId: string, ids: string[]): Promise<Map<string, string[]>> {
  const found = await sql<{ case_id: string; areas: string[] }>`
    select case_id, array_agg(distinct data->>'from') as areas from case_events
    where city_id = ${cityId} and case_id = any(${ids}::uuid[]) and type = 'placeCorrected' group by case_id`.execute(
    tx,
  );
  return new Map(found.rows.map(({ case_id, areas }) => [case_id, areas]));
}

async function keepPlaces(tx: Tx, cityId: string, base: number, changed: Changed[]): Promise<void> {
  const former = await formerAreas(
    tx,
    cityId,
    changed.filter(({ kind }) => kind === "case").map(({ id }) => id),
  );
  const rows = changed.map(({ kind, id, version, area, units }, at) => ({
    kind,
    id,
    version,
    position: base + at + 1,
    reached: [...new Set([area, ...units, ...(former.get(id) ?? [])])],
  }));
  await sql`
    insert into sync_changes (city_id, kind, record_id, position, version, reached)
    select ${cityId}, kind, id, position, version, reached
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, id uuid, position bigint, version integer, reached text[])
    on conflict (city_id, kind, record_id) do update
      set position = excluded.position, version = excluded.version, reached = excluded.reached`.execute(tx);
}

/**
 * Gives every change that has none a place in one order, after the fact: writes themselves take no number, so they
 * never wait for each other, and a number never hides a transaction that is still open. Looks back from the last run by
 * more than a transaction can take; what it saw already has its version.
 * @returns whether there is more to be placed
 */
async function placeChanges(house: House): Promise<boolean> {
  const now = house.clock();
  const { cityId } = house;
  return house.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(72012, hashtext(${cityId}))`.execute(tx);
    const last = await sql<{ last: number; at: string }>`
      select last, at from sync_runs where city_id = ${cityId} order by last desc, at desc limit 1`.execute(tx);
    const before = last.rows[0];
    const since = new Date(Math.min(before ? Date.parse(before.at) : now, now) - slackMs).toISOString();
    const base = before?.last ?? 0;
    const found: Changed[][] = [];
    for (const kind of kinds) found.push(await changedSince(tx, cityId, kind, since));
    const changed = found.flat();
    if (!changed.length) return false;
    await keepPlaces(tx, cityId, base, changed);
    // With more still to come the next run has to look back as far as this one did.
    const more = found.some(({ length }) => length === mostAtOnce);
    const at = more ? (before?.at ?? since) : new Date(now).toISOString();
    await sql`insert into sync_runs (city_id, id, last, at)
      values (${cityId}, ${newId()}, ${base + changed.length}, ${at})`.execute(tx);
    return more;
  });
}

/** Gives places, at most a few times a second however many ask; `fresh` looks again in any case. */
export function sequencer(house: House) {
  let running: Promise<void> | undefined;
  let lookedAt = -Infinity;
  const look = async (): Promise<void> => {
    const started = performance.now();
    while (await placeChanges(house));
    lookedAt = started;
  };
  return async (): Promise<void> => {
    if (performance.now() - lookedAt < freshMs) return;
    running ??= look().finally(() => (running = undefined));
    await running;
  };
}
