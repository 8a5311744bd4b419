import { exactLimit } from "./exact.ts";
import type { Part } from "./parts.ts";
import { better, search, type Bench, type Found, type Schedule } from "./search.ts";
import { shapeCosts } from "./shapeCosts.ts";
import { divide } from "./start.ts";

/** Shifts tried per second on an ordinary machine: a time limit buys effort at this rate, the same on every machine. */
const rate = 6e6;

export type CompactAims = { timeLimit: number | undefined; until: number; tolerance: number };

/** A plan from scratch: parts halved into regions, then annealed for short borders and good shapes. */
export async function drawCompact(
  bench: Bench,
  parts: Part[],
  { timeLimit, until, tolerance }: CompactAims,
): Promise<Found> {
  const start = drawStart(bench, parts);
  const k = parts.reduce((all, part) => all + part.grids, 0);
  const effort = standardEffort(start.length);
  const costs = shapeCosts(bench.network, k, { border: 1, shape: 2.5 });
  const schedule: Schedule = {
    phase: "compact",
    steps: timeLimit === undefined ? effort : timeLimit * 0.8 * until * rate,
    temperature: start.length > 4000 ? [4, 1] : [3, 1],
    balance: [60, 1500],
    until: until * 0.9,
    margin: Math.min(tolerance, 1) * 0.05,
  };
  let found = await search(bench, start, k, costs, schedule);
  // Still out of order: warm up again, with imbalance dear from the start.
  const again: Schedule = {
    ...schedule,
    phase: "balance",
    steps: effort / 8,
    temperature: [2.5, 0.3],
    balance: [500, 5000],
    until,
  };
  for (let round = 0; round < 4 && found.excess > 0 && !bench.clock.spent(); round++)
    found = better(found, await search(bench, found.region, k, costs, again));
  return found;
}

/** Shifts to try without a time limit: a second or so for 2,000 blocks, about three for 10,000; few where an exact search follows. */
const standardEffort = (n: number) =>
  n <= exactLimit ? 300 * n : 4500 * Math.min(n, 2000) + 800 * Math.max(n - 2000, 0);

/** Halve every part into its number of regions. */
export function drawStart({ network, loads, random }: Bench, parts: Part[]): Int32Array {
  const region = new Int32Array(network.ids.length);
  let first = 0;
  for (const part of parts) {
    divide(network, loads.mean, part.blocks, part.grids, first, region, random);
    first += part.grids;
  }
  return region;
}
