import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { isWithin } from "@linge/domain/territory/code.ts";
import { dissolve } from "@linge/domain/territory/dissolve.ts";
import { centreOf } from "@linge/domain/territory/shape.ts";
import { isGrid, type Area, type Grid } from "@linge/domain/territory/types.ts";
import { replaceAreas, type Successor } from "@linge/domain/territory/version.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { runCaseCommand } from "../cases/commands.ts";
import { insertAreas } from "../furnish/furnish.ts";

/** Grids of a plan that go into one, by the name the plan gave it; grids that stay alone are not listed. */
function groupsOf(assignment: Record<string, string>): string[][] {
  const groups = Map.groupBy(Object.keys(assignment), (code) => assignment[code]!);
  return [...groups.values()].filter((codes) => codes.length > 1);
}

/** The next number that no grid of the community ever had: a code never means two places. */
function nextCode(known: ReadonlySet<string>, community: string): string {
  for (let number = 1; number < 1000; number++) {
    const code = community + String(number).padStart(3, "0");
    if (!known.has(code)) return code;
  }
  throw new Refusal(refuse("unusablePlan", { problem: "the community has used all its numbers" }));
}

const strongest = { key: 2, service: 1, liaison: 0 };

/** One grid in the place of several: their union, the focus of the neediest, a new number. */
function successorOf(parts: Grid[], code: string, community: Area): Successor {
  const geometry = dissolve(parts.map((part) => part.geometry!));
  const neediest = parts.toSorted((a, b) => strongest[b.focus] - strongest[a.focus])[0]!;
  return {
    code,
    level: "grid",
    parentCode: community.code,
    names: { zh: `${community.names.zh}第${Number(code.slice(12))}网格` },
    geometry,
    centre: centreOf(geometry),
    indicative: parts.some((part) => part.indicative),
    focus: neediest.focus,
    kind: neediest.kind,
  };
}

function replaced(versions: Area[], former: string[], successor: Successor, day: string): Area[] {
  try {
    return replaceAreas(versions, former, [successor], day);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(refuse("unusablePlan", { problem: error.message }));
    throw error;
  }
}

/** Every version of every grid, ended ones too: the codes that were ever used, and what begins when. */
async function usedCodes(house: House): Promise<Set<string>> {
  const found = await sql<{ code: string }>`
    select distinct code from areas where city_id = ${house.cityId} and level = 'grid'`.execute(house.db);
  return new Set(found.rows.map(({ code }) => code));
}

/** A plan that leaves a gap or an overlap cannot be adopted: the area of the plan is checked as if it were the city. */
function proveCover(house: House, area: string, versions: Area[]): void {
  const outline = house.territory.area(area)!.geometry;
  const above = house.territory
    .path(area)
    .slice(0, -1)
    .map((each) => ({ ...each, geometry: outline }));
  const within = house.territory.all().filter((each) => each.level !== "grid" && isWithin(each.code, area));
  const faults = checkTerritory({
    areas: [...above, ...within],
    grids: versions.filter((each): each is Grid => isGrid(each)),
  });
  if (faults.length) throw new Refusal(refuse("planBreaksCover", { place: faults[0]!.codes.join(", ") }));
}

export type Adopted = { from: string; grids: number; handovers: { areaCode: string; cases: number }[] };

/**
 * Makes a plan the territory from a day on: new versions with their predecessors, keepers of the old grids keep the new
 * one, open cases go with their place. The cover is proved first.
 * @throws Refusal planBreaksCover, or when a grid of the plan is no longer in force
 */
export async function adoptPlan(
  house: House,
  actor: Actor,
  plan: { id: string; area: string; assignment: Record<string, string> },
  day: string,
): Promise<Adopted> {
  const used = await usedCodes(house);
  let versions = house.territory.all().filter((each) => each.level === "grid" && isWithin(each.code, plan.area));
  const moves: { former: string[]; code: string }[] = [];
  for (const former of groupsOf(plan.assignment)) {
    const parts = former.map((code) => house.territory.area(code)).filter((each) => each && isGrid(each)) as Grid[];
    if (parts.length < former.length) throw new Refusal(refuse("unknownArea", { area: former.join(", ") }));
    const communities = new Set(parts.map((part) => part.parentCode));
    if (communities.size > 1) throw new Refusal(refuse("planBreaksCover", { place: former.join(", ") }));
    const community = house.territory.area(parts[0]!.parentCode)!;
    const code = nextCode(used, community.code);
    used.add(code);
    versions = replaced(versions, former, successorOf(parts, code, community), day);
    moves.push({ former, code });
  }
  proveCover(house, plan.area, versions);
  await writeVersions(house, versions, moves, day);
  await house.territory.reload();
  const handovers = await handOver(house, actor, plan.id, moves);
  return { from: day, grids: moves.length, handovers };
}

async function writeVersions(
  house: House,
  versions: Area[],
  moves: { former: string[]; code: string }[],
  day: string,
): Promise<void> {
  if (moves.length === 0) return;
  const fresh = new Set(moves.map(({ code }) => code));
  await house.db.transaction().execute(async (tx) => {
    await tx
      .updateTable("areas")
      .set({ valid_to: day })
      .where("city_id", "=", house.cityId)
      .where(
        "code",
        "in",
        moves.flatMap(({ former }) => former),
      )
      .where("valid_to", "is", null)
      .execute();
    await insertAreas(
      { db: tx, cityId: house.cityId },
      versions.filter((each) => fresh.has(each.code)),
    );
    for (const { former, code } of moves)
      await sql`
        insert into grants (city_id, id, person_id, role, area)
        select city_id, gen_random_uuid(), person_id, role, ${code} from (
          select distinct city_id, person_id, role from grants where city_id = ${house.cityId} and area = any(${former})) keepers`.execute(
        tx,
      );
  });
}

/** Open cases go to the grid that their place now lies in, by the same command as any correction. */
async function handOver(
  house: House,
  actor: Actor,
  planId: string,
  moves: { former: string[]; code: string }[],
): Promise<Adopted["handovers"]> {
  const handovers: Adopted["handovers"] = [];
  const system: Actor = { id: actor.id, kind: "system", grants: [] };
  for (const { former, code } of moves) {
    const open = await sql<{ id: string; place: object }>`
      select id, record->'place' as place from cases where city_id = ${house.cityId} and area_code = any(${former})
        and state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate')`.execute(
      house.db,
    );
    for (const { id, place } of open.rows)
      await runCaseCommand(house, system, {
        id: newId(),
        caseId: id,
        type: "correctPlace",
        place,
        areaCode: code,
        gridId: house.territory.area(code)?.id,
        reason: "网格调整",
      });
    await house.db
      .insertInto("grid_handovers")
      .values({
        city_id: house.cityId,
        plan_id: planId,
        area_code: code,
        former_codes: former,
        cases: open.rows.length,
      })
      .execute();
    handovers.push({ areaCode: code, cases: open.rows.length });
  }
  return handovers;
}
