import type { Patch } from "./slabs.ts";
import type { Position } from "../types.ts";

/** A connected region: what it is to be reported as, its size in m², its mean width in metres, a position inside it. */
export type Face = { label: string; area: number; width: number; at: Position };

const metresPerDegree = 111_195.08;

/** Joins patches that touch along a meridian or lie above each other, and have the same label. */
export function facesOf(patches: readonly Patch[], labelOf: (count: number, at: Position) => string): Face[] {
  const labels = patches.map((patch) => labelOf(patch.count, middleOf(patch)));
  const group = patches.map((_, i) => i);
  const rootOf = (i: number): number => {
    while (group[i] !== i) i = group[i] = group[group[i]!]!;
    return i;
  };
  const indices = patches.map((_, i) => i);
  const byWest = Map.groupBy(indices, (i) => patches[i]!.west);
  patches.forEach((patch, i) => {
    const eastward = (byWest.get(patch.east) ?? []).filter((j) => touchAcross(patch, patches[j]!));
    const above = patches[i + 1] && liesOn(patches[i + 1]!, patch) ? [i + 1] : [];
    for (const j of [...eastward, ...above]) if (labels[i] === labels[j]) group[rootOf(i)] = rootOf(j);
  });
  const members = Map.groupBy(indices, rootOf);
  return Array.from(members, ([root, of]) => ({ label: labels[root]!, ...measure(of.map((i) => patches[i]!)) }));
}

function touchAcross(west: Patch, east: Patch): boolean {
  return Math.min(west.northEast, east.northWest) - Math.max(west.southEast, east.southWest) > 1e-13;
}

function liesOn(upper: Patch, lower: Patch): boolean {
  return upper.west === lower.west && upper.southWest === lower.northWest && upper.southEast === lower.northEast;
}

function measure(patches: Patch[]): Omit<Face, "label"> {
  let [area, border] = [0, 0];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  let largest: { area: number; at: Position } = { area: -1, at: [0, 0] };
  for (const patch of patches) {
    const at = middleOf(patch);
    const narrowing = Math.cos((at[1] * Math.PI) / 180);
    const across = (patch.east - patch.west) * narrowing;
    const height = (patch.northWest - patch.southWest + patch.northEast - patch.southEast) / 2;
    border +=
      Math.hypot(across, patch.southEast - patch.southWest) + Math.hypot(across, patch.northEast - patch.northWest);
    area += height * across;
    if (height * across > largest.area) largest = { area: height * across, at };
    [west, east] = [Math.min(west, patch.west), Math.max(east, patch.east)];
    south = Math.min(south, patch.southWest, patch.southEast);
    north = Math.max(north, patch.northWest, patch.northEast);
  }
  // Along a meridian there is no southern border to speak of, along a winding shore no diagonal: the thinner one is true.
  const diagonal = Math.hypot((east - west) * Math.cos((north * Math.PI) / 180), north - south);
  const width = Math.min(area / diagonal, (2 * area) / border) * metresPerDegree;
  return { area: area * metresPerDegree ** 2, width, at: largest.at };
}

function middleOf({ west, east, southWest, northWest, southEast, northEast }: Patch): Position {
  return [(west + east) / 2, (southWest + northWest + southEast + northEast) / 4];
}
