import { compare, type Comparison } from "@linge/domain/insight/comparison.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { dayName, lastWholeDay } from "./streams.ts";

/** Counts of one cell of the table: this period, the one before, and the same season a year ago. */
export type Cell = { id: string; last: Comparison; season?: Comparison };
export type CompareAnswer = {
  from: string;
  to: string;
  days: number;
  areas: Cell[];
  categories: Cell[];
  trend: { day: string; count: number }[];
};

/**
 * This period against the last one of the same length and against the same season a year ago, by area one level below
 * `within` and by category. Reads only the counts of the day.
 */
export async function compareAreas(house: House, within: string, days: number): Promise<CompareAnswer> {
  const to = lastWholeDay(house.clock());
  const from = to - days + 1;
  const prefix = prefixOfCode(within);
  const children = house.territory.children(within);
  const found = await sql<{ area: string; category: string; now: number; before: number; season: number }>`
    select area_code as area, category_id as category,
      coalesce(sum(reported) filter (where day >= ${dayName(from)} and day <= ${dayName(to)}), 0)::int as now,
      coalesce(sum(reported) filter (where day >= ${dayName(from - days)} and day < ${dayName(from)}), 0)::int as before,
      coalesce(sum(reported) filter (where day >= ${dayName(from - 364)} and day <= ${dayName(to - 364)}), 0)::int as season
    from case_days where city_id = ${house.cityId} and area_code ^@ ${prefix} and day >= ${dayName(from - 364)}
    group by area_code, category_id`.execute(house.db);
  const trend = await sql<{ day: string; count: number }>`
    select day, sum(reported)::int as count from case_days
    where city_id = ${house.cityId} and area_code ^@ ${prefix} and day > ${dayName(to - 2 * days)} and day <= ${dayName(to)}
    group by day order by day`.execute(house.db);
  const sums = new Map<string, { now: number; before: number; season: number }>();
  const add = (id: string, row: { now: number; before: number; season: number }): void => {
    const sum = sums.get(id) ?? { now: 0, before: 0, season: 0 };
    sums.set(id, { now: sum.now + row.now, before: sum.before + row.before, season: sum.season + row.season });
  };
  const prefixes = children.map((child) => [child.code, prefixOfCode(child.code)] as const);
  for (const row of found.rows) {
    const child = prefixes.find(([, each]) => row.area.startsWith(each));
    if (child) add(child[0], row);
    add(row.category, row);
  }
  const cellOf = (id: string): Cell[] => {
    const sum = sums.get(id);
    if (!sum || sum.now + sum.before === 0) return [];
    return [
      {
        id,
        last: compare(sum.now, sum.before, days, days),
        ...(sum.season > 0 && { season: compare(sum.now, sum.season, days, days) }),
      },
    ];
  };
  const moved = (cell: Cell): number => Math.abs(cell.last.now - cell.last.before);
  return {
    from: dayName(from),
    to: dayName(to),
    days,
    areas: children.flatMap(({ code }) => cellOf(code)),
    categories: house.settings
      .current("categories")
      .document.flatMap(({ id }) => cellOf(id))
      .sort((a, b) => moved(b) - moved(a)),
    trend: trend.rows,
  };
}
