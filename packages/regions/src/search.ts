import { makeAnnealer, type Costs } from "./anneal.ts";
import type { Clock } from "./clock.ts";
import type { StaysWhole } from "./contiguity.ts";
import type { Loads } from "./loads.ts";
import type { Network } from "./network.ts";
import { sumUp, totalExcess } from "./partition.ts";
import type { Random } from "./random.ts";

/** What every search on one network shares. */
export type Bench = { network: Network; loads: Loads; staysWhole: StaysWhole; random: Random; clock: Clock };

export type Schedule = {
  phase: string;
  /** Shifts to try in all. */
  steps: number;
  /** Temperature and price of imbalance run geometrically from the first to the second. */
  temperature: [number, number];
  balance: [number, number];
  /** Share of the time limit at which this search must be over. */
  until: number;
  /** How far inside the limits loads are held, as a share of the mean. */
  margin: number;
  /** Stop at the first plan in order, whatever its shape. */
  anyInOrder?: boolean;
};

export type Found = { region: Int32Array; excess: number; cost: number };

/** The plan less out of order, else the cheaper. */
export const better = (a: Found, b: Found): Found =>
  b.excess < a.excess || (b.excess === a.excess && b.cost < a.cost) ? b : a;

/** Anneal a plan and return the best seen: the least out of order, then the cheapest. `region` itself is left alone. */
export async function search(
  bench: Bench,
  start: Int32Array,
  k: number,
  costs: Costs,
  schedule: Schedule,
): Promise<Found> {
  const { network, loads, staysWhole, random, clock } = bench;
  const region = start.slice();
  const partition = sumUp(network, loads, region, k);
  const annealer = makeAnnealer(network, loads, costs, partition, staysWhole, random);
  let best: Found = { region: start, excess: totalExcess(partition), cost: annealer.cost() };
  const keep = () => {
    const excess = totalExcess(partition);
    if (excess > best.excess) return;
    const cost = annealer.cost();
    if (excess < best.excess || cost < best.cost) best = { region: region.slice(), excess, cost };
  };
  const chunk = Math.min(Math.max(8 * region.length, 1000), 40_000);
  const from = clock.share();
  const between = (range: [number, number], at: number) => range[0] * (range[1] / range[0]) ** at;
  let done = 0;
  for (let steps = 0; done < 1; steps += chunk) {
    if (clock.spent() || (schedule.anyInOrder && best.excess === 0)) break;
    const timed = clock.share() === 0 ? 0 : (clock.share() - from) / Math.max(schedule.until - from, 1e-9);
    done = Math.min(1, Math.max(steps / schedule.steps, timed));
    annealer.run(chunk, between(schedule.temperature, done), between(schedule.balance, done), schedule.margin);
    if (done > 0.5 || schedule.anyInOrder || clock.spent()) keep();
    await clock.breathe(schedule.phase, done, 0);
  }
  keep();
  // The coldest plan is often the best but for a trifle of imbalance: both are settled.
  const last: Found = { region, excess: totalExcess(partition), cost: annealer.cost() };
  return better(settle(bench, best, k, costs), settle(bench, last, k, costs));
}

/** Straight downhill from the best plan, with imbalance priced beyond any shape. */
function settle({ network, loads, staysWhole, random }: Bench, best: Found, k: number, costs: Costs): Found {
  const region = best.region.slice();
  const partition = sumUp(network, loads, region, k);
  const annealer = makeAnnealer(network, loads, costs, partition, staysWhole, random);
  annealer.run(40 * region.length, 1e-3, 1e5, 0);
  const found = { region, excess: totalExcess(partition), cost: annealer.cost() };
  return found.excess < best.excess || (found.excess === best.excess && found.cost < best.cost) ? found : best;
}
