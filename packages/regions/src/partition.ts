import type { Loads } from "./loads.ts";
import type { Network } from "./network.ts";

/** A plan under work: the region of every block and the sums of every region. Changed in place by `shift`. */
export type Partition = {
  region: Int32Array;
  size: Int32Array;
  /** Load against the lower and the upper limit: in order when low ≥ 1 and high ≤ 1. */
  low: Float64Array;
  high: Float64Array;
  area: Float64Array;
  perimeter: Float64Array;
};

/** Sum up an assignment of blocks to regions 0…k−1. */
export function sumUp(network: Network, loads: Loads, region: Int32Array, k: number): Partition {
  const partition: Partition = {
    region,
    size: new Int32Array(k),
    low: new Float64Array(k),
    high: new Float64Array(k),
    area: new Float64Array(k),
    perimeter: new Float64Array(k),
  };
  const { offsets, neighbours, lengths } = network;
  for (let v = 0; v < region.length; v++) {
    const r = region[v]!;
    partition.size[r]!++;
    partition.low[r]! += loads.low[v]!;
    partition.high[r]! += loads.high[v]!;
    partition.area[r]! += network.area[v]!;
    partition.perimeter[r]! += network.perimeter[v]!;
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      if (region[neighbours[slot]!] === r) partition.perimeter[r]! -= lengths[slot]!;
  }
  return partition;
}

/** How far a region is out of its limits, 0 when in order. A billionth of rounding is forgiven. */
export function excess(low: number, high: number): number {
  return (low < 1 - 1e-9 ? 1 - low : 0) + (high > 1 + 1e-9 ? high - 1 : 0);
}

/** Sum of `excess` over all regions. */
export function totalExcess(partition: Partition): number {
  let sum = 0;
  for (let r = 0; r < partition.size.length; r++) sum += excess(partition.low[r]!, partition.high[r]!);
  return sum;
}

/** Length of the border between regions, over links that a grid may use. */
export function cutBorder({ offsets, neighbours, lengths }: Network, region: Int32Array): number {
  let total = 0;
  for (let v = 0; v < region.length; v++)
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      if (region[neighbours[slot]!] !== region[v]) total += lengths[slot]! / 2;
  return total;
}
