import { startClock } from "./clock.ts";
import { drawStart } from "./compact.ts";
import { contiguityTest } from "./contiguity.ts";
import { nameAfter, readCurrent } from "./current.ts";
import { loadsByThreshold } from "./loads.ts";
import { buildNetwork } from "./network.ts";
import { checkSearchOptions, checkThreshold, checkWorkload } from "./options.ts";
import { allotMost, findParts, strangePart, type Part } from "./parts.ts";
import { describe, keepAsIs } from "./present.ts";
import { seededRandom } from "./random.ts";
import { search, type Bench, type Found } from "./search.ts";
import { shapeCosts } from "./shapeCosts.ts";
import type { PlanResult, RegionInput, SearchOptions } from "./types.ts";

/**
 * As many grids as possible, each with at least `threshold` of workload (max-p, Duque, Anselin & Rey 2012), and then
 * good shapes. Counts down from the number that the total allows; each number is tried by annealing the shortfall away.
 * @throws RegionInputError as `planRegions`; a part below the threshold is an `obstacle`
 */
export async function maxRegions(
  input: RegionInput,
  options: SearchOptions & { threshold: number },
): Promise<PlanResult> {
  const clock = startClock(options);
  checkSearchOptions(options);
  checkThreshold(options.threshold);
  const network = buildNetwork(input);
  checkWorkload(network);
  const loads = loadsByThreshold(network, options.threshold);
  const current = readCurrent(network, input);
  const parts = findParts(network, loads);
  const bench: Bench = {
    network,
    loads,
    staysWhole: contiguityTest(network),
    random: seededRandom(options.seed ?? 1),
    clock,
  };
  const obstacle = strangePart(network, parts, input.blocks);
  const most = allotMost(parts);
  const found = obstacle ? await fill(bench, parts, 1) : await countDown(bench, parts, most);
  const k = Math.max(...found.region) + 1;
  const shaped = await polish(bench, found, k);
  const plans = [describe(bench, current, "most", shaped.region, nameAfter(network, current, shaped.region, k))];
  if (current) plans.push(keepAsIs(bench, current));
  return { plans, obstacle, exact: !obstacle && k === most, stopped: clock.spent() };
}

/** Try fewer and fewer grids until all reach the threshold, then the last refused number once more with patience. */
async function countDown(bench: Bench, parts: Part[], most: number): Promise<Found> {
  let refused: number[] | undefined;
  let found: Found;
  for (let k = most; ; k--) {
    found = await fill(bench, parts, slack(parts) < 0.002 ? 0.25 : 1);
    if (found.excess === 0 || k <= parts.length) break;
    refused = parts.map((part) => part.grids);
    oneFewer(parts);
  }
  if (!refused || bench.clock.spent()) return found;
  parts.forEach((part, at) => (part.grids = refused[at]!));
  if (slack(parts) < 0.002) return found;
  const again = await fill(bench, parts, 4);
  return again.excess === 0 ? again : found;
}

/** Share of the workload that the tightest part has to spare. */
const slack = (parts: Part[]) => Math.min(...parts.map((part) => part.mean / part.grids - 1));

/** The part with the least to spare gives up a grid. */
function oneFewer(parts: Part[]): void {
  const open = parts.filter((part) => part.grids > 1);
  open.reduce((a, b) => (b.mean / b.grids < a.mean / a.grids ? b : a)).grids--;
}

function fill(bench: Bench, parts: Part[], patience: number): Promise<Found> {
  const start = drawStart(bench, parts);
  const k = parts.reduce((all, part) => all + part.grids, 0);
  const costs = shapeCosts(bench.network, k, { border: 1, shape: 0.5 });
  return search(bench, start, k, costs, {
    phase: "max-p",
    steps: Math.max(15_000, 500 * start.length) * patience,
    temperature: [2, 0.3],
    balance: [50, 1000],
    until: 0.7,
    margin: 0,
    anyInOrder: true,
  });
}

function polish(bench: Bench, found: Found, k: number): Promise<Found> {
  return search(bench, found.region, k, shapeCosts(bench.network, k, { border: 1, shape: 3 }), {
    phase: "shape",
    steps: Math.min(Math.max(10_000, 700 * found.region.length), 4_000_000),
    temperature: [1.5, 0.3],
    balance: [2000, 5000],
    until: 1,
    margin: 0,
  });
}
