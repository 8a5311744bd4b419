import { contiguousStart } from "./adapt.ts";
import type { Current } from "./current.ts";
import type { Part } from "./parts.ts";
import { search, type Bench, type Found, type Schedule } from "./search.ts";
import { shapeCosts } from "./shapeCosts.ts";
import { better } from "./compact.ts";

/** What a move is worth, from "only if balance asks for it" to "if it gives a better shape". */
export type Reluctance = "moves" | "between";

const price: Record<Reluctance, number> = { moves: 250, between: 25 };

/** A found plan with the names of its regions. */
export type Named = Found & { names: string[] };

/** Today's plan with the fewest changes that bring it within the limits. */
export async function drawMoves(
  bench: Bench,
  parts: Part[],
  current: Current,
  reluctance: Reluctance,
  until: number,
): Promise<Named> {
  const { network, loads } = bench;
  const { region, home, names } = contiguousStart(bench, parts, current);
  const k = names.length;
  const costs = shapeCosts(network, k, reluctance === "moves" ? { border: 1, shape: 0.5 } : { border: 1, shape: 3 });
  costs.home = home;
  // Every block counts a little, so that none without workload moves for nothing.
  costs.move = loads.mean.map((load) => price[reluctance] * load + (reluctance === "moves" ? 1 : 0.1));
  const schedule: Schedule = {
    phase: "moves",
    steps: Math.max(20_000, 1200 * Math.min(region.length, 3000)),
    temperature: [6, 0.5],
    balance: [3000, 6000],
    until,
    margin: 0,
  };
  let found = await search(bench, region, k, costs, schedule);
  for (let again = 0; again < 3 && found.excess > 0 && !bench.clock.spent(); again++)
    found = better(
      found,
      await search(bench, found.region, k, costs, { ...schedule, temperature: [10, 0.5], balance: [6000, 20_000] }),
    );
  return { ...found, names };
}
