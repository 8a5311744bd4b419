import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import type { CoordinateSystem } from "@linge/domain/territory/coordinates.ts";
import type { Fault } from "@linge/domain/territory/fault.ts";
import { applyImport, planImport, type ImportPlan } from "@linge/domain/territory/import.ts";
import { readTerritory, type Problem } from "@linge/domain/territory/read.ts";
import { isGrid, type Area } from "@linge/domain/territory/types.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { cityDay } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { runCaseCommand } from "../cases/commands.ts";
import { areaOf } from "../cases/place.ts";
import { isOpen } from "../cases/queues.ts";
import { insertAreas } from "../furnish/furnish.ts";

/** What an administrator sends: files, what their coordinates are in, and from when they count. */
export type ImportRequest = {
  files: { name: string; text: string }[];
  from: CoordinateSystem;
  day: string;
  indicative: boolean;
  endAbsent: boolean;
};

/** What the files would change, before anything is changed. */
export type ImportPreview = {
  conversion: string;
  problems: Problem[];
  plan: ImportPlan;
  faults: Fault[];
  /** All versions of the areas concerned, as they would be. */
  versions: Area[];
};

/** Faults of what is in force among some versions. */
export const faultsOf = (versions: readonly Area[]): Fault[] =>
  checkTerritory({ areas: versions.filter((area) => !isGrid(area)), grids: versions.filter(isGrid) });

/** Reads, converts, compares and proves; changes nothing. @throws Refusal territoryUnusable */
export function previewImport(house: House, request: ImportRequest): ImportPreview {
  const unusable = (problem: string): Refusal => new Refusal(refuse("territoryUnusable", { problem }));
  if (request.day > cityDay(house)) throw unusable(`${request.day} > ${cityDay(house)}`);
  const read = readTerritory(request.files, { ...request, validFrom: request.day });
  const current = house.territory.all();
  const plan = planImport(current, read, house.config.city.code);
  try {
    const versions = applyImport(current, plan, request.day, request);
    return { conversion: read.conversion, problems: read.problems, plan, faults: faultsOf(versions), versions };
  } catch (error) {
    if (error instanceof RangeError) throw unusable(error.message);
    throw error;
  }
}

/**
 * Brings files into force: new versions with their predecessors, and open cases of areas that ended go where they now lie.
 * @throws Refusal territoryHasFaults unless faults are accepted
 */
export async function importTerritory(
  house: House,
  actor: Actor,
  request: ImportRequest & { id: string; acceptFaults: boolean },
  requestId: string,
): Promise<{ versions: number; ended: number; moved: number }> {
  const { versions, faults } = previewImport(house, request);
  if (faults.length && !request.acceptFaults) {
    const place = faults[0]!.codes.join(", ");
    throw new Refusal(refuse("territoryHasFaults", { faults: faults.length, place }));
  }
  const ended = versions.filter(({ validTo }) => validTo === request.day);
  const known = new Set(house.territory.all().map(({ id }) => id));
  const fresh = versions.filter(({ id }) => !known.has(id));
  await house.db.transaction().execute(async (tx) => {
    if (ended.length)
      await sql`update areas set valid_to = ${request.day} where city_id = ${house.cityId} and id = any(${ended.map(({ id }) => id)}::uuid[])`.execute(
        tx,
      );
    await insertAreas({ db: tx, cityId: house.cityId }, fresh);
    await tx
      .insertInto("audit")
      .values({
        city_id: house.cityId,
        id: request.id,
        actor_id: actor.id,
        actor_role: "cityAdmin",
        action: "territory.import",
        target: house.config.city.code,
        purpose: request.files.map(({ name }) => name).join(", "),
        request_id: requestId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  await house.territory.reload();
  return { versions: fresh.length, ended: ended.length, moved: await moveOpenCases(house, actor, ended) };
}

/** Open cases of areas that are no more get the area that their place lies in, by the command that corrects any place. */
async function moveOpenCases(house: House, actor: Actor, ended: readonly Area[]): Promise<number> {
  const gone = ended.map(({ code }) => code).filter((code) => !house.territory.area(code));
  if (!gone.length) return 0;
  const { rows } = await sql<{ id: string; place: { lon?: number; lat?: number }; area: string }>`
    select id, record->'place' as place, area_code as area from cases
    where city_id = ${house.cityId} and area_code = any(${gone}) and ${isOpen}`.execute(house.db);
  const system: Actor = { id: actor.id, kind: "system", grants: [] };
  for (const { id, place, area } of rows) {
    const above = ended.find(({ code }) => code === area)?.parentCode ?? undefined;
    const found = areaOf(house, place, above);
    await runCaseCommand(house, system, {
      id: newId(),
      caseId: id,
      type: "correctPlace",
      place,
      ...found,
      reason: "区划调整",
    });
  }
  return rows.length;
}
