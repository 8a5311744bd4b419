import type { Costs } from "./anneal.ts";
import type { StaysWhole } from "./contiguity.ts";
import type { Loads } from "./loads.ts";
import type { Network } from "./network.ts";
import { excess, type Partition } from "./partition.ts";
import type { Random } from "./random.ts";

/** Blocks handed on in one go at most: from a region to the next, from there to a third, and once more. */
const longest = 3;
/** Blocks looked at for each further link of a chain. */
const looked = 8;

/**
 * Annealing by ejection chains (Glover 1996): a region hands a block on, the taker hands another on, until the whole
 * chain is worth it. Exchanges of heavy blocks need this: half an exchange is too far out of balance to be accepted.
 * @returns try `steps` chains at one temperature and price of imbalance
 */
export function makeChains(
  network: Network,
  loads: Loads,
  costs: Costs,
  partition: Partition,
  staysWhole: StaysWhole,
  random: Random,
): (steps: number, temperature: number, balance: number) => void {
  const { offsets, neighbours, lengths } = network;
  const { region, size, low, high, area, perimeter } = partition;
  const { border, home, move } = costs;
  const round = network.shaped ? costs.shape * 4 * Math.PI : 0;
  const members: number[][] = Array.from(size, () => []);
  const place = new Int32Array(region.length);
  for (let v = 0; v < region.length; v++) place[v] = members[region[v]!]!.push(v) - 1;
  // Of the block last looked at: its border with its own region and with the other.
  let kept = 0;
  let gained = 0;

  function trial(v: number, to: number, balance: number): number {
    const from = region[v]!;
    kept = 0;
    gained = 0;
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++) {
      const r = region[neighbours[slot]!]!;
      if (r === from) kept += lengths[slot]!;
      else if (r === to) gained += lengths[slot]!;
    }
    let change = border * (kept - gained);
    if (home[v] === from) change += move[v]!;
    else if (home[v] === to) change -= move[v]!;
    const [l, h] = [loads.low[v]!, loads.high[v]!];
    change +=
      balance *
      (excess(low[from]! - l, high[from]! - h) -
        excess(low[from]!, high[from]!) +
        excess(low[to]! + l, high[to]! + h) -
        excess(low[to]!, high[to]!));
    if (round === 0) return change;
    const lost = perimeter[from]! + 2 * kept - network.perimeter[v]!;
    const won = perimeter[to]! + network.perimeter[v]! - 2 * gained;
    return (
      change +
      round *
        (area[from]! / perimeter[from]! ** 2 +
          area[to]! / perimeter[to]! ** 2 -
          (area[from]! - network.area[v]!) / lost ** 2 -
          (area[to]! + network.area[v]!) / won ** 2)
    );
  }

  function shift(v: number, to: number): void {
    const from = region[v]!;
    const last = members[from]!.pop()!;
    if (last !== v) {
      members[from]![place[v]!] = last;
      place[last] = place[v]!;
    }
    place[v] = members[to]!.push(v) - 1;
    size[from]!--;
    size[to]!++;
    low[from]! -= loads.low[v]!;
    low[to]! += loads.low[v]!;
    high[from]! -= loads.high[v]!;
    high[to]! += loads.high[v]!;
    area[from]! -= network.area[v]!;
    area[to]! += network.area[v]!;
    perimeter[from]! += 2 * kept - network.perimeter[v]!;
    perimeter[to]! += network.perimeter[v]! - 2 * gained;
    region[v] = to;
  }

  /** A region that the block touches besides its own, or −1. */
  function otherRegion(v: number): number {
    const degree = offsets[v + 1]! - offsets[v]!;
    const turn = random.below(degree);
    for (let at = 0; at < degree; at++) {
      const r = region[neighbours[offsets[v]! + ((turn + at) % degree)]!]!;
      if (r !== region[v]) return r;
    }
    return -1;
  }

  const chain = new Int32Array(longest);
  const before = new Int32Array(longest);
  return (steps, temperature, balance) => {
    for (let step = 0; step < steps; step++) {
      let giver = random.below(size.length);
      let total = 0;
      let links = 0;
      let worth = false;
      while (links < longest && !worth) {
        let [best, choice, taker] = [Infinity, -1, -1];
        for (let look = links === 0 ? looked - 2 : 0; look < looked; look++) {
          const v = members[giver]![random.below(size[giver]!)]!;
          if (links > 0 && v === chain[links - 1]) continue;
          const to = otherRegion(v);
          if (to < 0) continue;
          const change = trial(v, to, balance);
          if (change < best) [best, choice, taker] = [change, v, to];
        }
        if (choice < 0 || size[giver] === 1 || !staysWhole(region, choice)) break;
        trial(choice, taker, balance);
        chain[links] = choice;
        before[links++] = giver;
        shift(choice, taker);
        total += best;
        giver = taker;
        worth = total <= 0 || (total < 12 * temperature && random.next() < Math.exp(-total / temperature));
      }
      if (worth) continue;
      while (links-- > 0) {
        trial(chain[links]!, before[links]!, 0);
        shift(chain[links]!, before[links]!);
      }
    }
  };
}
