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

function checkLevels(areas: readonly Area[], options: CoverOptions): Fault[] {
  const shaped = areas.filter((area): area is Area & { geometry: MultiPolygon } => area.geometry !== undefined);
  const byParent = Map.groupBy(shaped, ({ parentCode }) => parentCode ?? "");
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const divided = new Set(shaped.map(({ parentCode }) => byCode.get(parentCode ?? "")?.level));
  return areas
    .filter(({ code, level, geometry }) => byParent.has(code) || (geometry !== undefined && divided.has(level)))
    .filter(({ level, code }) => level !== "grid" || byParent.has(code))
    .flatMap((parent) => checkCover(byParent.get(parent.code) ?? [], parent, options));
}
