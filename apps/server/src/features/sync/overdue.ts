import type { Actor, Grant } from "@linge/domain/access/scope.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { settleBranch } from "./push.ts";
import type { CheckCommand } from "./schemas.ts";

const atOnce = 50;

type Row = { branch: string; worker: string; grants: Grant[] | null };

/** Settles every branch in which a command has waited until its stated deadline. Returns how many there were. */
export async function settleWhatIsOver(house: House, check: CheckCommand): Promise<number> {
  const now = momentOf(house);
  const found = await sql<Row>`
    select b.id as branch, b.worker,
      (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', g.role, 'area', g.area, 'unitId', g.unit_id)))
         from grants g join people p on p.city_id = g.city_id and p.id = g.person_id and p.left_at is null
         where g.city_id = b.city_id and g.person_id = b.worker) as grants
    from sync_branches b
    where b.city_id = ${house.cityId} and b.id in (
      select branch from sync_commands where city_id = ${house.cityId} and held is not null and held_until <= ${now}
      order by held_until limit ${atOnce})`.execute(house.db);
  for (const { branch, worker, grants } of found.rows) {
    const actor: Actor = { id: worker, kind: "staff", grants: grants ?? [] };
    await settleBranch(house, actor, branch, check);
  }
  return found.rows.length;
}
