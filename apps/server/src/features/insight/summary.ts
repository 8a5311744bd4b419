import { compare, type Comparison } from "@linge/domain/insight/comparison.ts";
import { rateOf, type Rate } from "@linge/domain/insight/rate.ts";
import { residentsOf } from "@linge/domain/insight/residents.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { dayName, dayNumber } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { familyOf } from "./streams.ts";

/** One row: this period against the one before and against the same season, and per 1,000 residents where known. */
export type Cell = { id: string; last: Comparison; season?: Comparison; rate?: Rate };
/** Categories by areas: this period and the one before, for each family in each part. */
export type Crossing = { family: string; areaCode: string; now: number; before: number };
/** Reports of a day of the period, of the day at the same place in the one before, and of the season. */
export type TrendPoint = { day: string; now: number; before: number; season?: number };

/** What a period was like, compared and judged. */
export type Summary = {
  within: string;
  first: string;
  last: string;
  days: number;
  /** Whether there is a year of history to compare the season with. */
  seasonKnown: boolean;
  total: Cell;
  areas: Cell[];
  families: Cell[];
  categories: Cell[];
  crossings: Crossing[];
  trend: TrendPoint[];
};

type Spans = { now: number; before: number; season: number };
type Row = Spans & { area: string; category: string };

const seasonDays = 364;

/** Counts of the three spans by area and category; reads those days of the aggregate and no others. */
async function countsOf(house: House, prefix: string, first: number, days: number): Promise<Row[]> {
  const span = (from: number) => sql<boolean>`day >= ${dayName(from)} and day < ${dayName(from + days)}`;
  const counted = (from: number) =>
    sql<number>`coalesce(sum(coalesce(separate, reported)) filter (where ${span(from)}), 0)::int`;
  const found = await sql<Row>`
    select area_code as area, category_id as category, ${counted(first)} as now, ${counted(first - days)} as before, ${counted(first - seasonDays)} as season
    from case_days where city_id = ${house.cityId} and area_code ^@ ${prefix}
      and ((${span(first - days)}) or (${span(first)}) or (${span(first - seasonDays)}))
    group by area_code, category_id`.execute(house.db);
  return found.rows;
}

async function trendOf(
  house: House,
  prefix: string,
  first: number,
  days: number,
  season: boolean,
): Promise<TrendPoint[]> {
  const starts = [first - days, first, ...(season ? [first - seasonDays] : [])];
  const found = await sql<{ day: string; count: number }>`
    select day, sum(coalesce(separate, reported))::int as count from case_days
    where city_id = ${house.cityId} and area_code ^@ ${prefix}
      and (${sql.join(
        starts.map((from) => sql`(day >= ${dayName(from)} and day < ${dayName(from + days)})`),
        sql` or `,
      )})
    group by day`.execute(house.db);
  const on = new Map(found.rows.map(({ day, count }) => [dayNumber(day), count]));
  return Array.from({ length: days }, (_, i) => ({
    day: dayName(first + i),
    now: on.get(first + i) ?? 0,
    before: on.get(first - days + i) ?? 0,
    ...(season && { season: on.get(first - seasonDays + i) ?? 0 }),
  }));
}

/** Adds rows up under ids. */
function sumsBy(rows: readonly Row[], idOf: (row: Row) => string | undefined): Map<string, Spans> {
  const sums = new Map<string, Spans>();
  for (const row of rows) {
    const id = idOf(row);
    if (id === undefined) continue;
    const sum = sums.get(id) ?? { now: 0, before: 0, season: 0 };
    sums.set(id, { now: sum.now + row.now, before: sum.before + row.before, season: sum.season + row.season });
  }
  return sums;
}

/** How far a change is from chance, for the order of movers. */
const moved = ({ last }: Cell): number =>
  Math.abs(last.now - last.before) / Math.sqrt(Math.max(1, last.now + last.before));

/**
 * A period against the one of the same length before it and against the same season (364 days back, so that weekdays
 * agree): by area one level below `within`, by family and category, and by both. Reads only the counts of the days.
 * @param first the first day, `days` long, whole days since 1970
 */
export async function summaryOf(
  house: House,
  within: string,
  first: number,
  days: number,
  since: number,
): Promise<Summary> {
  const prefix = prefixOfCode(within);
  const seasonKnown = first - seasonDays >= since;
  const [rows, trend, counted] = await Promise.all([
    countsOf(house, prefix, first, days),
    trendOf(house, prefix, first, days, seasonKnown),
    currentDocument(house, "residents"),
  ]);
  const childrenOf = (code: string): string[] => house.territory.children(code).map((child) => child.code);
  const children = childrenOf(within).map((code) => [code, prefixOfCode(code)] as const);
  const childOf = (area: string): string | undefined => children.find(([, each]) => area.startsWith(each))?.[0];
  const cell = (id: string, sum: Spans, residents?: number): Cell => ({
    id,
    last: compare(sum.now, sum.before, days, days),
    ...(seasonKnown && { season: compare(sum.now, sum.season, days, days) }),
    ...(residents !== undefined && { rate: rateOf(sum.now, residents) }),
  });
  const cells = (sums: Map<string, Spans>): Cell[] =>
    [...sums]
      .filter(([, sum]) => sum.now + sum.before > 0)
      .map(([id, sum]) => cell(id, sum))
      .sort((a, b) => moved(b) - moved(a));
  const none: Spans = { now: 0, before: 0, season: 0 };
  const byArea = sumsBy(rows, ({ area }) => childOf(area));
  const crossed = sumsBy(rows, ({ area, category }) => {
    const child = childOf(area);
    return child && `${familyOf(category)} ${child}`;
  });
  return {
    within,
    first: dayName(first),
    last: dayName(first + days - 1),
    days,
    seasonKnown,
    total: cell(within, sumsBy(rows, () => within).get(within) ?? none, residentsOf(counted, within, childrenOf)),
    areas: children.map(([code]) => ({
      ...cell(code, byArea.get(code) ?? none),
      rate: rateOf((byArea.get(code) ?? none).now, residentsOf(counted, code, childrenOf)),
    })),
    families: cells(sumsBy(rows, ({ category }) => familyOf(category))),
    categories: cells(sumsBy(rows, ({ category }) => category)),
    crossings: [...crossed].map(([key, { now, before }]) => {
      const [family, areaCode] = key.split(" ") as [string, string];
      return { family, areaCode, now, before };
    }),
    trend,
  };
}
