import type { PolygonRings } from "./types.ts";

/**
 * Polygons as typed arrays, cut into latitude bands, so that asking "is this point inside" reads the few edges of one
 * band and allocates nothing.
 *
 * Every edge is kept with its southern end first. Two neighbours that share an edge therefore compute the very same
 * crossing, and a point on a shared border belongs to exactly one of them (half-open rule of ray casting: Haines,
 * "Point in Polygon Strategies", Graphics Gems IV, 1994).
 */
export type Outlines = {
  /** Per edge: x and y of the southern end, x and y of the northern end. */
  edges: Float64Array;
  /** Per polygon: south, bands per degree, number of bands. */
  bands: Float64Array;
  /** Per polygon: where its bands begin in `bandStart`. */
  firstBand: Uint32Array;
  /** Per band: where its edges begin in `bandEdges`; the next entry ends it. */
  bandStart: Uint32Array;
  bandEdges: Uint32Array;
  /** Per polygon: its first edge in `edges`; the next entry ends it. */
  firstEdge: Uint32Array;
};

const edgesPerBand = 4;
const mostBands = 256;

/** Packs polygons (each an outer ring with its holes, degrees) into typed arrays. */
export function packOutlines(polygons: readonly PolygonRings[]): Outlines {
  const edges: number[] = [];
  const bands: number[] = [];
  const firstBand: number[] = [];
  const bandStart: number[] = [];
  const bandEdges: number[] = [];
  const firstEdge: number[] = [0];
  for (const polygon of polygons) {
    const from = edges.length / 4;
    pushEdges(edges, polygon);
    const to = edges.length / 4;
    firstEdge.push(to);
    const layout = layBands(edges, from, to);
    firstBand.push(bandStart.length);
    bands.push(layout.south, layout.perDegree, layout.lists.length);
    for (const list of layout.lists) {
      bandStart.push(bandEdges.length);
      for (const edge of list) bandEdges.push(edge);
    }
  }
  bandStart.push(bandEdges.length);
  return {
    edges: Float64Array.from(edges),
    bands: Float64Array.from(bands),
    firstBand: Uint32Array.from(firstBand),
    bandStart: Uint32Array.from(bandStart),
    bandEdges: Uint32Array.from(bandEdges),
    firstEdge: Uint32Array.from(firstEdge),
  };
}

function pushEdges(edges: number[], polygon: PolygonRings): void {
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      const [low, high] = a[1] < b[1] || (a[1] === b[1] && a[0] < b[0]) ? [a, b] : [b, a];
      edges.push(low[0], low[1], high[0], high[1]);
    }
  }
}

function layBands(edges: number[], from: number, to: number) {
  let [south, north] = [Infinity, -Infinity];
  for (let edge = from; edge < to; edge++) {
    south = Math.min(south, edges[edge * 4 + 1]!);
    north = Math.max(north, edges[edge * 4 + 3]!);
  }
  const count = Math.max(1, Math.min(mostBands, Math.floor((to - from) / edgesPerBand)));
  const perDegree = north > south ? count / (north - south) : 0;
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (let edge = from; edge < to; edge++) {
    const first = bandAt(edges[edge * 4 + 1]!, south, perDegree, count);
    const last = bandAt(edges[edge * 4 + 3]!, south, perDegree, count);
    for (let band = first; band <= last; band++) lists[band]!.push(edge);
  }
  return { south, perDegree, lists };
}

function bandAt(y: number, south: number, perDegree: number, count: number): number {
  const band = Math.floor((y - south) * perDegree);
  return band < 0 ? 0 : band >= count ? count - 1 : band;
}

/** Whether a polygon holds the point. Holes count as outside. */
export function holds(outlines: Outlines, polygon: number, x: number, y: number): boolean {
  const { edges, bands, bandStart, bandEdges } = outlines;
  const band =
    outlines.firstBand[polygon]! + bandAt(y, bands[polygon * 3]!, bands[polygon * 3 + 1]!, bands[polygon * 3 + 2]!);
  let inside = false;
  for (let i = bandStart[band]!, end = bandStart[band + 1]!; i < end; i++) {
    const at = bandEdges[i]! * 4;
    const south = edges[at + 1]!;
    const north = edges[at + 3]!;
    if (south > y || north <= y) continue;
    const west = edges[at]!;
    if (x < west + ((y - south) / (north - south)) * (edges[at + 2]! - west)) inside = !inside;
  }
  return inside;
}

/** Square of the distance from a point to a polygon's border, in degrees of latitude; `narrowing` is cos(latitude). */
export function squaredDistance(outlines: Outlines, polygon: number, x: number, y: number, narrowing: number): number {
  const { edges, firstEdge } = outlines;
  let nearest = Infinity;
  for (let edge = firstEdge[polygon]!; edge < firstEdge[polygon + 1]!; edge++) {
    const at = edge * 4;
    const fromX = (edges[at]! - x) * narrowing;
    const fromY = edges[at + 1]! - y;
    const alongX = (edges[at + 2]! - edges[at]!) * narrowing;
    const alongY = edges[at + 3]! - edges[at + 1]!;
    const length = alongX * alongX + alongY * alongY;
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, -(fromX * alongX + fromY * alongY) / length));
    const offX = fromX + share * alongX;
    const offY = fromY + share * alongY;
    nearest = Math.min(nearest, offX * offX + offY * offY);
  }
  return nearest;
}
