import pg from "pg";
import { putBackIndexes, takeOffIndexes } from "../../apps/server/src/features/demo/bulk/indexes.ts";
import type { House } from "../../apps/server/src/platform/house.ts";

const columns = {
  cases:
    "state, kind, category_id, area_code, grid_id, lead_unit, unit_ids, channel, visibility, published, synthetic, marks, due_at, soon_at, reported_at, closed_at, updated_at, version, search",
  work_orders: "unit_id, part, state, dispatched_at, due_at, contact_due_at, contacted_at, responded_at, paused_since",
  case_events: "type, at, actor_id, actor_role, unit_id, visible, data",
};

/** Another id for each copy of a row. */
const other = (column: string): string => `md5(${column}::text || ':' || $2)::uuid`;

/**
 * Copies every case of a city, so that it becomes a larger one in minutes: each copy is a life that the rules decided, with
 * ids of its own, some hundred metres away. Work orders, events and days are copied with it; leaves of the log are not.
 * @param from copy that exists already, 0 for the first lives; @param to copies wanted
 */
export async function multiply(house: House, from: number, to: number): Promise<void> {
  const { cityId } = house;
  const owner = new pg.Client(house.address.owner);
  await owner.connect();
  await owner.query("set synchronous_commit = off");
  await takeOffIndexes(owner, cityId);
  for (let copy = from + 1; copy <= to; copy += 1) {
    const first = `city_id = $1 and number !~ '[.]' and $2 <> ''`;
    await owner.query(
      `insert into cases (city_id, id, number, location, record, ${columns.cases})
      select city_id, ${other("id")}, number || '.' || $2, location + point((random() - 0.5) / 100, (random() - 0.5) / 100),
        record || jsonb_build_object('id', ${other("id")}, 'number', number || '.' || $2), ${columns.cases} from cases where ${first}`,
      [cityId, String(copy)],
    );
    for (const table of ["work_orders", "case_events"] as const)
      await owner.query(
        `insert into ${table} (city_id, id, case_id, ${columns[table]})
        select r.city_id, ${other("r.id")}, ${other("r.case_id")}, ${columns[table].replaceAll(/\w+/g, "r.$&")} from ${table} r
        join cases c on c.city_id = r.city_id and c.id = r.case_id where r.city_id = $1 and c.number !~ '[.]'`,
        [cityId, String(copy)],
      );
    process.stderr.write(`copy ${copy} of ${to}\n`);
  }
  const times = `${to + 1} / ${from + 1}`;
  for (const name of ["reported", "closed", "resolved", "not_resolved"])
    await owner.query(`update case_days set ${name} = ${name} * ${times} where city_id = $1`, [cityId]);
  for (const name of [
    "cases",
    "open",
    "new",
    "verifying",
    "to_dispatch",
    "to_accept",
    "in_hand",
    "to_check",
    "objections",
    "approvals",
  ])
    await owner.query(`update case_tallies set ${name} = ${name} * ${times} where city_id = $1 and kind <> 'cell'`, [
      cityId,
    ]);
  await owner.query("delete from case_tallies where city_id = $1 and kind = 'cell'", [cityId]);
  await owner.query(
    `insert into case_tallies (city_id, kind, audience, place, cases, open)
    select city_id, 'cell', 'public', cell::text, count(*), count(*) filter (where case_queues(state, marks) @> array['open'])
    from cases where city_id = $1 and published and cell is not null group by city_id, cell`,
    [cityId],
  );
  await putBackIndexes(owner, cityId, (line) => process.stderr.write(`${line}\n`));
  await owner.query("vacuum (analyze) cases, case_events, work_orders, case_days, case_tallies");
  await owner.end();
}
