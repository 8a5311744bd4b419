import type { Arrangement, Node } from "./arrange.ts";

/** A ring of nodes with the face to its left; `edges` are the numbers of its edges, one for each side. */
export type Ring = { nodes: number[]; edges: number[]; area: number };
/** A face of the plane: an outer ring, and holes around what lies in it without touching it. */
export type Face = { outer: Ring; holes: Ring[] };

/** Takes away edges that end nowhere, again and again: dead ends divide nothing. */
export function prune({ nodes, edges }: Arrangement): Arrangement {
  const degree = new Int32Array(nodes.length);
  for (const [a, b] of edges) {
    degree[a]!++;
    degree[b]!++;
  }
  let left = edges;
  for (;;) {
    const [kept, ending] = [true, false].map((wanted) =>
      left.filter(([a, b]) => (degree[a]! > 1 && degree[b]! > 1) === wanted),
    ) as [Arrangement["edges"], Arrangement["edges"]];
    if (ending.length === 0) return { nodes, edges: kept };
    for (const [a, b] of ending) {
      degree[a]!--;
      degree[b]!--;
    }
    left = kept;
  }
}

/** Every bounded face: half-edges are followed, always turning as far left as can be, until they come round. */
export function facesOf({ nodes, edges }: Arrangement): Face[] {
  const rings = ringsOf(nodes, edges);
  const faces = rings.filter(({ area }) => area > 0).map((outer): Face => ({ outer, holes: [] }));
  const bySize = faces.toSorted((a, b) => a.outer.area - b.outer.area);
  // The outside of a network is a ring the wrong way round: a hole in the smallest face around it, if there is one.
  for (const hole of rings.filter(({ area }) => area < 0)) {
    const own = new Set(hole.nodes);
    bySize
      .find(
        ({ outer }) =>
          outer.area > -hole.area &&
          !outer.nodes.some((n) => own.has(n)) &&
          holds(nodes, outer, nodes[hole.nodes[0]!]!),
      )
      ?.holes.push(hole);
  }
  return faces;
}

function ringsOf(nodes: readonly Node[], edges: readonly (readonly [number, number])[]): Ring[] {
  // Half-edge 2e runs from a to b, 2e + 1 back; around each node they are sorted by direction.
  const from = (half: number) => edges[half >> 1]![half & 1]!;
  const to = (half: number) => edges[half >> 1]![1 - (half & 1)]!;
  const around: number[][] = nodes.map(() => []);
  for (let half = 0; half < 2 * edges.length; half++) around[from(half)]!.push(half);
  const angle = (half: number) =>
    Math.atan2(nodes[to(half)]!.y - nodes[from(half)]!.y, nodes[to(half)]!.x - nodes[from(half)]!.x);
  const place = new Int32Array(2 * edges.length);
  for (const halves of around) {
    halves.sort((a, b) => angle(a) - angle(b));
    halves.forEach((half, at) => (place[half] = at));
  }
  const next = (half: number): number => {
    const halves = around[to(half)]!;
    return halves[(place[half ^ 1]! - 1 + halves.length) % halves.length]!;
  };
  const seen = new Uint8Array(2 * edges.length);
  const rings: Ring[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const ring: Ring = { nodes: [], edges: [], area: 0 };
    for (let half = start; !seen[half]; half = next(half)) {
      seen[half] = 1;
      ring.nodes.push(from(half));
      ring.edges.push(half >> 1);
    }
    ring.area = areaOf(nodes, ring.nodes);
    rings.push(ring);
  }
  return rings;
}

function areaOf(nodes: readonly Node[], ring: readonly number[]): number {
  let twice = 0;
  ring.forEach((n, i) => {
    const [a, b] = [nodes[n]!, nodes[ring[(i + 1) % ring.length]!]!];
    twice += a.x * b.y - b.x * a.y;
  });
  return twice / 2;
}

function holds(nodes: readonly Node[], ring: Ring, { x, y }: Node): boolean {
  let inside = false;
  ring.nodes.forEach((n, i) => {
    const [a, b] = [nodes[n]!, nodes[ring.nodes[(i + 1) % ring.nodes.length]!]!];
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  });
  return inside;
}

/** A point inside a face, beside the middle of its longest side. */
export function pointInside(nodes: readonly Node[], { outer }: Face): Node {
  let [longest, found] = [0, nodes[outer.nodes[0]!]!];
  outer.nodes.forEach((n, i) => {
    const [a, b] = [nodes[n]!, nodes[outer.nodes[(i + 1) % outer.nodes.length]!]!];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length <= longest) return;
    longest = length;
    const step = Math.min(0.004, length / 4) / length;
    found = { x: (a.x + b.x) / 2 - (b.y - a.y) * step, y: (a.y + b.y) / 2 + (b.x - a.x) * step };
  });
  return found;
}
