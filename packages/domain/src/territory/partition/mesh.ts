import type { PolygonRings, Position } from "../types.ts";

/**
 * Polygons that share their corners. Positions are whole millionths of a degree (0.11 m), so that cross products are
 * exact in a double and two neighbours have the same border to the last digit.
 */
export type Mesh = {
  x: number[];
  y: number[];
  /** Corners added only to make cutting possible; those that no cut used are dropped at the end. */
  added: Set<number>;
  byPosition: Map<string, number>;
  /** The corners put between two others: the same on both sides of a border. */
  between: Map<string, number[]>;
};

/** A ring of corners, counter-clockwise, not closed. */
export type Loop = number[];

const unitsPerDegree = 1e6;

export function emptyMesh(): Mesh {
  return { x: [], y: [], added: new Set(), byPosition: new Map(), between: new Map() };
}

/** The corner at a position, in millionths of a degree. */
export function corner(mesh: Mesh, x: number, y: number, added = false): number {
  const key = `${x},${y}`;
  const known = mesh.byPosition.get(key);
  if (known !== undefined) {
    if (!added) mesh.added.delete(known);
    return known;
  }
  const id = mesh.x.push(x) - 1;
  mesh.y.push(y);
  mesh.byPosition.set(key, id);
  if (added) mesh.added.add(id);
  return id;
}

/** Takes an outer ring into the mesh. Holes cannot be taken: indicative townships have none. */
export function addLoop(mesh: Mesh, polygon: PolygonRings): Loop {
  if (polygon.length > 1) throw new RangeError("A polygon with holes cannot be drawn into grids; cut it open first.");
  const loop: Loop = [];
  for (const [lon, lat] of polygon[0]!.slice(0, -1)) {
    const id = corner(mesh, Math.round(lon * unitsPerDegree), Math.round(lat * unitsPerDegree));
    if (loop.at(-1) !== id) loop.push(id);
  }
  if (loop[0] === loop.at(-1)) loop.pop();
  return doubleArea(mesh, loop) < 0 ? loop.toReversed() : loop;
}

/** Twice the area of a loop in square units, positive when counter-clockwise. */
export function doubleArea(mesh: Mesh, loop: Loop): number {
  let sum = 0;
  const [originX, originY] = [mesh.x[loop[0]!]!, mesh.y[loop[0]!]!];
  for (let i = 1; i + 1 < loop.length; i++) {
    const [b, c] = [loop[i]!, loop[i + 1]!];
    sum += (mesh.x[b]! - originX) * (mesh.y[c]! - originY) - (mesh.x[c]! - originX) * (mesh.y[b]! - originY);
  }
  return sum;
}

/** The loop as a closed GeoJSON ring in degrees. */
export function ringOf(mesh: Mesh, loop: Loop): Position[] {
  const ring = loop.map((id): Position => [mesh.x[id]! / unitsPerDegree, mesh.y[id]! / unitsPerDegree]);
  return [...ring, ring[0]!];
}

/** Puts corners on every edge longer than `spacing` units; an edge gets the same ones from whichever side it is asked. */
export function refine(mesh: Mesh, loop: Loop, spacing: number): Loop {
  return loop.flatMap((from, i) => [from, ...stepsBetween(mesh, from, loop[(i + 1) % loop.length]!, spacing)]);
}

/** The corners between two others, at most `spacing` units apart, in order from `from` to `to`. */
export function stepsBetween(mesh: Mesh, from: number, to: number, spacing: number): number[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  const key = `${low}-${high}`;
  let steps = mesh.between.get(key);
  if (steps === undefined) {
    const [dx, dy] = [mesh.x[high]! - mesh.x[low]!, mesh.y[high]! - mesh.y[low]!];
    const count = Math.floor(Math.hypot(dx, dy) / spacing);
    steps = [];
    for (let i = 1; i < count; i++) {
      const share = i / count;
      steps.push(corner(mesh, Math.round(mesh.x[low]! + dx * share), Math.round(mesh.y[low]! + dy * share), true));
    }
    mesh.between.set(key, steps);
  }
  return from === low ? steps : steps.toReversed();
}

/** Makes every corner that lies on a neighbour's edge (within `reach` units) a corner of that neighbour too. */
export function joinBorders(mesh: Mesh, loops: readonly Loop[], reach: number): Loop[] {
  const cell = 2000;
  const cells = new Map<string, Set<number>>();
  for (const id of new Set(loops.flat())) {
    const key = `${Math.floor(mesh.x[id]! / cell)},${Math.floor(mesh.y[id]! / cell)}`;
    const known = cells.get(key);
    if (known) known.add(id);
    else cells.set(key, new Set([id]));
  }
  return loops.map((loop) => {
    const own = new Set(loop);
    return loop.flatMap((from, i) => [
      from,
      ...cornersOnEdge(mesh, cells, cell, from, loop[(i + 1) % loop.length]!, own, reach),
    ]);
  });
}

function cornersOnEdge(
  mesh: Mesh,
  cells: Map<string, Set<number>>,
  cell: number,
  from: number,
  to: number,
  own: Set<number>,
  reach: number,
): number[] {
  const [ax, ay] = [mesh.x[from]!, mesh.y[from]!];
  const [dx, dy] = [mesh.x[to]! - ax, mesh.y[to]! - ay];
  const length = Math.hypot(dx, dy);
  const found: { id: number; share: number }[] = [];
  const column = (x: number) => Math.floor(x / cell);
  for (let i = column(Math.min(ax, ax + dx) - reach); i <= column(Math.max(ax, ax + dx) + reach); i++) {
    for (let j = column(Math.min(ay, ay + dy) - reach); j <= column(Math.max(ay, ay + dy) + reach); j++) {
      for (const id of cells.get(`${i},${j}`) ?? []) {
        if (own.has(id)) continue;
        const [px, py] = [mesh.x[id]! - ax, mesh.y[id]! - ay];
        const share = (px * dx + py * dy) / (length * length);
        if (share > 0 && share < 1 && Math.abs(px * dy - py * dx) / length <= reach) found.push({ id, share });
      }
    }
  }
  return found.toSorted((a, b) => a.share - b.share).map(({ id }) => id);
}

/** Drops the added corners that only lie between the same two neighbours, on both sides of a border at once. */
export function dropUnused(mesh: Mesh, loops: readonly Loop[]): Loop[] {
  const neighbours = new Map<number, Set<number>>();
  for (const loop of loops) {
    loop.forEach((id, i) => {
      let set = neighbours.get(id);
      if (!set) neighbours.set(id, (set = new Set()));
      set.add(loop.at(i - 1)!).add(loop[(i + 1) % loop.length]!);
    });
  }
  return loops.map((loop) => loop.filter((id) => !mesh.added.has(id) || neighbours.get(id)!.size > 2));
}
