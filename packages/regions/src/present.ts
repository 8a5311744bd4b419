import type { Current } from "./current.ts";
import { measure, type Home } from "./figures.ts";
import { sumUp, totalExcess } from "./partition.ts";
import type { Bench } from "./search.ts";
import type { Plan, PlanKind } from "./types.ts";

/** Today's grid of every block as a number among the names of a plan; −1 where that grid is gone. */
export function homeOf(current: Current | null, names: string[]): Home {
  if (!current) return null;
  const numberOf = new Map(names.map((name, r) => [name, r]));
  return Int32Array.from(current.grid, (at) => numberOf.get(current.names[at]!) ?? -1);
}

/** A plan as it is handed out: names, figures, and whether it is within the limits. */
export function describe(
  bench: Bench,
  current: Current | null,
  kind: PlanKind,
  region: Int32Array,
  names: string[],
): Plan {
  const { network, loads } = bench;
  const home = homeOf(current, names);
  return {
    kind,
    ...measure(network, loads, region, names.length, home),
    withinTolerance: totalExcess(sumUp(network, loads, region, names.length)) === 0,
    assignment: Object.fromEntries(network.ids.map((id, v) => [id, names[region[v]!]!])),
  };
}

/** Today's plan as one of the answers. */
export const keepAsIs = (bench: Bench, current: Current): Plan =>
  describe(bench, current, "keep", current.grid, current.names);

/** Plans that no other beats in balance, border, shape and moved workload at once. */
export function front(plans: Plan[]): Plan[] {
  const aims = (plan: Plan) => [plan.maxDeviation, plan.cutKm, -(plan.meanPolsbyPopper ?? 0), plan.movedWorkload ?? 0];
  const beats = (a: Plan, b: Plan) => {
    const [one, other] = [aims(a), aims(b)];
    return one.every((value, at) => value <= other[at]!) && one.some((value, at) => value < other[at]!);
  };
  return plans.filter((plan) => !plans.some((other) => beats(other, plan)));
}
