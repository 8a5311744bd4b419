import type { Patch } from "./slabs.ts";
import type { Position } from "../types.ts";

/** A connected region with one count: its size in m², its mean width in metres, and a position inside it. */
export type Face = { count: number; area: number; width: number; at: Position };

const metresPerDegree = 111_195.08;

/** Joins patches that touch along a meridian, or lie above each other, and have the same count. */
export function facesOf(patches: readonly Patch[]): Face[] {
  const group = patches.map((_, i) => i);
  const rootOf = (i: number): number => {
    while (group[i] !== i) i = group[i] = group[group[i]!]!;
    return i;
  };
  const byWest = Map.groupBy(
    patches.map((_, i) => i),
    (i) => patches[i]!.west,
  );
  patches.forEach((patch, i) => {
    for (const j of byWest.get(patch.east) ?? []) {
      const other = patches[j]!;
      const shared = Math.min(patch.northEast, other.northWest) - Math.max(patch.southEast, other.southWest);
      if (patch.count === other.count && shared > 1e-13) group[rootOf(i)] = rootOf(j);
    }
  });
  return Array.from(Map.groupBy(patches, (_, i) => rootOf(i)).values(), (members) => measure(members));
}

function measure(patches: Patch[]): Face {
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
  return { count: patches[0]!.count, area: area * metresPerDegree ** 2, width, at: largest.at };
}

function middleOf({ west, east, southWest, northWest, southEast, northEast }: Patch): Position {
  return [(west + east) / 2, (southWest + northWest + southEast + northEast) / 4];
}
