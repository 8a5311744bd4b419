import type { Actor, Grant } from "@linge/domain/access/scope.ts";
import { reportLoads, type Load, type LoadLine } from "@linge/sync/scope/report.ts";
import { scopeKey } from "@linge/sync/scope/scope.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { recordCap, rolesWithPhones } from "./rules.ts";
import { inScopeSql, scopeOfActor, visitsInScopeSql } from "./scope.ts";

type Row = {
  id: string;
  name: string;
  grants: Grant[];
  seen_at: string | null;
  drift_ms: number | null;
  held: number;
};

/** Nobody is counted beyond this: how far over the cap somebody is changes nothing. */
const countTo = recordCap * 2;

async function countScope(house: House, actor: Actor): Promise<number> {
  const scope = scopeOfActor(actor);
  const found = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from cases c where c.city_id = ${house.cityId} and ${inScopeSql(scope, house.clock())}
      union all select 1 from visits v where v.city_id = ${house.cityId} and ${visitsInScopeSql(scope, house.clock())}
      limit ${countTo}) as counted`.execute(house.db);
  return found.rows[0]!.n;
}

/** For the operator: whose phones come near the cap, when they last asked, what waits. Counts only, nothing of any case. */
export async function phoneReport(house: House): Promise<LoadLine[]> {
  const people = await sql<Row>`
    select p.id, p.name, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', g.role, 'area', g.area, 'unitId', g.unit_id))) as grants,
      (select max(b.seen_at) from sync_branches b where b.city_id = p.city_id and b.worker = p.id) as seen_at,
      (select b.drift_ms from sync_branches b where b.city_id = p.city_id and b.worker = p.id
         order by b.seen_at desc nulls last limit 1) as drift_ms,
      (select count(*)::int from sync_commands m where m.city_id = p.city_id and m.held is not null
         and m.branch in (select b.id from sync_branches b where b.city_id = p.city_id and b.worker = p.id)) as held
    from people p join grants g on g.city_id = p.city_id and g.person_id = p.id
    where p.city_id = ${house.cityId} and p.left_at is null and g.role in (${sql.join(rolesWithPhones)})
    group by p.city_id, p.id, p.name`.execute(house.db);
  // Workers of one grid have one scope: it is counted once.
  const counted = new Map<string, number>();
  const loads: Load[] = [];
  for (const { id, name, grants, seen_at, drift_ms, held } of people.rows) {
    const actor: Actor = { id, kind: "staff", grants };
    const key = scopeKey({ ...scopeOfActor(actor), worker: "" }, 0);
    if (!counted.has(key)) counted.set(key, await countScope(house, actor));
    const records = counted.get(key)!;
    loads.push({ worker: id, name, records, held, lastContact: seen_at ?? undefined, driftMs: drift_ms ?? undefined });
  }
  return reportLoads(loads, recordCap);
}
