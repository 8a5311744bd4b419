import { contiguousStart } from "./adapt.ts";
import { makeAnnealer, type Costs } from "./anneal.ts";
import { makeChains } from "./chains.ts";
import type { Current } from "./current.ts";
import { cutBorder, sumUp, totalExcess } from "./partition.ts";
import type { Part } from "./parts.ts";
import { better, search, type Bench, type Found, type Schedule } from "./search.ts";
import { shapeCosts } from "./shapeCosts.ts";

/** What a move is worth, from "only if balance asks for it" to "if it gives a better shape". */
export type Reluctance = "moves" | "between";

const aims = {
  // Every block counts a little besides its load, so that none without workload moves for nothing.
  moves: { load: 250, block: 1, border: 3, shape: 0 },
  between: { load: 25, block: 0.1, border: 1, shape: 2.5 },
} as const;

/** A found plan with the names of its regions. */
export type Named = Found & { names: string[] };

/** Shifts tried in all, shared by fresh attempts: many short ones find fewer moves than few long ones. */
const effort = 3_000_000;
const mostAttempts = 12;

/** Today's plan with the fewest changes that bring it within the limits: the best of a few attempts. */
export async function drawMoves(
  bench: Bench,
  parts: Part[],
  current: Current,
  reluctance: Reluctance,
  until: number,
): Promise<Named> {
  const { network, loads, clock } = bench;
  const { region, home, names } = contiguousStart(bench, parts, current);
  const k = names.length;
  const { load, block, border, shape } = aims[reluctance];
  const move = loads.mean.map((each) => load * each + block);
  const costs: Costs = { ...shapeCosts(network, k, { border, shape }), home, move };
  const steps = Math.max(20_000, 250 * Math.min(region.length, 3000));
  const attempts = Math.max(1, Math.min(mostAttempts, Math.floor(effort / steps)));
  const limit = longer * cutBorder(network, current.grid);
  const overlong = (plan: Found) => 4 * costs.border * Math.max(0, cutBorder(network, plan.region) - limit);
  const from = clock.share();
  let found: Found = { region, excess: Infinity, cost: Infinity };
  for (let attempt = 1; attempt <= attempts && !(attempt > 1 && clock.spent()); attempt++) {
    const schedule: Schedule = {
      phase: "moves",
      steps,
      temperature: [6, 0.7],
      balance: [400, 4000],
      until: from + ((until - from) * attempt) / attempts,
      margin: 0,
    };
    const drawn = await polish(bench, await search(bench, region, k, costs, schedule), k, costs);
    const tidier = drawn.excess === found.excess && drawn.cost + overlong(drawn) < found.cost + overlong(found);
    if (drawn.excess < found.excess || tidier) found = drawn;
  }
  for (let again = 0; again < 3 && found.excess > 0 && !clock.spent(); again++)
    found = await polish(bench, found, k, costs);
  if (reluctance === "moves" && found.excess === 0) found = await tidy(bench, found, limit, k, costs, steps);
  return { ...found, names };
}

/** How much longer than today's the border may get before tidiness is worth some moves, and how many more moves. */
const longer = 1.03;
const moreMoves = 1.12;

/** Straighten borders that got much longer than today's, for a few more moves: the border is priced up step by step. */
async function tidy(bench: Bench, drawn: Found, limit: number, k: number, costs: Costs, steps: number): Promise<Found> {
  const { network, clock } = bench;
  const most = moreMoves * moved(drawn.region, costs);
  let best = drawn;
  for (let price = 1.5; price < 5 && cutBorder(network, best.region) > limit && !clock.spent(); price *= 1.5) {
    const schedule: Schedule = {
      phase: "moves",
      steps,
      temperature: [3, 0.5],
      balance: [4000, 20_000],
      until: 1,
      margin: 0,
    };
    const tidier = await search(bench, best.region, k, { ...costs, border: costs.border * price }, schedule);
    const shorter = cutBorder(network, tidier.region) < cutBorder(network, best.region);
    if (tidier.excess === 0 && shorter && moved(tidier.region, costs) <= most) best = tidier;
  }
  return best;
}

/** What the moves of a plan cost. */
function moved(region: Int32Array, { home, move }: Costs): number {
  return region.reduce((total, r, v) => total + (home[v] === r ? 0 : move[v]!), 0);
}

/** Exchanges of blocks along chains, cooling: what single shifts leave out of balance because blocks are heavy. */
async function polish(bench: Bench, drawn: Found, k: number, costs: Costs): Promise<Found> {
  const { network, loads, staysWhole, random, clock } = bench;
  const partition = sumUp(network, loads, drawn.region.slice(), k);
  const { cost } = makeAnnealer(network, loads, costs, partition, staysWhole, random);
  const chains = makeChains(network, loads, costs, partition, staysWhole, random);
  const rounds = 24;
  const steps = 500;
  let best = drawn;
  for (let round = 0; round < rounds && !clock.spent(); round++) {
    // What is still out of order late on is mended at any price.
    const balance = round > rounds / 2 && best.excess > 0 ? 200_000 : 8000;
    chains(steps, 2 * 0.15 ** (round / rounds), balance);
    const excess = totalExcess(partition);
    if (excess <= best.excess) best = better(best, { region: partition.region.slice(), excess, cost: cost() });
    await clock.breathe("moves", round / rounds, 0);
  }
  return best;
}
