import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import type { TilePoint } from "./tile.ts";

/** Sums of cases by the area that each names. */
export type AreaCount = { area: string; cases: number; open: number };

/** Digits that name the county, township or community of a code, by zoom. */
const digitsAt = (z: number): number => (z < 9 ? 6 : z < 11 ? 9 : 12);

/** A sum at the middle of each county, township or community, by zoom; cases whose place is only known more coarsely are left out. */
export function sumsByArea({ territory }: House, z: number, counts: readonly AreaCount[]): TilePoint[] {
  const digits = digitsAt(z);
  const sums = new Map<string, { cases: number; open: number }>();
  for (const { area, cases, open } of counts) {
    const code = area.slice(0, digits).padEnd(12, "0");
    const sum = sums.get(code) ?? { cases: 0, open: 0 };
    sums.set(code, { cases: sum.cases + cases, open: sum.open + open });
  }
  return [...sums].flatMap(([code, { cases, open }]) => {
    const area = territory.area(code);
    const coarser = digits > 6 && code.slice(digits - 3, digits) === "000";
    if (!area?.centre || coarser || cases <= 0) return [];
    const [lon, lat] = area.centre;
    return [{ lon, lat, tags: { code, zh: area.names.zh, en: area.names.en ?? area.names.zh, cases, open } }];
  });
}

/** Settled sums of every area that a condition on `case_tallies` names. */
export async function tallied(house: House, condition: RawBuilder<unknown>): Promise<AreaCount[]> {
  const found = await sql<AreaCount>`
    select place as area, sum(cases)::int as cases, sum(open)::int as open from case_tallies
    where city_id = ${house.cityId} and kind = 'area' and ${condition} group by place`.execute(house.db);
  return found.rows;
}
