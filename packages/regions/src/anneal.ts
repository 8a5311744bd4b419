import type { StaysWhole } from "./contiguity.ts";
import type { Loads } from "./loads.ts";
import type { Network } from "./network.ts";
import { excess, type Partition } from "./partition.ts";
import type { Random } from "./random.ts";

/** What a plan costs; units: one mean border between two blocks. */
export type Costs = {
  /** Per km of cut border. */
  border: number;
  /** Per unit of missing Polsby–Popper, summed over the regions. */
  shape: number;
  /** Per block moved away from `home` (−1: no home). */
  move: Float64Array;
  home: Int32Array;
};

/** The work of one annealing: a partition, its boundary, and random numbers. */
export type Annealer = {
  partition: Partition;
  /**
   * Try `steps` shifts of a border block to a neighbouring region at one temperature and price of imbalance; loads are
   * held this `margin` inside their limits, so that the last adjustments find room.
   */
  run(steps: number, temperature: number, balance: number, margin: number): void;
  /** Border, shape and moves together, without imbalance. */
  cost(): number;
};

/**
 * Simulated annealing of boundary shifts (Kirkpatrick, Gelatt & Vecchi 1983; with contiguity as in Ricca & Simeone
 * 2008). Imbalance is priced rather than forbidden, so that blocks can be exchanged through states out of balance.
 */
export function makeAnnealer(
  network: Network,
  loads: Loads,
  costs: Costs,
  partition: Partition,
  staysWhole: StaysWhole,
  random: Random,
): Annealer {
  const { offsets, neighbours, lengths } = network;
  const { region, size, low, high, area, perimeter } = partition;
  const { low: lowOf, high: highOf } = loads;
  const { area: areaOf, perimeter: perimeterOf } = network;
  const { border, home, move } = costs;
  const round = network.shaped ? costs.shape * 4 * Math.PI : 0;
  const n = region.length;
  const foreign = new Int32Array(n);
  const boundary = new Int32Array(n);
  const place = new Int32Array(n).fill(-1);
  let count = 0;

  const note = (v: number) => {
    if (foreign[v]! > 0 === place[v]! >= 0) return;
    if (foreign[v]! > 0) {
      place[v] = count;
      boundary[count++] = v;
      return;
    }
    const last = boundary[--count]!;
    boundary[place[v]!] = last;
    place[last] = place[v]!;
    place[v] = -1;
  };
  for (let v = 0; v < n; v++) {
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      if (region[neighbours[slot]!] !== region[v]) foreign[v]!++;
    note(v);
  }

  const shift = (v: number, to: number, kept: number, gained: number) => {
    const from = region[v]!;
    size[from]!--;
    size[to]!++;
    low[from]! -= lowOf[v]!;
    low[to]! += lowOf[v]!;
    high[from]! -= highOf[v]!;
    high[to]! += highOf[v]!;
    area[from]! -= areaOf[v]!;
    area[to]! += areaOf[v]!;
    perimeter[from]! += 2 * kept - perimeterOf[v]!;
    perimeter[to]! += perimeterOf[v]! - 2 * gained;
    region[v] = to;
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++) {
      const u = neighbours[slot]!;
      if (region[u] === from) {
        foreign[u]!++;
        foreign[v]!++;
        note(u);
      } else if (region[u] === to) {
        foreign[u]!--;
        foreign[v]!--;
        note(u);
      }
    }
    note(v);
  };

  const run = (steps: number, temperature: number, balance: number, margin: number) => {
    if (count === 0) return;
    // Sums of every region as costs, kept beside the partition so that a trial needs only the two new values.
    const shapeOf = area.map((size, r) => size / perimeter[r]! ** 2);
    const excessOf = low.map((load, r) => excess(load - margin, high[r]! + margin));
    for (let step = 0; step < steps; step++) {
      const v = boundary[random.below(count)]!;
      const first = offsets[v]!;
      const end = offsets[v + 1]!;
      const from = region[v]!;
      if (size[from] === 1) continue;
      // A random link, then onwards to the first that leads to another region.
      let link = first + random.below(end - first);
      while (region[neighbours[link]!] === from) link = link + 1 === end ? first : link + 1;
      const to = region[neighbours[link]!]!;
      let kept = 0;
      let gained = 0;
      for (let slot = first; slot < end; slot++) {
        const r = region[neighbours[slot]!]!;
        if (r === from) kept += lengths[slot]!;
        else if (r === to) gained += lengths[slot]!;
      }
      const excessFrom = excess(low[from]! - lowOf[v]! - margin, high[from]! - highOf[v]! + margin);
      const excessTo = excess(low[to]! + lowOf[v]! - margin, high[to]! + highOf[v]! + margin);
      let change = border * (kept - gained) + balance * (excessFrom + excessTo - excessOf[from]! - excessOf[to]!);
      if (home[v] === from) change += move[v]!;
      else if (home[v] === to) change -= move[v]!;
      let shapeFrom = 0;
      let shapeTo = 0;
      if (round > 0) {
        const lost = perimeter[from]! + 2 * kept - perimeterOf[v]!;
        const won = perimeter[to]! + perimeterOf[v]! - 2 * gained;
        shapeFrom = (area[from]! - areaOf[v]!) / (lost * lost);
        shapeTo = (area[to]! + areaOf[v]!) / (won * won);
        change += round * (shapeOf[from]! + shapeOf[to]! - shapeFrom - shapeTo);
      }
      if (change > 0 && (change > 12 * temperature || random.next() >= Math.exp(-change / temperature))) continue;
      if (!staysWhole(region, v)) continue;
      shift(v, to, kept, gained);
      shapeOf[from] = shapeFrom;
      shapeOf[to] = shapeTo;
      excessOf[from] = excessFrom;
      excessOf[to] = excessTo;
    }
  };

  const cost = () => {
    let total = 0;
    for (let v = 0; v < n; v++) {
      if (home[v]! >= 0 && home[v] !== region[v]) total += move[v]!;
      for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
        if (region[neighbours[slot]!] !== region[v]) total += (border * lengths[slot]!) / 2;
    }
    if (round > 0) for (let r = 0; r < size.length; r++) total -= (round * area[r]!) / perimeter[r]! ** 2;
    return total;
  };
  return { partition, run, cost };
}
