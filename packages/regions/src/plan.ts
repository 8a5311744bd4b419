import { startClock } from "./clock.ts";
import { drawCompact } from "./compact.ts";
import { contiguityTest } from "./contiguity.ts";
import { nameAfter, readCurrent } from "./current.ts";
import { RegionInputError } from "./error.ts";
import { exactLimit, solveExactly } from "./exact.ts";
import { loadsByTolerance } from "./loads.ts";
import { drawMoves } from "./moves.ts";
import { buildNetwork, type Network } from "./network.ts";
import { checkSearchOptions, checkWorkload, readLimits } from "./options.ts";
import { allot, findParts, numberOfGrids } from "./parts.ts";
import { describe, front, keepAsIs } from "./present.ts";
import { seededRandom } from "./random.ts";
import type { Bench, Found } from "./search.ts";
import { shapeCosts } from "./shapeCosts.ts";
import type { Obstacle, Plan, PlanOptions, PlanResult, RegionInput } from "./types.ts";

/**
 * Plan contiguous grids of balanced load. Today's plan, if given, is always among the answers as kind "keep".
 * @throws RegionInputError when blocks, links or options are unusable; a tolerance that cannot be met is no error but
 *   an `obstacle` beside the nearest plan
 */
export async function planRegions(input: RegionInput, options: PlanOptions): Promise<PlanResult> {
  const clock = startClock(options);
  checkSearchOptions(options);
  const network = buildNetwork(input);
  checkWorkload(network);
  const loads = readLimits(network, options);
  const current = readCurrent(network, input);
  const { objective = "compact", tolerance = 0.05 } = options;
  if (objective === "moves" && !current)
    throw new RegionInputError("bad-option", "the fewest moves are counted from today's plan; give it");
  const parts = findParts(network, loads);
  const k = options.k ?? numberOfGrids(parts);
  let obstacle = allot(network, loads, parts, k, input.blocks);
  const bench: Bench = {
    network,
    loads,
    staysWhole: contiguityTest(network),
    random: seededRandom(options.seed ?? 1),
    clock,
  };
  const show = (kind: Plan["kind"], region: Int32Array, names?: string[]) =>
    describe(bench, current, kind, region, names ?? nameAfter(network, current, region, k));

  const plans: Plan[] = [];
  let exact = false;
  if (current && objective !== "compact") {
    const stages =
      objective === "moves"
        ? ([["moves", 1]] as const)
        : ([
            ["moves", 0.3],
            ["between", 0.55],
          ] as const);
    for (const [reluctance, until] of stages) {
      const { region, names } = await drawMoves(bench, parts, current, reluctance, until);
      plans.push(show(reluctance, region, names));
    }
  }
  if (objective !== "moves") {
    if (objective === "pareto" && !current) {
      const tight = options.ranges ? loads : loadsByTolerance(network, k, tolerance / 3);
      const { region } = await drawCompact({ ...bench, loads: tight }, parts, {
        timeLimit: options.timeLimit,
        until: 0.5,
        tolerance: tolerance / 3,
      });
      plans.push(show("balanced", region));
    }
    const drawn = await drawCompact(bench, parts, { timeLimit: options.timeLimit, until: 1, tolerance });
    const small = !options.ranges && network.ids.length <= exactLimit && !obstacle;
    const settled = small ? settleSmall(bench, k, tolerance, drawn) : { found: drawn, exact: false, obstacle: null };
    ({ exact } = settled);
    obstacle ??= settled.obstacle;
    plans.push(show("compact", settled.found.region));
  }
  if (!obstacle && !plans.some((plan) => plan.withinTolerance)) obstacle = notFound(plans, clock.spent());
  const ordered = objective === "pareto" ? front(plans) : plans;
  if (current) ordered.push(keepAsIs(bench, current));
  return { plans: withoutTwins(ordered), obstacle, exact, stopped: clock.spent() };
}

/** Small networks: the shortest cut border there is, or the proof that no plan meets the tolerance. */
function settleSmall(bench: Bench, k: number, tolerance: number, drawn: Found) {
  const { network, loads } = bench;
  const shared = { k, mean: loads.mean, tolerance };
  const { border } = shapeCosts(network, k, { border: 1, shape: 0 });
  const cutOf = (region: Int32Array) => cutBorder(network, region);
  const known = drawn.excess === 0 ? { known: cutOf(drawn.region) } : {};
  const shortest = solveExactly(network, { ...shared, ...known, minimise: "cut" });
  if (shortest.region || drawn.excess === 0)
    return {
      found: shortest.region ? { region: shortest.region, excess: 0, cost: border * shortest.value } : drawn,
      exact: shortest.proven,
      obstacle: null,
    };
  if (!shortest.proven) return { found: drawn, exact: false, obstacle: null };
  const evenest = solveExactly(network, { ...shared, tolerance: k, minimise: "deviation" });
  const obstacle: Obstacle = {
    code: "exhausted",
    message: `no way to divide these ${network.ids.length} blocks into ${k} connected grids comes nearer to the mean than ± ${percent(evenest.value)}; widen the tolerance of ± ${percent(tolerance)} or change the number of grids`,
    proven: evenest.proven,
    blocks: [],
    leastDeviation: evenest.value,
  };
  return { found: evenest.region ? { ...drawn, region: evenest.region } : drawn, exact: false, obstacle };
}

/** Length of the border between regions, over links that a grid may use. */
function cutBorder({ offsets, neighbours, lengths }: Network, region: Int32Array): number {
  let total = 0;
  for (let v = 0; v < region.length; v++)
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      if (region[neighbours[slot]!] !== region[v]) total += lengths[slot]! / 2;
  return total;
}

function notFound(plans: Plan[], stopped: boolean): Obstacle {
  const nearest = Math.min(...plans.map((plan) => plan.maxDeviation));
  return {
    code: "not-found",
    message: `no plan within the limits was found${stopped ? " in the time given" : ""}; the nearest is ± ${percent(nearest)} off the mean. Allow more time, a wider tolerance or smaller blocks`,
    proven: false,
    blocks: [],
    leastDeviation: 0,
  };
}

/** The same plan is not shown twice; today's plan stays, as "keep". */
function withoutTwins(plans: Plan[]): Plan[] {
  const key = (plan: Plan) => JSON.stringify(plan.assignment);
  const last = new Map(plans.map((plan) => [key(plan), plan]));
  return plans.filter((plan) => last.get(key(plan)) === plan);
}

const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
