import { RegionInputError } from "../error.ts";
import { facingStretch } from "./facing.ts";
import { readSegments, type Segments } from "./segments.ts";
import type { OutlinedBlock, OutlineOptions, Surveyed } from "./types.ts";

/**
 * Measure blocks from their outlines: area, perimeter, who borders on whom and over what length. Lines need not agree
 * corner by corner: where one block has a corner and its neighbour has none (T-junctions), or where the lines run a
 * little apart or across each other (slivers), stretches nearer than `snap` that run side by side count as common.
 * A touch in a corner does not.
 * @throws RegionInputError for repeated ids, positions that are no numbers, outlines without area
 */
export function surveyBlocks(blocks: OutlinedBlock[], options: OutlineOptions = {}): Surveyed {
  const snap = options.snap ?? 2;
  const least = options.least ?? 3 * snap;
  if (!(snap > 0 && snap < Infinity))
    throw new RegionInputError("bad-option", `the snapping distance is ${snap}; it must be a number of metres above 0`);
  const ids = new Set<string>();
  for (const { id } of blocks) {
    if (ids.has(id))
      throw new RegionInputError("duplicate-block", `block ${id} is listed twice; give every block one outline`);
    ids.add(id);
  }
  if (blocks.length === 0) return { blocks: [], links: [], parts: [] };
  const segments = readSegments(blocks, options);
  const shared = sharedLengths(segments, snap, blocks.length);
  const pairs = [...shared]
    .filter(([, length]) => length >= least)
    .map(([key, length]) => ({ a: Math.floor(key / blocks.length), b: key % blocks.length, length }));
  fitPerimeters(pairs, segments.perimeter);
  return {
    blocks: blocks.map(({ id }, v) => ({ id, area: segments.area[v]! / 1e6, perimeter: segments.perimeter[v]! / 1e3 })),
    links: pairs.map(({ a, b, length }) => ({ from: blocks[a]!.id, to: blocks[b]!.id, length: length / 1e3 })),
    parts: findParts(blocks, pairs),
  };
}

type Pair = { a: number; b: number; length: number };

/** Common length of every pair (key: smaller number × count + larger): the mean of what either side has along the other. */
function sharedLengths(segments: Segments, snap: number, count: number): Map<number, number> {
  const near = nearbySegments(segments, snap);
  const shared = new Map<number, number>();
  for (let s = 0; s < segments.owner.length; s++) {
    const stretches = new Map<number, [number, number][]>();
    for (const t of near(s)) {
      const stretch = facingStretch(segments, s, t, snap);
      if (!stretch) continue;
      const other = segments.owner[t]!;
      if (!stretches.has(other)) stretches.set(other, []);
      stretches.get(other)!.push(stretch);
    }
    for (const [other, found] of stretches) {
      const own = segments.owner[s]!;
      const key = Math.min(own, other) * count + Math.max(own, other);
      shared.set(key, (shared.get(key) ?? 0) + unionLength(found) / 2);
    }
  }
  return shared;
}

function unionLength(stretches: [number, number][]): number {
  let [total, reached] = [0, -Infinity];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}

/** The segments of other blocks whose boxes come within `snap`: looked up in a grid of cells of a typical length. */
function nearbySegments({ owner, x1, y1, x2, y2, perimeter }: Segments, snap: number): (s: number) => Set<number> {
  const mean = perimeter.reduce((all, each) => all + each, 0) / owner.length;
  const size = Math.max(2 * mean, 4 * snap);
  const cells = new Map<string, number[]>();
  // Long segments are taken piece by piece, so that a slanting one does not fill its whole box.
  const visit = (s: number, reach: number, each: (key: string) => void) => {
    const [dx, dy] = [x2[s]! - x1[s]!, y2[s]! - y1[s]!];
    const pieces = Math.ceil(Math.hypot(dx, dy) / size);
    const range = (start: number, step: number) =>
      [
        Math.floor((Math.min(start, start + step) - reach) / size),
        Math.floor((Math.max(start, start + step) + reach) / size),
      ] as const;
    for (let piece = 0; piece < pieces; piece++) {
      const [left, right] = range(x1[s]! + (dx * piece) / pieces, dx / pieces);
      const [bottom, top] = range(y1[s]! + (dy * piece) / pieces, dy / pieces);
      for (let x = left; x <= right; x++) for (let y = bottom; y <= top; y++) each(`${x},${y}`);
    }
  };
  for (let s = 0; s < owner.length; s++)
    visit(s, 0, (key) => {
      const cell = cells.get(key);
      if (cell?.at(-1) === s) return;
      if (cell) cell.push(s);
      else cells.set(key, [s]);
    });
  return (s) => {
    const found = new Set<number>();
    visit(s, snap, (key) => {
      for (const t of cells.get(key) ?? []) if (owner[t] !== owner[s]) found.add(t);
    });
    return found;
  };
}

/** Where outlines overlap, stretches can count twice: no block shares more border than it has. */
function fitPerimeters(pairs: Pair[], perimeter: Float64Array): void {
  const total = new Float64Array(perimeter.length);
  for (const { a, b, length } of pairs) {
    total[a]! += length;
    total[b]! += length;
  }
  for (const pair of pairs)
    pair.length *= Math.min(1, perimeter[pair.a]! / total[pair.a]!, perimeter[pair.b]! / total[pair.b]!);
}

function findParts(blocks: OutlinedBlock[], pairs: Pair[]): string[][] {
  const beside = blocks.map(() => [] as number[]);
  for (const { a, b } of pairs) {
    beside[a]!.push(b);
    beside[b]!.push(a);
  }
  const seen = new Set<number>();
  const parts: string[][] = [];
  for (let start = 0; start < blocks.length; start++) {
    if (seen.has(start)) continue;
    const part = new Set([start]);
    for (const v of part) for (const u of beside[v]!) part.add(u);
    for (const v of part) seen.add(v);
    parts.push(Array.from(part, (v) => blocks[v]!.id));
  }
  return parts.sort((a, b) => b.length - a.length);
}
