import { pathOfCode } from "@linge/domain/territory/code.ts";
import { initialStaffing } from "@linge/domain/territory/staffing.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { cityDay } from "../../platform/moment.ts";

type Version = {
  id: string;
  code: string;
  zh: string;
  en: string;
  validFrom: string;
  validTo?: string;
  /** Versions that this one came from. */
  from: { code: string; zh: string }[];
};

/** What the desk shows of one area beside its lines: versions, who should be and who is there, who is attached. */
export type AreaDetail = {
  versions: Version[];
  staffing?: { wanted: { leaders: number; workers: number }; present: { leaders: number; workers: number } };
  organisations: { id: string; kind: string; zh: string; en: string; synthetic: boolean }[];
  vessels: { name: string; homePort?: string }[];
};

async function versionsOf(house: House, code: string): Promise<Version[]> {
  const { rows } = await sql<Version & { en: string | null; validTo: string | null }>`
    select v.id, v.code, v.name_zh as zh, coalesce(v.name_en, v.name_zh) as en, v.valid_from as "validFrom", v.valid_to as "validTo",
      coalesce((select jsonb_agg(jsonb_build_object('code', p.code, 'zh', p.name_zh) order by p.code) from areas p
        where p.city_id = v.city_id and p.id = any(v.predecessors)), '[]'::jsonb) as from
    from areas v where v.city_id = ${house.cityId} and v.code = ${code} order by v.valid_from desc`.execute(house.db);
  return rows.map(({ validTo, ...row }) => ({ ...row, ...(validTo && { validTo }) }));
}

async function presentIn(house: House, code: string): Promise<{ leaders: number; workers: number }> {
  const { rows } = await sql<{ leaders: number; workers: number }>`
    select count(distinct g.person_id) filter (where g.role = 'gridLeader')::int as leaders,
      count(distinct g.person_id) filter (where g.role = 'gridWorker')::int as workers
    from grants g join people p on p.city_id = g.city_id and p.id = g.person_id
    where g.city_id = ${house.cityId} and g.area = ${code} and p.left_at is null`.execute(house.db);
  return rows[0]!;
}

/** Attached to the area itself or to one that it lies in. */
async function organisationsOf(house: House, code: string): Promise<AreaDetail["organisations"]> {
  const { rows } = await sql<AreaDetail["organisations"][number]>`
    select id, kind, name_zh as zh, coalesce(name_en, name_zh) as en, synthetic from organisations
    where city_id = ${house.cityId} and area_codes && ${pathOfCode(code)}::text[] and (valid_to is null or valid_to > ${cityDay(house)}::date)
    order by kind, name_zh`.execute(house.db);
  return rows;
}

export async function areaDetail(house: House, code: string): Promise<AreaDetail> {
  const area = house.territory.area(code);
  const [versions, organisations] = await Promise.all([versionsOf(house, code), organisationsOf(house, code)]);
  const rule = area?.level === "grid" && area.focus ? initialStaffing[area.focus] : undefined;
  const staffing = rule && {
    wanted: { leaders: rule.leaders, workers: rule.fullTime + rule.partTime },
    present: await presentIn(house, code),
  };
  return { versions, organisations, vessels: area?.vessels ?? [], ...(staffing && { staffing }) };
}
