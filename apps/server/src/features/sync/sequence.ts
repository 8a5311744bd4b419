import type { Mark } from "@linge/sync/pull/cursor.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";

/** A transaction may end this much after the time it wrote: no statement may take longer, clocks of servers may differ. */
const slackMs = 10 * 60_000;
const mostAtOnce = 5_000;
/** Phones that ask at the same moment share one look. */
const freshMs = 200;

export async function headOf(house: House): Promise<Mark> {
  const found = await sql<{ id: string; last: number }>`
    select id, last from sync_runs where city_id = ${house.cityId} order by last desc, at desc limit 1`.execute(
    house.db,
  );
  const row = found.rows[0];
  return row ? { position: row.last, run: row.id } : { position: 0, run: "" };
}

/** Whether this server gave that place. Before the first run there is one place, the beginning. */
export async function knowsMark(house: House, { position, run }: Mark): Promise<boolean> {
  if (run === "") return position === 0;
  if (!/^[0-9a-f-]{36}$/.test(run)) return false;
  const found = await sql`
    select 1 from sync_runs where city_id = ${house.cityId} and id = ${run} and last >= ${position}`.execute(house.db);
  return found.rows.length > 0;
}

/**
 * Gives every change that has none a place in one order, after the fact: writes themselves take no number, so they
 * never wait for each other, and a number never hides a transaction that is still open. Looks back from the last run by
 * more than a transaction can take; what it saw already has its version.
 */
async function placeChanges(house: House): Promise<number> {
  const now = house.clock();
  return house.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(72012, hashtext(${house.cityId}))`.execute(tx);
    const last = await sql<{ last: number; at: string }>`
      select last, at from sync_runs where city_id = ${house.cityId} order by last desc, at desc limit 1`.execute(tx);
    const before = last.rows[0];
    const since = new Date(Math.min(before ? Date.parse(before.at) : now, now) - slackMs).toISOString();
    const base = before?.last ?? 0;
    const placed = await sql<{ position: number }>`
      insert into sync_changes (city_id, kind, record_id, position, version, reached)
      select city_id, 'case', id, ${base} + row_number() over (order by updated_at, id), version, reached
      from (
        select c.city_id, c.id, c.version, c.updated_at,
          array(select distinct code from (
            select c.area_code as code
            union all select e.data->>'from' from case_events e
              where e.city_id = c.city_id and e.case_id = c.id and e.type = 'placeCorrected'
            union all select o.unit_id from work_orders o where o.city_id = c.city_id and o.case_id = c.id
          ) codes where code is not null) as reached
        from cases c
        left join sync_changes s on s.city_id = c.city_id and s.kind = 'case' and s.record_id = c.id
        where c.city_id = ${house.cityId} and c.updated_at >= ${since} and s.version is distinct from c.version
        order by c.updated_at, c.id limit ${mostAtOnce}
      ) changed
      on conflict (city_id, kind, record_id) do update
        set position = excluded.position, version = excluded.version, reached = excluded.reached
      returning position`.execute(tx);
    if (!placed.rows.length) return 0;
    // With more still to come the next run has to look back as far as this one did.
    const whole = placed.rows.length < mostAtOnce;
    const at = whole ? new Date(now).toISOString() : (before?.at ?? since);
    await sql`insert into sync_runs (city_id, id, last, at)
      values (${house.cityId}, ${newId()}, ${base + placed.rows.length}, ${at})`.execute(tx);
    return placed.rows.length;
  });
}

/** Gives places, at most a few times a second however many ask; `fresh` looks again in any case. */
export function sequencer(house: House) {
  let running: Promise<void> | undefined;
  let lookedAt = -Infinity;
  const look = async (): Promise<void> => {
    const started = performance.now();
    while ((await placeChanges(house)) === mostAtOnce);
    lookedAt = started;
  };
  return async (): Promise<void> => {
    if (performance.now() - lookedAt < freshMs) return;
    running ??= look().finally(() => (running = undefined));
    await running;
  };
}
