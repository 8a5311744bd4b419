import { RegionInputError } from "./error.ts";
import { loadsByRange, loadsByTolerance, sum, type Loads } from "./loads.ts";
import type { Network } from "./network.ts";
import type { PlanOptions, Range, SearchOptions } from "./types.ts";

const fail = (message: string): never => {
  throw new RegionInputError("bad-option", message);
};

export function checkSearchOptions({ seed, timeLimit }: SearchOptions): void {
  if (seed !== undefined && !Number.isInteger(seed)) fail(`the seed is ${seed}; it must be a whole number`);
  if (timeLimit !== undefined && !(timeLimit > 0 && timeLimit < Infinity))
    fail(`the time limit is ${timeLimit}; it must be a number of seconds above 0`);
}

export function checkWorkload(network: Network): void {
  if (sum(network.workload) === 0)
    throw new RegionInputError(
      "no-workload",
      "all workloads are 0, so there is nothing to balance; give the blocks a workload",
    );
}

export function checkThreshold(threshold: number): void {
  if (!(threshold > 0 && threshold < Infinity)) fail(`the threshold is ${threshold}; it must be a number above 0`);
}

/** Loads of the blocks under the limits that the options set. */
export function readLimits(network: Network, options: PlanOptions): Loads {
  const { k, ranges, tolerance = 0.05 } = options;
  if (k === undefined && !ranges) fail("say how many grids (k), or give workload ranges");
  if (k !== undefined && !(Number.isInteger(k) && k >= 1))
    fail(`the number of grids is ${k}; it must be a whole number from 1`);
  if (!(tolerance >= 0 && tolerance < Infinity))
    fail(`the tolerance is ${tolerance}; it must be a number from 0, such as 0.05 for ± 5 %`);
  if (!ranges) return loadsByTolerance(network, k!, tolerance);
  for (const [focus, { min, max }] of Object.entries(ranges))
    if (!(min >= 0 && max > 0 && min <= max && max < Infinity))
      fail(`the range of ${focus} runs from ${min} to ${max}; it must run upwards from 0`);
  const rangeOf = (focus: string): Range =>
    (Object.hasOwn(ranges, focus) ? ranges[focus] : undefined) ??
    fail(`there is no workload range for blocks of focus "${focus}"`);
  return loadsByRange(network, rangeOf);
}
