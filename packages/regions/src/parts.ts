import { RegionInputError } from "./error.ts";
import type { Loads } from "./loads.ts";
import type { Network } from "./network.ts";
import type { Block, Obstacle } from "./types.ts";

/** A connected part of the network, once hard borders are closed: no grid reaches beyond it. */
export type Part = { blocks: Int32Array; low: number; high: number; mean: number; grids: number };

/** The connected parts, in order of their first block. */
export function findParts(network: Network, loads: Loads): Part[] {
  const seen = new Uint8Array(network.ids.length);
  const parts: Part[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const blocks = [start];
    seen[start] = 1;
    for (let head = 0; head < blocks.length; head++) {
      const v = blocks[head]!;
      for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
        const u = network.neighbours[slot]!;
        if (seen[u]) continue;
        seen[u] = 1;
        blocks.push(u);
      }
    }
    const total = (values: Float64Array) => blocks.reduce((all, v) => all + values[v]!, 0);
    parts.push({
      blocks: Int32Array.from(blocks).sort(),
      low: total(loads.low),
      high: total(loads.high),
      mean: total(loads.mean),
      grids: 0,
    });
  }
  return parts;
}

/** Fewest and most grids that a part can have within the limits. */
const fewest = (part: Part) => Math.max(1, Math.ceil(part.high - 1e-9));
const most = (part: Part) => Math.min(part.blocks.length, Math.floor(part.low + 1e-9));

/**
 * Set how many grids each part gets, k in all: within the limits if that can be, otherwise as near to the mean as can
 * be; then what stands in the way is returned.
 */
export function allot(network: Network, loads: Loads, parts: Part[], k: number, blocks: Block[]): Obstacle | null {
  if (k > network.ids.length)
    throw new RegionInputError(
      "too-many-grids",
      `${k} grids need at least as many blocks, but there are only ${network.ids.length}`,
    );
  if (k < parts.length) {
    const smallest = parts.reduce((a, b) => (b.blocks.length < a.blocks.length ? b : a));
    throw new RegionInputError(
      "too-many-parts",
      `the blocks fall into ${parts.length} parts that do not touch, more than ${k} grids (${nameOf(network, smallest, blocks)} stands alone); add links or ferries, or ask for at least ${parts.length}`,
    );
  }
  const obstacle = heavyBlock(network, loads, k) ?? strangePart(network, parts, blocks) ?? wrongTotal(parts, k);
  if (obstacle) allotNearest(parts, k);
  else allotWithin(parts, k);
  return obstacle;
}

function allotWithin(parts: Part[], k: number): void {
  for (const part of parts) part.grids = fewest(part);
  for (let left = k - sumOf(parts, ({ grids }) => grids); left > 0; left--) {
    const open = parts.filter((part) => part.grids < most(part));
    open.reduce((a, b) => (b.mean / b.grids > a.mean / a.grids ? b : a)).grids++;
  }
}

/** Every part's nearest number, then one more or fewer where that does the least harm until there are k. */
function allotNearest(parts: Part[], k: number): void {
  const off = (part: Part, grids: number) => Math.abs(part.mean / grids - 1);
  for (const part of parts) {
    const low = Math.max(1, Math.min(part.blocks.length, Math.floor(part.mean)));
    const high = Math.min(part.blocks.length, low + 1);
    part.grids = off(part, high) < off(part, low) ? high : low;
  }
  for (let left = k - sumOf(parts, ({ grids }) => grids); left !== 0; left -= Math.sign(left)) {
    const step = Math.sign(left);
    const open = parts.filter(({ grids, blocks }) => grids + step >= 1 && grids + step <= blocks.length);
    open.reduce((a, b) => (off(b, b.grids + step) < off(a, a.grids + step) ? b : a)).grids += step;
  }
}

const sumOf = (parts: Part[], each: (part: Part) => number): number => parts.reduce((all, part) => all + each(part), 0);

/** The number of grids, within what the parts can hold, that comes nearest to the middle of the ranges. */
export function numberOfGrids(parts: Part[]): number {
  return Math.max(sumOf(parts, fewest), Math.min(sumOf(parts, most), Math.round(sumOf(parts, ({ mean }) => mean))));
}

/** As many grids as the parts can hold at most. */
export function allotMost(parts: Part[]): number {
  for (const part of parts) part.grids = Math.max(1, most(part));
  return sumOf(parts, ({ grids }) => grids);
}

function heavyBlock(network: Network, loads: Loads, k: number): Obstacle | null {
  let v = 0;
  for (let u = 1; u < loads.high.length; u++) if (loads.high[u]! > loads.high[v]!) v = u;
  if (loads.high[v]! <= 1 + 1e-9) return null;
  const [own, limit] = [network.workload[v]!, network.workload[v]! / loads.high[v]!];
  return {
    code: "heavy-block",
    message: `block ${network.ids[v]} alone has a workload of ${figure(own)}, above the ${figure(limit)} that one of ${k} grids may have; divide the block, ask for fewer grids or a wider tolerance`,
    proven: true,
    blocks: [network.ids[v]!],
    leastDeviation: loads.mean[v]! - 1,
  };
}

/** A part whose load fits no whole number of grids. */
export function strangePart(network: Network, parts: Part[], blocks: Block[]): Obstacle | null {
  const off = parts.filter((part) => fewest(part) > most(part)).map((part) => ({ part, gap: nearest(part) }));
  if (off.length === 0) return null;
  const { part, gap } = off.reduce((a, b) => (b.gap > a.gap ? b : a));
  const workload = part.blocks.reduce((all, v) => all + network.workload[v]!, 0);
  const others = off.length > 1 ? ` (and ${off.length - 1} more such parts)` : "";
  return {
    code: "part",
    message: `${nameOf(network, part, blocks)}, workload ${figure(workload)}, stands apart and fits no whole number of grids: the nearest is ${Math.round(gap * 1000) / 10} % off the mean${others}; open a border, add a ferry or widen the tolerance`,
    proven: true,
    blocks: Array.from(part.blocks, (v) => network.ids[v]!),
    leastDeviation: gap,
  };
}

/** Smallest deviation from the mean that any number of grids gives a part. */
function nearest(part: Part): number {
  const whole = Math.max(1, Math.floor(part.mean));
  return Math.min(Math.abs(part.mean / whole - 1), Math.abs(part.mean / (whole + 1) - 1));
}

function wrongTotal(parts: Part[], k: number): Obstacle | null {
  const [least, largest] = [sumOf(parts, fewest), sumOf(parts, most)];
  if (k >= least && k <= largest) return null;
  return {
    code: "no-number",
    message: `the ${parts.length === 1 ? "blocks" : `${parts.length} separate parts`} hold ${least} to ${largest} grids within the limits, not ${k}; change the number of grids or the limits`,
    proven: true,
    blocks: [],
    leastDeviation: 0,
  };
}

function nameOf(network: Network, part: Part, blocks: Block[]): string {
  const first = part.blocks[0]!;
  const area = blocks[first]!.hardBorder;
  const count = part.blocks.length;
  if (count === 1) return `block ${network.ids[first]}${area === undefined ? "" : ` of area ${area}`}`;
  return `${area === undefined ? "the part" : `the part of area ${area}`} around block ${network.ids[first]} (${count} blocks)`;
}

const figure = (value: number) => Number(value.toPrecision(6)).toString();
