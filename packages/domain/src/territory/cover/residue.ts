import { wound } from "../dissolve.ts";
import type { MultiPolygon } from "../types.ts";

/** A stretch of border, in degrees, and how many more polygons lie on its left than on its right. */
export type Border = { ax: number; ay: number; bx: number; by: number; weight: number };

/**
 * What is left of all borders when those of the children are laid over those of the parent and equal ones cancel.
 *
 * Count at every point the children that hold it, less one if the parent holds it: the children cover the parent
 * exactly if that count is 0 everywhere. The edges left here are where the count changes, so when none is left the
 * cover is proved without looking at any area; otherwise `measureFaults` looks only around them.
 */
export function residue(
  children: readonly MultiPolygon[],
  parent?: MultiPolygon,
): { left: Border[]; cancelled: Border[] } {
  const edges = new Map<string, Border>();
  for (const child of children) layOver(edges, child, 1);
  if (parent) layOver(edges, parent, -1);
  const { left = [], cancelled = [] } = Object.groupBy(edges.values(), ({ weight }) =>
    weight === 0 ? "cancelled" : "left",
  );
  return { left, cancelled };
}

function layOver(edges: Map<string, Border>, shape: MultiPolygon, weight: 1 | -1): void {
  for (const ring of shape.coordinates.flatMap(wound)) {
    for (let i = 1; i < ring.length; i++) {
      const [[px, py], [qx, qy]] = [ring[i - 1]!, ring[i]!];
      if (px === qx && py === qy) continue;
      const forward = px < qx || (px === qx && py < qy);
      const [ax, ay, bx, by] = forward ? [px, py, qx, qy] : [qx, qy, px, py];
      const key = `${ax},${ay},${bx},${by}`;
      const known = edges.get(key);
      const change = forward ? weight : -weight;
      if (known) known.weight += change;
      else edges.set(key, { ax, ay, bx, by, weight: change });
    }
  }
}
