import { isWithin } from "./code.ts";
import { areaId } from "./identity.ts";
import { makeLocator } from "./locator.ts";
import type { ReadTerritory } from "./read.ts";
import type { Area } from "./types.ts";
import { replaceAreas, type Successor } from "./version.ts";

/** What files that were read would change of a territory. */
export type ImportPlan = {
  added: Area[];
  /** Areas that are known with other names, lines, focus or roster: what is not said in the files stays as it is. */
  changed: { before: Area; after: Successor }[];
  unchanged: string[];
  /** In force, but not in the files although their neighbours under the same parent are. */
  absent: Area[];
  /** Codes of other cities: left out. */
  foreign: string[];
};

const origin: ReadonlySet<string> = new Set(["id", "validFrom", "validTo", "predecessors"]);

/** What a version says, without where it came from. */
const saying = (area: Area): Successor =>
  Object.fromEntries(Object.entries(area).filter(([key]) => !origin.has(key))) as Successor;

/** Files that only name an area do not take its lines away, nor does what was filled in for want of a word replace what is known. */
function completed(read: Area, known: Area, assumed: readonly string[]): Successor {
  const said = Object.entries(saying(read)).filter(([key, value]) => value !== undefined && !assumed.includes(key));
  const names = assumed.includes("names") ? known.names : { ...known.names, ...read.names };
  const indicative = read.geometry ? read.indicative : known.indicative;
  return { ...saying(known), ...Object.fromEntries(said), names, indicative };
}

const written = (area: Successor): string =>
  JSON.stringify(
    Object.entries(area)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/**
 * Compares what was read with what is in force.
 *
 * @param current versions in force, of all levels; @param read what `readTerritory` made of the files; @param city its code
 */
export function planImport(
  current: readonly Area[],
  read: Pick<ReadTerritory, "areas" | "grids" | "assumed">,
  city: string,
): ImportPlan {
  const inForce = new Map(current.filter(({ validTo }) => validTo === undefined).map((area) => [area.code, area]));
  const plan: ImportPlan = { added: [], changed: [], unchanged: [], absent: [], foreign: [] };
  const own = [...read.areas, ...read.grids].filter(({ code }) => isWithin(code, city) || void plan.foreign.push(code));
  for (const area of own) {
    const before = inForce.get(area.code);
    if (!before) {
      plan.added.push(area);
      continue;
    }
    const after = completed(area, before, read.assumed.get(area.code) ?? []);
    if (written(after) === written(saying(before))) plan.unchanged.push(area.code);
    else plan.changed.push({ before, after });
  }
  const named = new Set(own.map(({ code }) => code));
  const parents = new Set(own.map(({ level, parentCode }) => `${level} ${parentCode}`));
  plan.absent = [...inForce.values()].filter(
    ({ code, level, parentCode }) => !named.has(code) && parents.has(`${level} ${parentCode}`),
  );
  return plan;
}

/** Ended areas that a new one lies in or that lie in it: what it came from, in a split or a merge. */
function originsOf(area: Area, ended: readonly Area[]): string[] {
  const siblings = ended.filter(({ level, parentCode }) => level === area.level && parentCode === area.parentCode);
  const within = (inner: Area, outer: Area): boolean =>
    inner.centre !== undefined &&
    outer.geometry !== undefined &&
    makeLocator([outer]).locate(inner.centre[0], inner.centre[1]) !== undefined;
  return siblings.filter((old) => within(old, area) || within(area, old)).map(({ id }) => id);
}

/**
 * All versions after an import: changed areas get a new version that names the old one, new ones name those they came
 * from, and absent ones end on the day if that is wanted. History stays.
 *
 * @throws RangeError if a version that is to be replaced began on or after the day
 */
export function applyImport(
  versions: readonly Area[],
  plan: ImportPlan,
  day: string,
  options: { endAbsent: boolean },
): Area[] {
  const ended = options.endAbsent ? plan.absent : [];
  const endedIds = new Set(ended.map(({ id }) => id));
  const early = ended.find(({ validFrom }) => validFrom >= day);
  if (early)
    throw new RangeError(`${early.code} began on ${early.validFrom}; it can end from the next day on, not on ${day}`);
  let all = versions.map((area): Area => (endedIds.has(area.id) ? { ...area, validTo: day } : area));
  for (const { before, after } of plan.changed) all = replaceAreas(all, [before.code], [after], day);
  const added = plan.added.map((area): Area => ({
    ...area,
    id: areaId(area.code, day),
    validFrom: day,
    predecessors: originsOf(area, ended),
  }));
  return [...all, ...added];
}
