import Flatbush from "flatbush";
import type { Border } from "./residue.ts";

/** A trapezoid between two borders and two meridians where the count is not what it should be. */
export type Patch = {
  west: number;
  east: number;
  /** Southern and northern latitude at the western and at the eastern side. */
  southWest: number;
  northWest: number;
  southEast: number;
  northEast: number;
  count: number;
};

/**
 * Cuts the plane at every corner and crossing of the borders into slabs, and reads the count between two borders by
 * adding up weights from the south (the trapezoidal decomposition of a sweep line: de Berg et al., Computational
 * Geometry, 2008, chapters 2 and 6). No topology is built, so nearly coincident borders cannot break it: they give
 * thin patches.
 *
 * Works on one bundle of borders at a time (see `bundles`); n borders with k meridians cost about n × k at worst.
 */
export function patchesBetween(borders: readonly Border[]): Patch[] {
  const meridians = meridiansOf(borders);
  const byWest = borders.filter(({ ax, bx }) => ax < bx).toSorted((a, b) => a.ax - b.ax);
  const patches: Patch[] = [];
  let active: Border[] = [];
  let next = 0;
  for (let i = 0; i + 1 < meridians.length; i++) {
    const [west, east] = [meridians[i]!, meridians[i + 1]!];
    active = active.filter(({ bx }) => bx > west);
    while (next < byWest.length && byWest[next]!.ax <= west) active.push(byWest[next++]!);
    patches.push(...patchesOfSlab(active, west, east));
  }
  return patches;
}

function patchesOfSlab(active: readonly Border[], west: number, east: number): Patch[] {
  const middle = (west + east) / 2;
  const lines = active
    .map((border) => ({ border, at: latitudeAt(border, middle) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ border }) => border);
  const patches: Patch[] = [];
  let count = 0;
  for (let i = 0; i + 1 < lines.length; i++) {
    const [below, above] = [lines[i]!, lines[i + 1]!];
    // A border that runs east has its polygon on its left, which is north.
    count += below.weight;
    if (count === 0) continue;
    patches.push({
      west,
      east,
      southWest: latitudeAt(below, west),
      northWest: latitudeAt(above, west),
      southEast: latitudeAt(below, east),
      northEast: latitudeAt(above, east),
      count,
    });
  }
  return patches;
}

function latitudeAt({ ax, ay, bx, by }: Border, lon: number): number {
  return ay + ((lon - ax) / (bx - ax)) * (by - ay);
}

function meridiansOf(borders: readonly Border[]): number[] {
  const found = new Set(borders.flatMap(({ ax, bx }) => [ax, bx]));
  const index = new Flatbush(borders.length);
  for (const { ax, ay, bx, by } of borders) index.add(ax, Math.min(ay, by), bx, Math.max(ay, by));
  index.finish();
  borders.forEach((border, i) => {
    const { ax, ay, bx, by } = border;
    for (const j of index.search(ax, Math.min(ay, by), bx, Math.max(ay, by))) {
      const lon = j > i ? crossing(border, borders[j]!) : undefined;
      if (lon !== undefined) found.add(lon);
    }
  });
  return [...found].toSorted((a, b) => a - b);
}

/** The longitude at which two borders cross, undefined if they do not or are parallel. */
function crossing(p: Border, q: Border): number | undefined {
  const [px, py, qx, qy] = [p.bx - p.ax, p.by - p.ay, q.bx - q.ax, q.by - q.ay];
  const turn = px * qy - py * qx;
  if (turn === 0) return undefined;
  const [dx, dy] = [q.ax - p.ax, q.ay - p.ay];
  const share = (dx * qy - dy * qx) / turn;
  const other = (dx * py - dy * px) / turn;
  return share > 0 && share < 1 && other >= 0 && other <= 1 ? p.ax + share * px : undefined;
}
