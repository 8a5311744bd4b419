import { checkCover } from "./cover/check.ts";
import type { CoverOptions } from "./cover/check.ts";
import { checkGeometry } from "./checkGeometry.ts";
import { checkHierarchy } from "./checkHierarchy.ts";
import { checkRosters } from "./checkRosters.ts";
import type { Fault } from "./fault.ts";
import type { Area, MultiPolygon, Territory } from "./types.ts";

/**
 * Checks the versions in force of a territory: codes, hierarchy and rosters, and that at every level the children cover
 * their parent without gap, overlap or stray. An empty answer is a proof that every point of the city lies in exactly
 * one area of every level that has lines.
 *
 * Areas whose rings are broken are reported as such and left out of the comparison.
 */
export function checkTerritory(territory: Pick<Territory, "areas" | "grids">, options: CoverOptions = {}): Fault[] {
  const areas = [...territory.areas, ...territory.grids];
  const inForce = areas.filter(({ validTo }) => validTo === undefined);
  const broken = checkGeometry(inForce);
  const unusable = new Set(broken.flatMap(({ codes }) => codes));
  const sound = inForce.filter(({ code }) => !unusable.has(code));
  return [...checkHierarchy(areas), ...checkRosters(inForce), ...broken, ...checkLevels(sound, options)];
}

type Shaped = Area & { geometry: MultiPolygon };

/** Areas without lines are looked through: their children are compared with the nearest area above that has some. */
function checkLevels(areas: readonly Area[], options: CoverOptions): Fault[] {
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const shaped = areas.filter((area): area is Shaped => area.geometry !== undefined);
  const children = Map.groupBy(shaped, (area) => outlined(area, byCode));
  const divided = new Set(Array.from(children.keys(), (parent) => parent?.level));
  return areas
    .filter((area) => children.has(area) || (area.geometry && area.level !== "grid" && divided.has(area.level)))
    .flatMap((parent) => checkCover(children.get(parent) ?? [], parent, options));
}

/** The nearest area above that has lines, else the topmost. */
function outlined(area: Area, byCode: Map<string, Area>): Area | undefined {
  let above = byCode.get(area.parentCode ?? "");
  while (above && !above.geometry && byCode.has(above.parentCode ?? "")) above = byCode.get(above.parentCode ?? "");
  return above;
}
