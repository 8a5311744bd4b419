import { ringArea } from "./shape.ts";
import type { MultiPolygon, PolygonRings, Position, Ring } from "./types.ts";

/**
 * The union of parts that share their borders corner by corner: edges that occur in both directions are inner borders
 * and cancel, the rest is chained into rings. Exact, and linear in the number of corners; parts whose borders only
 * nearly agree keep the disagreement as a seam, which `checkTerritory` then reports.
 */
export function dissolve(parts: readonly MultiPolygon[]): MultiPolygon {
  const outgoing = outerEdges(parts);
  const rings: Ring[] = [];
  for (const [start, ends] of outgoing) {
    while (ends.length > 0) rings.push(...walk(outgoing, start));
  }
  return { type: "MultiPolygon", coordinates: nest(rings) };
}

type Edge = { from: Position; to: Position; next: string };

const keyOf = (position: Position) => `${position[0]},${position[1]}`;

function outerEdges(parts: readonly MultiPolygon[]): Map<string, Edge[]> {
  const edges = new Map<string, Map<string, Edge>>();
  for (const ring of parts.flatMap((part) => part.coordinates).flatMap(wound)) {
    for (let i = 1; i < ring.length; i++) {
      const [from, to] = [ring[i - 1]!, ring[i]!];
      const [start, end] = [keyOf(from), keyOf(to)];
      if (edges.get(end)?.delete(start)) continue;
      const known = edges.get(start);
      if (known) known.set(end, { from, to, next: end });
      else edges.set(start, new Map([[end, { from, to, next: end }]]));
    }
  }
  return new Map(Array.from(edges, ([start, ends]) => [start, [...ends.values()]]));
}

/** Outer rings counter-clockwise, holes clockwise, whatever the file had. */
export function wound(polygon: PolygonRings): Ring[] {
  return polygon.map((ring, i) => (ringArea(ring) < 0 === (i === 0) ? ring.toReversed() : ring));
}

/** Follows edges until the ring closes; where the walk touches itself, the loop closed there is a ring of its own. */
function walk(outgoing: Map<string, Edge[]>, start: string): Ring[] {
  const rings: Ring[] = [];
  const path: Position[] = [];
  const keys: string[] = [];
  const visited = new Map<string, number>();
  let at = start;
  for (let edge = outgoing.get(at)?.pop(); edge; edge = outgoing.get(at)?.pop()) {
    visited.set(at, path.length);
    path.push(edge.from);
    keys.push(at);
    at = edge.next;
    const since = visited.get(at);
    if (since === undefined) continue;
    const ring = path.splice(since);
    rings.push([...ring, ring[0]!]);
    for (const key of keys.splice(since)) visited.delete(key);
    if (path.length === 0) break;
  }
  return rings;
}

function nest(rings: Ring[]): PolygonRings[] {
  const polygons = rings.filter((ring) => ringArea(ring) > 0).map((ring): PolygonRings => [ring]);
  const bySize = polygons.toSorted((a, b) => ringArea(a[0]!) - ringArea(b[0]!));
  for (const hole of rings.filter((ring) => ringArea(ring) < 0)) {
    bySize.find(([outer]) => ringHolds(outer!, hole))?.push(hole);
  }
  return polygons;
}

/** Whether an outer ring holds a hole; rings may touch at corners, so the hole's edge middles are asked. */
function ringHolds(outer: Ring, hole: Ring): boolean {
  const [a, b] = [hole[0]!, hole[1]!];
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  let inside = false;
  for (let i = 1; i < outer.length; i++) {
    const [p, q] = [outer[i - 1]!, outer[i]!];
    if (p[1] > y !== q[1] > y && x < p[0] + ((y - p[1]) / (q[1] - p[1])) * (q[0] - p[0])) inside = !inside;
  }
  return inside;
}
