import { areaId } from "./identity.ts";
import type { Area } from "./types.ts";

/** The versions in force on a day ("2026-11-24"): from `validFrom` on, up to but not on `validTo`. */
export function inForceOn<T extends Pick<Area, "validFrom" | "validTo">>(versions: readonly T[], day: string): T[] {
  return versions.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === undefined || day < validTo));
}

/** What a new version says; everything about its origin is filled in. */
export type Successor = Omit<Area, "id" | "validFrom" | "validTo" | "predecessors">;

/**
 * Replaces some areas by others from a day on: a split (one by several), a merge (several by one), a new boundary or
 * name (one by one). The old versions end that day, and the new ones name all of them as predecessors. History stays.
 *
 * @returns all versions; throws RangeError if an old version is not in force or began on or after that day
 */
export function replaceAreas(
  versions: readonly Area[],
  oldCodes: readonly string[],
  successors: readonly Successor[],
  day: string,
): Area[] {
  const ending = oldCodes.map((code) => {
    const current = versions.find((area) => area.code === code && area.validTo === undefined);
    if (!current) throw new RangeError(`${code} is not in force, so it cannot be replaced`);
    if (current.validFrom >= day)
      throw new RangeError(
        `${code} began on ${current.validFrom}; it can be replaced from the next day on, not on ${day}`,
      );
    return current;
  });
  const ended = new Set(ending);
  const predecessors = ending.map(({ id }) => id);
  return [
    ...versions.map((area) => (ended.has(area) ? { ...area, validTo: day } : area)),
    ...successors.map((area): Area => ({ ...area, id: areaId(area.code, day), validFrom: day, predecessors })),
  ];
}

/** The versions in force today that a former one lives on in, through any number of splits and merges. */
export function livesOnIn(versions: readonly Area[], id: string): Area[] {
  const found = new Map<string, Area>();
  const follow = (from: string): void => {
    for (const area of versions) {
      if ((area.id !== from && !area.predecessors.includes(from)) || found.has(area.id)) continue;
      found.set(area.id, area);
      follow(area.id);
    }
  };
  follow(id);
  return [...found.values()].filter(({ validTo }) => validTo === undefined);
}
