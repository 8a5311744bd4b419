import type { GridPlan } from "@linge/domain/gridPlan/gridPlan.ts";
import { isRedrawFault, redraw, type Redrawing, type Redrawn } from "@linge/domain/gridPlan/redraw.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { isWithin } from "@linge/domain/territory/code.ts";
import { makeLocator } from "@linge/domain/territory/locator.ts";
import { isGrid, type Area, type Grid } from "@linge/domain/territory/types.ts";
import { sql, type Kysely } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { DB } from "../../platform/db/schema.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { insertAreas } from "../furnish/furnish.ts";
import { closedStates } from "./handover.ts";

type Drawn = Pick<GridPlan, "area" | "assignment">;

/**
 * Draws a plan's grids for a day and proves that the area stays covered without gap or overlap.
 * @throws Refusal planBreaksCover or unusablePlan, with the grids concerned
 */
export async function proveRedrawing(house: House, db: Kysely<DB>, plan: Drawn, day: string): Promise<Redrawing> {
  const areas = house.territory.all().filter(({ code }) => isWithin(code, plan.area));
  const drawn = redraw({
    assignment: plan.assignment,
    areas,
    usedCodes: await usedCodes(db, house.cityId),
    community: (code) => house.territory.area(code),
    day,
  });
  if (isRedrawFault(drawn))
    throw new Refusal(
      drawn.kind === "community"
        ? refuse("planBreaksCover", { place: drawn.codes.join(", ") })
        : refuse("unusablePlan", { problem: `${drawn.kind}: ${drawn.codes.slice(0, 5).join(", ")}` }),
    );
  const ending = new Set(drawn.ending);
  const after = [
    ...areas.filter(({ id }) => !ending.has(id)),
    ...drawn.made.flatMap(({ grid, microGrids }) => [grid, ...microGrids]),
  ];
  proveCover(house, plan.area, after);
  return drawn;
}

/** Every code that a grid ever had, ended ones too. */
async function usedCodes(db: Kysely<DB>, cityId: string): Promise<Set<string>> {
  const found = await sql<{ code: string }>`
    select distinct code from areas where city_id = ${cityId} and level = 'grid'`.execute(db);
  return new Set(found.rows.map(({ code }) => code));
}

/** The area of the plan is checked as if it were the city; predecessors outside it are beside the point. */
function proveCover(house: House, area: string, within: Area[]): void {
  const outline = house.territory.area(area)!.geometry;
  const above = house.territory
    .path(area)
    .slice(0, -1)
    .map((each) => ({ ...each, geometry: outline }));
  const all = [...above, ...within].map((each): Area => ({ ...each, predecessors: [] }));
  const faults = checkTerritory({
    areas: all.filter((each) => !isGrid(each)),
    grids: all.filter((each): each is Grid => isGrid(each)),
  });
  if (faults.length) throw new Refusal(refuse("planBreaksCover", { place: faults[0]!.codes.join(", ") }));
}

/** Writes the new versions; the keepers of the former grids keep the new ones. */
export async function writeRedrawing(tx: Tx, house: House, drawn: Redrawing, day: string): Promise<void> {
  const { cityId } = house;
  if (drawn.made.length === 0) return;
  const ended = await tx
    .updateTable("areas")
    .set({ valid_to: day })
    .where("city_id", "=", cityId)
    .where("id", "in", drawn.ending)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  if (Number(ended.numUpdatedRows) !== drawn.ending.length) throw new Refusal(refuse("changedMeanwhile", {}));
  await insertAreas(
    { db: tx, cityId },
    drawn.made.flatMap(({ grid, microGrids }) => [grid, ...microGrids]),
  );
  for (const { grid, formerCodes } of drawn.made)
    await sql`
      insert into grants (city_id, id, person_id, role, area)
      select city_id, gen_random_uuid(), person_id, role, ${grid.code} from (
        select distinct city_id, person_id, role from grants where city_id = ${cityId} and area = any(${formerCodes})) keepers`.execute(
      tx,
    );
  await carryHouseholds(tx, cityId, drawn.made);
}

/** Households of grids that went whole into a new one are counted there; of those that were divided nobody knows yet. */
async function carryHouseholds(tx: Tx, cityId: string, made: Redrawn[]): Promise<void> {
  for (const { grid, microGrids, formerCodes } of made) {
    if (microGrids.length) continue;
    await sql`
      insert into area_households (city_id, code, households, counted_on, synthetic)
      select city_id, ${grid.code}, sum(households), min(counted_on), bool_or(synthetic) from area_households
      where city_id = ${cityId} and code = any(${formerCodes}) group by city_id having count(*) = ${formerCodes.length}
      on conflict (city_id, code) do nothing`.execute(tx);
  }
}

/** The open cases of the former grids, each with the new grid that its place lies in. */
export async function openWork(tx: Tx, house: House, drawn: Redrawing): Promise<{ caseId: string; code: string }[]> {
  const former = [...new Set(drawn.made.flatMap(({ formerCodes }) => formerCodes))];
  if (former.length === 0) return [];
  const found = await sql<{ id: string; area: string; lon: number | null; lat: number | null }>`
    select id, area_code as area, location[0] as lon, location[1] as lat from cases
    where city_id = ${house.cityId} and area_code = any(${former}) and state <> all(${closedStates})`.execute(tx);
  const locator = makeLocator(drawn.made.map(({ grid }) => grid));
  // Without a place, or with one outside the lines, it goes to the grid with the largest share of the former one.
  const heir = (area: string) => drawn.made.find(({ formerCodes }) => formerCodes.includes(area))!.grid.code;
  return found.rows.map(({ id, area, lon, lat }) => ({
    caseId: id,
    code: (lon !== null && lat !== null && locator.locate(lon, lat)?.code) || heir(area),
  }));
}
