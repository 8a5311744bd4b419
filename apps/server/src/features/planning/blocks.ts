import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { isGrid, type Area } from "@linge/domain/territory/types.ts";
import { gridOf } from "@linge/domain/gridPlan/redraw.ts";
import { findCrossings, surveyBlocks } from "@linge/regions";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import type { PlanningArea, PlanningBlock } from "./regionInput.ts";
import { workOf } from "./work.ts";

/** Walking one's round is work even where nothing was reported. */
const roundsWork = 1;

/** The areas on land that a plan puts together: micro-grids where there are some, else the grids themselves. */
export function blocksOf(house: House, area: string): Area[] {
  const prefix = prefixOfCode(area);
  const within = house.territory.all().filter(({ geometry, code }) => geometry && code.startsWith(prefix));
  const micro = within.filter(({ level }) => level === "microGrid");
  const divided = new Set(micro.map(({ parentCode }) => parentCode));
  return [...within.filter(({ level, code }) => level === "grid" && !divided.has(code)), ...micro];
}

async function householdsIn(house: House, area: string): Promise<Map<string, number>> {
  const found = await sql<{ code: string; households: number }>`
    select code, households from area_households where city_id = ${house.cityId} and code ^@ ${prefixOfCode(area)}`.execute(
    house.db,
  );
  return new Map(found.rows.map(({ code, households }) => [code, households]));
}

/** Blocks of an area with their work and households, and who borders on whom. */
export async function planningArea(house: House, area: string): Promise<PlanningArea> {
  const found = blocksOf(house, area);
  const [work, households] = await Promise.all([workOf(house, area, found), householdsIn(house, area)]);
  const { blocks, links } = surveyBlocks(found.map(({ code, geometry }) => ({ id: code, outline: geometry! })));
  const measured = new Map(blocks.map((block) => [block.id, block]));
  const shown = found.map((block): PlanningBlock => {
    const { code, names, geometry } = block;
    const grid = house.territory.area(gridOf(code))!;
    const community = house.territory.area(code.slice(0, 12))!;
    const { area: size, perimeter } = measured.get(code)!;
    return {
      code,
      zh: names.zh,
      en: names.en ?? names.zh,
      grid: grid.code,
      community: community.code,
      zhCommunity: community.names.zh,
      enCommunity: community.names.en ?? community.names.zh,
      focus: isGrid(grid) ? grid.focus : "service",
      coordinates: geometry!.coordinates,
      work: work.get(code)!,
      workload: roundsWork + work.get(code)!.cases + work.get(code)!.visits,
      households: households.get(code),
      area: size,
      perimeter,
    };
  });
  const placed = found.map(({ code, centre }) => ({ id: code, at: centre!, hardBorder: code.slice(0, 12) }));
  return { blocks: shown, links, ferries: findCrossings(placed, links) };
}
