import { surveyBlocks, type RegionInput } from "@linge/regions";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { Area } from "@linge/domain/territory/types.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";

/** Walking one's round is work even where nothing was reported. */
const roundsWork = 1;
const days = 182;

/** The grids on land that may be put together: those of an area, in force today. */
export function blocksOf(house: House, area: string): Area[] {
  const prefix = prefixOfCode(area);
  return house.territory.all().filter((each) => each.level === "grid" && each.geometry && each.code.startsWith(prefix));
}

/** Cases reported in each grid of an area over half a year, from the counts of the day. */
async function workloads(house: House, area: string): Promise<Map<string, number>> {
  const found = await sql<{ code: string; cases: number }>`
    select area_code as code, sum(reported)::int as cases from case_days
    where city_id = ${house.cityId} and area_code ^@ ${prefixOfCode(area)} and day > current_date - ${days}::int
    group by area_code`.execute(house.db);
  return new Map(found.rows.map(({ code, cases }) => [code, cases]));
}

/**
 * What the planner is given for an area: today's grids as blocks with the work of half a year, their borders, and today's
 * plan (each grid its own). A grid belongs to one community, so communities are hard borders.
 */
export async function planningInput(house: House, area: string): Promise<RegionInput> {
  const grids = blocksOf(house, area);
  const work = await workloads(house, area);
  const { blocks, links } = surveyBlocks(grids.map(({ code, geometry }) => ({ id: code, outline: geometry! })));
  const community = new Map(grids.map(({ code, parentCode }) => [code, parentCode!]));
  return {
    blocks: blocks.map((block) => ({
      ...block,
      workload: roundsWork + (work.get(block.id) ?? 0),
      hardBorder: community.get(block.id),
    })),
    links,
    current: Object.fromEntries(grids.map(({ code }) => [code, code])),
  };
}
