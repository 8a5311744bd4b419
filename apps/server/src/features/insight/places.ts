import { islandsOf } from "@linge/domain/territory/islands.ts";
import type { ScanOptions } from "@linge/domain/insight/options.ts";
import type { Place } from "@linge/scan";
import type { House } from "../../platform/house.ts";

/** Places that counts are kept for, and the island that each lies on. */
export type Space = {
  places: Place[];
  island: Int32Array;
  /** What a crossing between two islands counts in km; 0 for a bird's way everywhere. */
  crossingKm: number;
};

/** Where an area is; a maritime grid is where its community is. */
function centreOf(house: House, code: string): [number, number] | undefined {
  for (const area of house.territory.path(code).toReversed()) if (area.centre) return area.centre;
  return undefined;
}

/** Today's places: grids, and the communities and townships that reports without a pin are counted for. */
export function spaceOf(house: House, { crossingKm, bridges }: Pick<ScanOptions, "crossingKm" | "bridges">): Space {
  const areas = house.territory.all().filter(({ level }) => level !== "city" && level !== "microGrid");
  const places: Place[] = [];
  for (const { code } of areas) {
    const centre = centreOf(house, code);
    if (centre) places.push({ id: code, x: centre[0], y: centre[1] });
  }
  const islands = crossingKm
    ? islandsOf(
        areas.filter(({ level }) => level === "grid"),
        bridges,
      )
    : new Map<string, number>();
  return { places, island: islandNumbers(places, islands), crossingKm };
}

/** The island of each place; an area above the grids counts as on the island of its nearest grid. */
function islandNumbers(places: readonly Place[], islands: ReadonlyMap<string, number>): Int32Array {
  const grids = places.filter(({ id }) => islands.has(id));
  return Int32Array.from(places, (place) => {
    const own = islands.get(place.id);
    if (own !== undefined) return own;
    let [nearest, least] = [0, Infinity];
    for (const grid of grids) {
      const away = (grid.x - place.x) ** 2 + (grid.y - place.y) ** 2;
      if (away < least) [nearest, least] = [islands.get(grid.id)!, away];
    }
    return nearest;
  });
}

const earthKm = 6371;
const radian = Math.PI / 180;

/**
 * Kilometres between each two of some places for whoever goes there, row by row: the great circle, and what a crossing
 * costs where they lie on two islands. Nothing where birds may fly: the scan then measures by itself.
 */
export function wayBetween({ places, island, crossingKm }: Space, chosen: readonly number[]): Float32Array | undefined {
  if (!crossingKm) return undefined;
  const points = chosen.map((place) => {
    const [lon, lat] = [places[place]!.x * radian, places[place]!.y * radian];
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)] as const;
  });
  const size = chosen.length;
  const ways = new Float32Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [points[i]!, points[j]!];
      const chord = Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
      const crossing = island[chosen[i]!] === island[chosen[j]!] ? 0 : crossingKm;
      ways[i * size + j] = ways[j * size + i] = 2 * earthKm * Math.asin(Math.min(1, chord / 2)) + crossing;
    }
  return ways;
}
