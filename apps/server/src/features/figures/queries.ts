import type { UnitCounts } from "@linge/domain/assessment/monthly.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { cityDay } from "../../platform/moment.ts";
import { openInCity } from "../tallies/read.ts";

/** Figures by lead unit for orders falling due in [from, to), both ISO times. */
export async function unitFigures(house: House, from: string, to: string): Promise<UnitCounts[]> {
  const found = await sql<UnitCounts>`
    select o.unit_id as "unitId", count(*)::int as due,
      count(*) filter (where o.responded_at <= o.due_at)::int as "onTime",
      count(*) filter (where o.contacted_at <= o.contact_due_at)::int as contacted,
      count(*) filter (where c.marks @> array['rework'])::int as reworked,
      count(*) filter (where c.marks @> array['reopened'])::int as reopened,
      count(*) filter (where c.record ? 'rating')::int as answered,
      count(*) filter (where (c.record->'rating'->>'resolved')::boolean)::int as resolved,
      count(*) filter (where (c.record->'rating'->>'satisfaction')::int >= 3)::int as satisfied
    from work_orders o join cases c on c.city_id = o.city_id and c.id = o.case_id
    where o.city_id = ${house.cityId} and o.part = 'lead' and o.state not in ('returned','cancelled') and o.due_at >= ${from} and o.due_at < ${to}
    group by o.unit_id order by o.unit_id`.execute(house.db);
  return found.rows;
}

/** How much is in hand, and how much was closed in the last 30 days. */
export async function cityCounts(house: House): Promise<{ open: number; closed30: number }> {
  const [open, found] = await Promise.all([
    openInCity(house),
    sql<{ closed30: number }>`
      select coalesce(sum(closed), 0)::int as closed30 from case_days where city_id = ${house.cityId} and day > ${cityDay(house)}::date - 30`.execute(
      house.db,
    ),
  ]);
  return { open, closed30: found.rows[0]!.closed30 };
}
