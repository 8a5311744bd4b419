import type { Unit } from "@linge/domain/routing/rule.ts";
import type { RowProblem } from "@linge/domain/settings/problem.ts";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";

/** Units that would be retired with work in their hands. */
export async function openWorkOfRetired(house: House, rows: readonly Unit[]): Promise<RowProblem[]> {
  const retiring = rows.filter((unit) => unit.retired && !house.territory.unit(unit.id)?.retired).map(({ id }) => id);
  if (retiring.length === 0) return [];
  const found = await sql<{ unit_id: string; count: number }>`
    select unit_id, count(*)::int as count from work_orders where city_id = ${house.cityId} and unit_id = any(${retiring}::text[])
      and state not in ('responded','returned','done','cancelled') group by unit_id`.execute(house.db);
  return found.rows.map(({ unit_id, count }) => ({
    row: rows.findIndex(({ id }) => id === unit_id) + 1,
    id: unit_id,
    field: "retired",
    code: "openWork",
    params: { count: String(count) },
  }));
}

/** Brings the table that routing and scopes read in line with the saved document. */
export async function keepUnits(tx: Tx, cityId: string, units: readonly Unit[]): Promise<void> {
  await sql`
    insert into units as kept (city_id, id, name_zh, name_en, kind, area_code, phone, retired_at)
    select ${cityId}, id, zh, en, kind, "areaCode", phone, case when retired then now() end
    from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as r(id text, zh text, en text, kind text, "areaCode" text, phone text, retired boolean)
    on conflict (city_id, id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, kind = excluded.kind,
      area_code = excluded.area_code, phone = excluded.phone,
      retired_at = case when excluded.retired_at is null then null else coalesce(kept.retired_at, excluded.retired_at) end`.execute(
    tx,
  );
}
