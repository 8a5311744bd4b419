import { sql } from "kysely";
import type { House } from "../../platform/house.ts";

/** Columns of `case_tallies` beside the whole number of cases, by the queue that each counts. */
export const tallyColumns = {
  open: "open",
  new: "new",
  verifying: "verifying",
  toDispatch: "to_dispatch",
  toAccept: "to_accept",
  inHand: "in_hand",
  toCheck: "to_check",
  objections: "objections",
  approvals: "approvals",
  reopenings: "reopenings",
  whistleCalls: "whistle_calls",
} as const;
export type TallyKey = keyof typeof tallyColumns;

const columns = Object.entries(tallyColumns);
const most = 2_000;
const names = sql.join(columns.map(([, column]) => sql.ref(column)));
const sums = sql.join(
  columns.map(([key]) => sql`coalesce(sum(shift) filter (where queues @> array[${sql.lit(key)}]), 0)`),
);
const added = sql.join(
  columns.map(([, column]) => sql`${sql.ref(column)} = kept.${sql.ref(column)} + excluded.${sql.ref(column)}`),
);

/**
 * Adds waiting shifts to the sums of their areas, units and cells, and removes them in the same statement. Several servers
 * may do so at once: each takes other rows, and the sums' rows are locked in one order.
 * @returns how many shifts were taken
 */
export async function settleShifts(house: House): Promise<number> {
  const found = await sql<{ taken: number }>`
    with taken as (
      delete from case_shifts where city_id = ${house.cityId} and id in (
        select id from case_shifts where city_id = ${house.cityId} order by id limit ${most} for update skip locked)
      returning shift, area_code, cell, unit_ids, published, queues, case when confidential then 'confidential' else 'usual' end as audience
    ), spread as (
      select 'area' as kind, audience, area_code as place, shift, queues from taken
      union all select 'unit', audience, unit_id, shift, queues from taken cross join lateral unnest(unit_ids) as unit_id
      union all select 'area', 'public', area_code, shift, queues from taken where published
      union all select 'cell', 'public', cell::text, shift, queues from taken where published and cell is not null
    ), settled as (
      insert into case_tallies as kept (city_id, kind, audience, place, cases, ${names})
      select ${house.cityId}, kind, audience, place, sum(shift), ${sums} from spread group by kind, audience, place order by kind, audience, place
      on conflict (city_id, kind, audience, place) do update set cases = kept.cases + excluded.cases, ${added}
    )
    select count(*)::int as taken from taken`.execute(house.db);
  return found.rows[0]!.taken;
}

/** Settles all that waits. */
export async function settleAll(house: House): Promise<void> {
  while ((await settleShifts(house)) > 0) continue;
}
