import { nameAfter, readCurrent } from "./current.ts";
import { RegionInputError } from "./error.ts";
import { measure } from "./figures.ts";
import { loadsByTolerance } from "./loads.ts";
import { buildNetwork } from "./network.ts";
import { homeOf } from "./present.ts";
import type { Plan, PlanOptions, PlanResult, RegionInput } from "./types.ts";

/**
 * Plan around grids that are settled: the others are planned as if these were not there, with a mean load of their own,
 * and every plan is then measured as a whole.
 * @param planRest the planner for what is left
 */
export async function planAround(
  input: RegionInput & { settled: string[][] },
  options: PlanOptions,
  planRest: (rest: RegionInput, options: PlanOptions) => Promise<PlanResult>,
): Promise<PlanResult> {
  const { settled, ...whole } = input;
  const taken = checkSettled(whole, settled);
  const k = options.k === undefined ? undefined : options.k - settled.length;
  if (k !== undefined && k < 1)
    throw new RegionInputError(
      "too-many-settled",
      `${settled.length} grids are settled and ${options.k} are wanted in all, so the other blocks have none; settle fewer or ask for more`,
    );
  const found = await planRest(without(whole, taken), { ...options, ...(k === undefined ? {} : { k }) });
  return { ...found, exact: false, plans: found.plans.map((plan) => joined(whole, settled, plan)) };
}

function checkSettled({ blocks }: RegionInput, settled: string[][]): Set<string> {
  const known = new Set(blocks.map(({ id }) => id));
  const taken = new Set<string>();
  for (const id of settled.flat()) {
    if (!known.has(id))
      throw new RegionInputError("unknown-block", `a settled grid names block ${id}, which is not among the blocks`);
    if (taken.has(id)) throw new RegionInputError("duplicate-block", `block ${id} is in two settled grids`);
    taken.add(id);
  }
  if (settled.some((group) => group.length === 0))
    throw new RegionInputError("bad-option", "a settled grid has no blocks; leave it out");
  if (taken.size === blocks.length)
    throw new RegionInputError("too-many-settled", "every block is in a settled grid, so nothing is left to plan");
  return taken;
}

function without(input: RegionInput, taken: Set<string>): RegionInput {
  const open = ({ from, to }: { from: string; to: string }) => !taken.has(from) && !taken.has(to);
  return {
    blocks: input.blocks.filter(({ id }) => !taken.has(id)),
    links: input.links.filter(open),
    ...(input.ferries ? { ferries: input.ferries.filter(open) } : {}),
    ...(input.current
      ? { current: Object.fromEntries(Object.entries(input.current).filter(([id]) => !taken.has(id))) }
      : {}),
  };
}

/** A plan of the rest with the settled grids beside it, named and measured afresh. "Keep" is today's plan, all of it. */
function joined(whole: RegionInput, settled: string[][], plan: Plan): Plan {
  const network = buildNetwork(whole);
  const current = readCurrent(network, whole);
  const groups =
    plan.kind === "keep"
      ? whole.current!
      : { ...plan.assignment, ...Object.fromEntries(settled.flatMap((ids, at) => ids.map((id) => [id, `: ${at}`]))) };
  const labels = [...new Set(network.ids.map((id) => groups[id]!))];
  const region = Int32Array.from(network.ids, (id) => labels.indexOf(groups[id]!));
  const names = plan.kind === "keep" ? labels : nameAfter(network, current, region, labels.length);
  return {
    ...plan,
    ...measure(network, loadsByTolerance(network, names.length, 0), region, names.length, homeOf(current, names)),
    assignment: Object.fromEntries(network.ids.map((id, v) => [id, names[region[v]!]!])),
  };
}
