import type { Area } from "@linge/domain/territory/types.ts";
import { livesOnIn } from "@linge/domain/territory/version.ts";
import { makeLocator } from "@linge/domain/territory/locator.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { cityDay } from "../../platform/moment.ts";

/** What was counted in a block over half a year: reports taken in, and visits made. */
export type Work = { cases: number; visits: number };
/** Days that loads are counted over. */
export const workDays = 182;

type Counted = Work & { code: string };

/** Work of half a year in each block of an area: grids, or micro-grids where a grid has them. */
export async function workOf(house: House, area: string, blocks: readonly Area[]): Promise<Map<string, Work>> {
  const prefix = prefixOfCode(area);
  const [cases, visits, lineage] = await Promise.all([
    casesIn(house, prefix),
    visitsIn(house, prefix),
    successors(house, prefix),
  ]);
  const byGrid = new Map<string, Work>();
  for (const counted of [...cases, ...visits]) {
    const heirs = lineage.get(counted.code) ?? [counted.code];
    for (const heir of heirs) {
      const so = byGrid.get(heir) ?? { cases: 0, visits: 0 };
      const [more, walked] = [counted.cases / heirs.length, counted.visits / heirs.length];
      byGrid.set(heir, { cases: so.cases + more, visits: so.visits + walked });
    }
  }
  const work = new Map(blocks.map(({ code }) => [code, byGrid.get(code) ?? { cases: 0, visits: 0 }]));
  await shareOut(house, blocks, byGrid, work);
  return work;
}

/** Visits made, by the grid they were made in. */
async function visitsIn(house: House, prefix: string): Promise<Counted[]> {
  const found = await sql<Counted>`
    select area_code as code, 0 as cases, count(*)::int as visits from visits
    where city_id = ${house.cityId} and state = 'visited' and visited_on > ${sinceDay(house)}::date and area_code ^@ ${prefix}
    group by area_code`.execute(house.db);
  return found.rows;
}

/** Reports by the grid they were counted in, from the counts of the day. */
async function casesIn(house: House, prefix: string): Promise<Counted[]> {
  const found = await sql<Counted>`
    select area_code as code, sum(reported)::int as cases, 0 as visits from case_days
    where city_id = ${house.cityId} and area_code ^@ ${prefix} and day > ${sinceDay(house)}::date
    group by area_code`.execute(house.db);
  return found.rows;
}

const sinceDay = (house: House): string => cityDay(house, house.clock() - workDays * 86_400_000);

/** Grids that ended, with the codes of the grids they live on in: what was counted there is their work now. */
async function successors(house: House, prefix: string): Promise<Map<string, string[]>> {
  const found = await sql<Pick<Area, "id" | "code" | "validTo" | "predecessors">>`
    select id, code, valid_to as "validTo", predecessors from areas
    where city_id = ${house.cityId} and level = 'grid' and code ^@ ${prefix}`.execute(house.db);
  const versions = found.rows.map((row) => ({ ...row, validTo: row.validTo ?? undefined })) as Area[];
  const inForce = new Set(versions.filter(({ validTo }) => validTo === undefined).map(({ code }) => code));
  return new Map(
    versions
      .filter(({ code }) => !inForce.has(code))
      .map(({ id, code }) => [code, livesOnIn(versions, id).map((heir) => heir.code)]),
  );
}

/** A grid's count goes to its micro-grids by where its reports lie; evenly when none says where. */
async function shareOut(
  house: House,
  blocks: readonly Area[],
  byGrid: Map<string, Work>,
  work: Map<string, Work>,
): Promise<void> {
  const micro = Map.groupBy(
    blocks.filter(({ level }) => level === "microGrid"),
    ({ parentCode }) => parentCode!,
  );
  if (micro.size === 0) return;
  const found = await sql<{ code: string; lon: number; lat: number }>`
    select area_code as code, location[0] as lon, location[1] as lat from cases
    where city_id = ${house.cityId} and area_code = any(${[...micro.keys()]}) and location is not null
      and reported_at > ${sinceDay(house)}::date`.execute(house.db);
  const locator = makeLocator([...micro.values()].flat());
  const points = Map.groupBy(found.rows, ({ code }) => code);
  for (const [grid, parts] of micro) {
    const seen = new Map<string, number>();
    for (const { lon, lat } of points.get(grid) ?? []) {
      const at = locator.locate(lon, lat)?.code;
      if (at) seen.set(at, (seen.get(at) ?? 0) + 1);
    }
    const total = [...seen.values()].reduce((sum, each) => sum + each, 0);
    const whole = byGrid.get(grid) ?? { cases: 0, visits: 0 };
    for (const { code } of parts) {
      const share = total > 0 ? (seen.get(code) ?? 0) / total : 1 / parts.length;
      work.set(code, { cases: whole.cases * share, visits: whole.visits * share });
    }
  }
}
