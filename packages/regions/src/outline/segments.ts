import { RegionInputError } from "../error.ts";
import type { OutlinedBlock, OutlineOptions, Position } from "./types.ts";

/** All edges of all outlines in metres; edge s runs from (x1, y1) to (x2, y2) and belongs to block `owner[s]`. */
export type Segments = {
  owner: Int32Array;
  x1: Float64Array;
  y1: Float64Array;
  x2: Float64Array;
  y2: Float64Array;
  /** Per block, in m² and m. */
  area: Float64Array;
  perimeter: Float64Array;
};

const metresPerDegree = 111_195;

/**
 * Lay the outlines into a plane (equirectangular around their middle, right to a thousandth within a city).
 * @throws RegionInputError for outlines without area or with positions that are no numbers
 */
export function readSegments(blocks: OutlinedBlock[], { coordinates = "lonlat" }: OutlineOptions): Segments {
  const rings = blocks.map(({ id, outline }) => {
    const polygons = outline.type === "Polygon" ? [outline.coordinates] : outline.coordinates;
    for (const position of polygons.flat(2))
      if (!Number.isFinite(position[0]) || !Number.isFinite(position[1]))
        throw new RegionInputError("bad-number", `the outline of block ${id} has a position that is not two numbers`);
    return polygons;
  });
  const { project } = projection(rings.flat(3), coordinates);
  const edges: number[][] = [];
  const area = new Float64Array(blocks.length);
  const perimeter = new Float64Array(blocks.length);
  rings.forEach((polygons, owner) => {
    for (const polygon of polygons)
      polygon.forEach((ring, at) => {
        const points = ring.map(project);
        let twice = 0;
        points.forEach(([x1, y1], i) => {
          const [x2, y2] = points[(i + 1) % points.length]!;
          const length = Math.hypot(x2! - x1!, y2! - y1!);
          if (length === 0) return;
          twice += x1! * y2! - x2! * y1!;
          perimeter[owner]! += length;
          edges.push([owner, x1!, y1!, x2!, y2!]);
        });
        // The first ring is the outside, the others are holes, whichever way they turn.
        area[owner]! += ((at === 0 ? 1 : -1) * Math.abs(twice)) / 2;
      });
    if (!(area[owner]! > 0))
      throw new RegionInputError("bad-number", `the outline of block ${blocks[owner]!.id} encloses no area`);
  });
  const column = (at: number) => Float64Array.from(edges, (edge) => edge[at]!);
  return {
    owner: Int32Array.from(edges, (edge) => edge[0]!),
    x1: column(1),
    y1: column(2),
    x2: column(3),
    y2: column(4),
    area,
    perimeter,
  };
}

/** A plane in metres around the middle of some positions, and the way back. */
export function projection(
  positions: Position[],
  coordinates: "lonlat" | "metres",
): { project: (position: Position) => [number, number]; unproject: (point: { x: number; y: number }) => Position } {
  const middle = (at: number) => {
    let [least, largest] = [Infinity, -Infinity];
    for (const position of positions) {
      least = Math.min(least, position[at]!);
      largest = Math.max(largest, position[at]!);
    }
    return (least + largest) / 2;
  };
  const [x0, y0] = [middle(0), middle(1)];
  const [byX, byY] =
    coordinates === "metres" ? [1, 1] : [metresPerDegree * Math.cos((y0 * Math.PI) / 180), metresPerDegree];
  return {
    project: (position) => [(position[0]! - x0) * byX, (position[1]! - y0) * byY],
    unproject: ({ x, y }) => [x / byX + x0, y / byY + y0],
  };
}
