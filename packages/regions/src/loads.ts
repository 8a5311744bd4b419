import type { Network } from "./network.ts";

/**
 * Loads of blocks against the limits of a grid. A region is in order when its `low` adds up to at least 1 and its
 * `high` to at most 1. One shape for all questions: k with a tolerance, ranges by focus, a minimum alone (max-p).
 */
export type Loads = { low: Float64Array; high: Float64Array; /** in grids' worth of work */ mean: Float64Array };

/** Loads for k regions within ± tolerance of the mean. */
export function loadsByTolerance(network: Network, k: number, tolerance: number): Loads {
  const ideal = sum(network.workload) / k;
  const scaled = (by: number) => network.workload.map((w) => w / (ideal * by));
  return {
    low: tolerance >= 1 ? new Float64Array(network.ids.length).fill(network.ids.length) : scaled(1 - tolerance),
    high: scaled(1 + tolerance),
    mean: scaled(1),
  };
}

/** Loads for ranges of workload per focus type; a grid of mixed focus is held to the harmonic mixture of the limits. */
export function loadsByRange(network: Network, rangeOf: (focus: string) => { min: number; max: number }): Loads {
  const per = (limit: (range: { min: number; max: number }) => number) =>
    network.workload.map((w, v) => w / limit(rangeOf(network.focus[v]!)));
  return {
    // A minimum of 0 is met by any block.
    low: network.workload.map((w, v) =>
      rangeOf(network.focus[v]!).min === 0 ? network.ids.length : w / rangeOf(network.focus[v]!).min,
    ),
    high: per(({ max }) => max),
    mean: per(({ min, max }) => (min + max) / 2),
  };
}

/** Loads for a minimum alone. */
export function loadsByThreshold(network: Network, threshold: number): Loads {
  const low = network.workload.map((w) => w / threshold);
  return { low, high: new Float64Array(low.length), mean: low };
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
