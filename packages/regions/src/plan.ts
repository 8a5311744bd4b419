import { planAround } from "./around.ts";
import { startClock } from "./clock.ts";
import { drawCompact } from "./compact.ts";
import { contiguityTest } from "./contiguity.ts";
import { nameAfter, readCurrent } from "./current.ts";
import { RegionInputError } from "./error.ts";
import { exactLimit } from "./exact.ts";
import { loadsByTolerance } from "./loads.ts";
import { drawMoves } from "./moves.ts";
import { buildNetwork } from "./network.ts";
import { checkSearchOptions, checkWorkload, readLimits } from "./options.ts";
import { allot, findParts, numberOfGrids } from "./parts.ts";
import { describe, front, keepAsIs } from "./present.ts";
import { seededRandom } from "./random.ts";
import type { Bench } from "./search.ts";
import { drawSmall } from "./small.ts";
import type { Obstacle, Plan, PlanOptions, PlanResult, RegionInput } from "./types.ts";

/**
 * Plan contiguous grids of balanced load. Today's plan, if given, is always among the answers as kind "keep".
 * @throws RegionInputError when blocks, links or options are unusable; a tolerance that cannot be met is no error but
 *   an `obstacle` beside the nearest plan
 */
export async function planRegions(input: RegionInput, options: PlanOptions): Promise<PlanResult> {
  const { settled, ...open } = input;
  return settled?.length ? planAround({ ...open, settled }, options, planOpen) : planOpen(open, options);
}

async function planOpen(input: RegionInput, options: PlanOptions): Promise<PlanResult> {
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
    const anneal = () => drawCompact(bench, parts, { timeLimit: options.timeLimit, until: 1, tolerance });
    const small = !options.ranges && network.ids.length <= exactLimit && !obstacle;
    const settled = small
      ? await drawSmall(bench, k, tolerance, anneal)
      : { ...(await anneal()), exact: false, obstacle };
    ({ exact, obstacle } = settled);
    plans.push(show("compact", settled.region));
  }
  if (!obstacle && !plans.some((plan) => plan.withinTolerance)) obstacle = notFound(plans, clock.spent());
  const ordered = objective === "pareto" ? front(plans) : plans;
  if (current) ordered.push(keepAsIs(bench, current));
  return { plans: withoutTwins(ordered), obstacle, exact, stopped: clock.spent() };
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
