import { RegionInputError } from "./error.ts";
import type { Block, Link, RegionInput } from "./types.ts";

/** Blocks as numbers 0…n−1, with their links in compressed rows: those of block v are slots offsets[v]…offsets[v+1]−1. */
export type Network = {
  ids: string[];
  workload: Float64Array;
  households: Float64Array;
  area: Float64Array;
  perimeter: Float64Array;
  focus: string[];
  /** Links over which a grid may hold together: hard borders are left out, ferries are in with length 0. */
  offsets: Int32Array;
  neighbours: Int32Array;
  lengths: Float64Array;
  /** Per slot, which other slots of the same block lead to neighbours of this neighbour (bits; blocks of ≤ 31 links). */
  near: Int32Array;
  /** All common borders, hard ones too, for measuring. */
  borders: { from: Int32Array; to: Int32Array; length: Float64Array };
  /** Whether areas and perimeters are given, so that Polsby–Popper can be computed. */
  shaped: boolean;
};

type Edge = { from: number; to: number; length: number };

/**
 * Check blocks and links and number them.
 * @throws RegionInputError for NaN, negative or missing figures, unknown or repeated ids, links that contradict each other
 */
export function buildNetwork(input: RegionInput): Network {
  const { blocks } = input;
  if (blocks.length === 0) throw new RegionInputError("no-blocks", "there are no blocks to plan");
  const numberOf = numberBlocks(blocks);
  const edges = readLinks(input.links, numberOf);
  const shaped = blocks.every((block) => block.area !== undefined && block.perimeter !== undefined);
  const column = (name: "workload" | "households" | "area" | "perimeter") =>
    Float64Array.from(blocks, (block) => readFigure(block, name));
  const [workload, households, area, perimeter] = [
    column("workload"),
    column("households"),
    column("area"),
    column("perimeter"),
  ];
  if (shaped) checkPerimeters(blocks, edges, perimeter);
  const hard = blocks.map((block) => block.hardBorder ?? "");
  const usable = edges.filter((edge) => hard[edge.from] === hard[edge.to]);
  const known = new Set(edges.map((edge) => edge.from * blocks.length + edge.to));
  for (const ferry of input.ferries ?? []) {
    const edge = readLink({ ...ferry, length: 0 }, numberOf);
    if (!known.has(edge.from * blocks.length + edge.to) && hard[edge.from] === hard[edge.to]) usable.push(edge);
  }
  const rows = compress(blocks.length, usable);
  return {
    ids: blocks.map((block) => block.id),
    workload,
    households,
    area,
    perimeter,
    focus: blocks.map((block) => block.focus ?? ""),
    ...rows,
    near: nearSlots(rows.offsets, rows.neighbours),
    borders: {
      from: Int32Array.from(edges, (edge) => edge.from),
      to: Int32Array.from(edges, (edge) => edge.to),
      length: Float64Array.from(edges, (edge) => edge.length),
    },
    shaped,
  };
}

function numberBlocks(blocks: Block[]): Map<string, number> {
  const numberOf = new Map<string, number>();
  for (const { id } of blocks) {
    if (numberOf.has(id))
      throw new RegionInputError("duplicate-block", `block ${id} is listed twice; give every block one row`);
    numberOf.set(id, numberOf.size);
  }
  return numberOf;
}

function readFigure(block: Block, name: "workload" | "households" | "area" | "perimeter"): number {
  const value = block[name] ?? 0;
  const positive = (name === "area" || name === "perimeter") && block[name] !== undefined;
  if (!Number.isFinite(value) || value < 0 || (positive && value === 0))
    throw new RegionInputError(
      "bad-number",
      `block ${block.id}: ${name} is ${value}; it must be a number ${positive ? "above 0" : "from 0"}`,
    );
  return value;
}

function readLink(link: Link, numberOf: Map<string, number>): Edge {
  const [from, to] = [link.from, link.to].map((id) => {
    const at = numberOf.get(id);
    if (at === undefined)
      throw new RegionInputError(
        "unknown-block",
        `a link joins ${link.from} and ${link.to}, but there is no block ${id}`,
      );
    return at;
  }) as [number, number];
  if (from === to)
    throw new RegionInputError("self-link", `block ${link.from} is linked to itself; leave that row out`);
  const length = link.length ?? 1;
  if (!Number.isFinite(length) || length < 0)
    throw new RegionInputError(
      "bad-number",
      `the border of ${link.from} and ${link.to} is ${length} long; it must be a number from 0`,
    );
  return { from: Math.min(from, to), to: Math.max(from, to), length };
}

/** A pair may be listed once or in both directions, but always with the same length. */
function readLinks(links: Link[], numberOf: Map<string, number>): Edge[] {
  const found = new Map<number, Edge>();
  for (const link of links) {
    const edge = readLink(link, numberOf);
    const key = edge.from * numberOf.size + edge.to;
    const before = found.get(key);
    if (before && Math.abs(before.length - edge.length) > 1e-9 * (1 + edge.length))
      throw new RegionInputError(
        "asymmetric-link",
        `the border of ${link.from} and ${link.to} is given as ${before.length} and as ${edge.length}; it must be the same from both sides`,
      );
    if (!before) found.set(key, edge);
  }
  return [...found.values()];
}

function checkPerimeters(blocks: Block[], edges: Edge[], perimeter: Float64Array): void {
  const shared = new Float64Array(blocks.length);
  for (const edge of edges) {
    shared[edge.from]! += edge.length;
    shared[edge.to]! += edge.length;
  }
  const short = blocks.findIndex((_, v) => shared[v]! > perimeter[v]! * 1.02);
  if (short >= 0)
    throw new RegionInputError(
      "short-perimeter",
      `block ${blocks[short]!.id}: its borders with neighbours add up to ${shared[short]!.toFixed(3)}, more than its perimeter of ${perimeter[short]}`,
    );
}

function compress(n: number, edges: Edge[]) {
  const offsets = new Int32Array(n + 1);
  for (const { from, to } of edges) {
    offsets[from + 1]!++;
    offsets[to + 1]!++;
  }
  for (let v = 0; v < n; v++) offsets[v + 1]! += offsets[v]!;
  const next = offsets.slice(0, n);
  const neighbours = new Int32Array(2 * edges.length);
  const lengths = new Float64Array(2 * edges.length);
  const put = (at: number, other: number, length: number) => {
    const slot = next[at]!++;
    neighbours[slot] = other;
    lengths[slot] = length;
  };
  for (const { from, to, length } of edges) {
    put(from, to, length);
    put(to, from, length);
  }
  return { offsets, neighbours, lengths };
}

function nearSlots(offsets: Int32Array, neighbours: Int32Array): Int32Array {
  const near = new Int32Array(neighbours.length);
  const slotOf = new Int32Array(offsets.length - 1).fill(-1);
  for (let v = 0; v + 1 < offsets.length; v++) {
    const [first, end] = [offsets[v]!, offsets[v + 1]!];
    if (end - first > 31) continue;
    for (let slot = first; slot < end; slot++) slotOf[neighbours[slot]!] = slot - first;
    for (let slot = first; slot < end; slot++) {
      const u = neighbours[slot]!;
      for (let other = offsets[u]!; other < offsets[u + 1]!; other++) {
        const at = slotOf[neighbours[other]!]!;
        if (at >= 0) near[slot]! |= 1 << at;
      }
    }
    for (let slot = first; slot < end; slot++) slotOf[neighbours[slot]!] = -1;
  }
  return near;
}
