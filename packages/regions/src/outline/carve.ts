import { RegionInputError } from "../error.ts";
import { arrange, type Arrangement, type Node } from "./arrange.ts";
import { facesOf, pointInside, prune, type Face } from "./faces.ts";
import { projection } from "./segments.ts";
import type { OutlinedBlock, OutlineOptions, Position } from "./types.ts";

export type CarveOptions = OutlineOptions & {
  /** Pieces smaller than this many m² go to the neighbour with the longest common border. Default 1,000. */
  leastArea?: number;
};

/** A block made by cutting an area along lines. */
export type CarvedBlock = OutlinedBlock & { /** The area that it is a piece of. */ of: string };

/**
 * Blocks where a city has none: areas (communities) cut along lines (roads, rivers, shores). Lines may cross, end in the
 * middle of nowhere, stop up to `snap` metres short of another, or close upon themselves; the blocks of an area cover it
 * without gap or overlap (corners are rounded to the centimetre). Named after their area with three more digits, from the north-west.
 * @throws RegionInputError for repeated ids, positions that are no numbers, areas cut into more than 999
 */
export function carveBlocks(areas: OutlinedBlock[], lines: Position[][], options: CarveOptions = {}): CarvedBlock[] {
  const { coordinates = "lonlat", snap = 2, leastArea = 1000 } = options;
  checkPositions(areas, lines);
  if (areas.length === 0) return [];
  const rings = areas.map(({ outline }) => ringsOf(outline));
  const plane = projection(rings.flat(2), coordinates);
  const outlines = rings.map((own) => own.map((ring) => ring.map(plane.project)));
  const borders = outlines.flat().flatMap(sides);
  const roads = lines.map((line) => line.map(plane.project)).flatMap((line) => sides(reachOut(line, borders, snap)));
  const arrangement = prune(arrange([...borders, ...roads]));
  const ownerOf = (face: Face): number => {
    const point = pointInside(arrangement.nodes, face);
    return outlines.findIndex((own) => isInside(own, point));
  };
  const { nodes, faces } = mergeSmall(arrangement, ownerOf, leastArea);
  const perArea = Map.groupBy(
    faces.map((face) => ({ face, owner: ownerOf(face) })).filter(({ owner }) => owner >= 0),
    ({ owner }) => owner,
  );
  return areas.flatMap(({ id }, owner) =>
    nameBlocks(
      id,
      (perArea.get(owner) ?? []).map(({ face }) => face),
      nodes,
      plane.unproject,
    ),
  );
}

type Point = [number, number];
type Segment = [number, number, number, number];

function checkPositions(areas: OutlinedBlock[], lines: Position[][]): void {
  const ids = new Set<string>();
  for (const { id } of areas) {
    if (ids.has(id))
      throw new RegionInputError("duplicate-block", `area ${id} is listed twice; give every area one outline`);
    ids.add(id);
  }
  for (const [x, y] of [...areas.flatMap(({ outline }) => ringsOf(outline).flat()), ...lines.flat()])
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new RegionInputError("bad-number", "an area or a line has a position that is not two numbers");
}

const ringsOf = (outline: OutlinedBlock["outline"]): Position[][] =>
  outline.type === "Polygon" ? outline.coordinates : outline.coordinates.flat();

const sides = (points: Point[]): Segment[] => points.slice(1).map(([x, y], i): Segment => [...points[i]!, x, y]);

/** A line whose end stops just short of a border is led up to it. */
function reachOut(line: Point[], borders: readonly Segment[], snap: number): Point[] {
  const drawn = (end: Point): Point => {
    let [nearest, foot] = [snap, end];
    for (const [x1, y1, x2, y2] of borders) {
      const square = (x2 - x1) ** 2 + (y2 - y1) ** 2;
      if (square === 0) continue;
      const along = Math.max(0, Math.min(1, ((end[0] - x1) * (x2 - x1) + (end[1] - y1) * (y2 - y1)) / square));
      const at: Point = [x1 + (x2 - x1) * along, y1 + (y2 - y1) * along];
      const distance = Math.hypot(end[0] - at[0], end[1] - at[1]);
      if (distance < nearest) [nearest, foot] = [distance, at];
    }
    return foot;
  };
  return line.length < 2 ? [] : [drawn(line[0]!), ...line, drawn(line.at(-1)!)];
}

function isInside(rings: Point[][], { x, y }: Node): boolean {
  let inside = false;
  for (const ring of rings)
    ring.forEach(([x1, y1], i) => {
      const [x2, y2] = ring[(i + 1) % ring.length]!;
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    });
  return inside;
}

/** Opens the longest border of a face that is too small, towards a neighbour in the same area, until none is left. */
function mergeSmall(
  arrangement: Arrangement,
  ownerOf: (face: Face) => number,
  leastArea: number,
): { nodes: Node[]; faces: Face[] } {
  let { nodes, edges } = arrangement;
  for (;;) {
    const faces = facesOf({ nodes, edges });
    const opened = new Set<number>();
    const touched = new Set<number>();
    const owners = faces.map(ownerOf);
    const beside = sidesOf(faces);
    faces.forEach((face, f) => {
      const size = face.outer.area + face.holes.reduce((all, { area }) => all + area, 0);
      if (size >= leastArea || owners[f]! < 0 || touched.has(f)) return;
      const lengths = new Map<number, number[]>();
      for (const edge of face.outer.edges) {
        const other = beside.get(edge)!.find((each) => each !== f);
        if (other !== undefined && owners[other] === owners[f])
          lengths.set(other, [...(lengths.get(other) ?? []), edge]);
      }
      const long = (own: number[]) => own.reduce((all, edge) => all + lengthOf(nodes, edges[edge]!), 0);
      const [best] = [...lengths].toSorted(([, a], [, b]) => long(b) - long(a));
      if (!best || touched.has(best[0])) return;
      touched.add(f).add(best[0]);
      for (const edge of best[1]) opened.add(edge);
    });
    if (opened.size === 0) return { nodes, faces };
    ({ nodes, edges } = prune({ nodes, edges: edges.filter((_, at) => !opened.has(at)) }));
  }
}

function sidesOf(faces: readonly Face[]): Map<number, number[]> {
  const beside = new Map<number, number[]>();
  faces.forEach(({ outer, holes }, f) => {
    for (const edge of [outer, ...holes].flatMap(({ edges }) => edges))
      beside.set(edge, [...(beside.get(edge) ?? []), f]);
  });
  return beside;
}

const lengthOf = (nodes: readonly Node[], [a, b]: readonly [number, number]): number =>
  Math.hypot(nodes[a]!.x - nodes[b]!.x, nodes[a]!.y - nodes[b]!.y);

function nameBlocks(
  area: string,
  faces: Face[],
  nodes: readonly Node[],
  unproject: (node: Node) => Position,
): CarvedBlock[] {
  if (faces.length > 999)
    throw new RegionInputError(
      "bad-option",
      `area ${area} is cut into ${faces.length} blocks; leave minor roads out, or raise the least area`,
    );
  const corner = ({ outer }: Face) => Math.min(...outer.nodes.map((n) => nodes[n]!.x - nodes[n]!.y));
  return faces
    .toSorted((a, b) => corner(a) - corner(b))
    .map(({ outer, holes }, at) => ({
      id: `${area}${String(at + 1).padStart(3, "0")}`,
      of: area,
      outline: {
        type: "Polygon",
        coordinates: [outer, ...holes].map((ring) => [...ring.nodes, ring.nodes[0]!].map((n) => unproject(nodes[n]!))),
      },
    }));
}
