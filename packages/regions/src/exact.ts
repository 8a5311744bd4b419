import type { Network } from "./network.ts";

/** Networks up to this size are searched exactly (blocks are bits of one whole number). */
export const exactLimit = 30;

export type Exact = { region: Int32Array | null; value: number; /** nothing better exists */ proven: boolean };

export type Question = {
  k: number;
  /** Loads in grids' worth; regions must lie within 1 ± tolerance. */
  mean: Float64Array;
  tolerance: number;
  /** Shortest cut border, or smallest largest deviation. */
  minimise: "cut" | "deviation";
  /** A plan with this value is known: look only for better ones. */
  known?: number;
  /** Give up after so many steps. */
  budget?: number;
};

/**
 * Branch and bound over all plans of connected regions: the region of the first open block is grown by deciding its
 * frontier, block by block, in or out; what is out is cut for certain, so the sum of cut borders bounds from below.
 */
export function solveExactly(network: Network, question: Question): Exact {
  const order = searchOrder(network);
  const n = order.length;
  const { k, minimise } = question;
  const position = new Int32Array(n);
  order.forEach((v, at) => (position[v] = at));
  const adjacent = new Int32Array(n);
  const length = new Float64Array(n * n);
  for (let v = 0; v < n; v++)
    for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
      const [a, b] = [position[v]!, position[network.neighbours[slot]!]!];
      adjacent[a]! |= 1 << b;
      length[a * n + b] = network.lengths[slot]!;
    }
  const load = Float64Array.from(order, (v) => question.mean[v]!);
  let least = 1 - question.tolerance - 1e-9;
  let largest = 1 + question.tolerance + 1e-9;
  let value = question.known ?? Infinity;
  let region: Int32Array | null = null;
  let left = question.budget ?? 3_000_000;
  const chosen = new Int32Array(k);

  const weigh = (set: number) => {
    let total = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) total += load[31 - Math.clz32(rest & -rest)]!;
    return total;
  };
  const reach = (from: number, within: number) => {
    let [all, fresh] = [from, from];
    while (fresh !== 0) {
      const bit = fresh & -fresh;
      const more = adjacent[31 - Math.clz32(bit)]! & within & ~all;
      all |= more;
      fresh = (fresh ^ bit) | more;
    }
    return all;
  };
  const between = (at: number, set: number) => {
    let total = 0;
    for (let rest = set & adjacent[at]!; rest !== 0; rest &= rest - 1)
      total += length[at * n + 31 - Math.clz32(rest & -rest)]!;
    return total;
  };
  /** Every piece of what is left must hold a whole number of regions. */
  const promising = (rest: number, regions: number) => {
    let needed = 0;
    let possible = 0;
    for (let open = rest; open !== 0;) {
      const piece = reach(open & -open, open);
      const total = weigh(piece);
      needed += Math.max(1, Math.ceil(total / largest - 1e-9));
      possible += least <= 0 ? n : Math.floor(total / least + 1e-9);
      if (least > 0 && total < least) return false;
      open &= ~piece;
    }
    return needed <= regions && regions <= possible;
  };
  const record = (cut: number) => {
    region = new Int32Array(n);
    chosen.forEach((set, r) => {
      for (let at = 0; at < n; at++) if (set & (1 << at)) region![order[at]!] = r;
    });
    if (minimise === "cut") {
      value = cut;
      return;
    }
    value = Math.max(...Array.from(chosen, (set) => Math.abs(weigh(set) - 1)));
    least = 1 - value + 1e-9;
    largest = 1 + value - 1e-9;
  };
  const worse = (cut: number) => minimise === "cut" && cut >= value - 1e-9;
  const fill = (rest: number, r: number, cut: number): void => {
    if (r === k - 1) {
      const total = weigh(rest);
      if (total < least || total > largest || reach(rest & -rest, rest) !== rest) return;
      chosen[r] = rest;
      record(cut);
      return;
    }
    const root = rest & -rest;
    const at = 31 - Math.clz32(root);
    grow(rest, r, cut, root, 0, adjacent[at]! & rest, load[at]!);
  };
  const grow = (
    rest: number,
    r: number,
    cut: number,
    inside: number,
    out: number,
    frontier: number,
    total: number,
  ): void => {
    if (--left < 0 || total > largest || worse(cut)) return;
    if (frontier === 0) {
      const others = rest & ~inside;
      if (total < least || others === 0 || !promising(others, k - 1 - r)) return;
      chosen[r] = inside;
      fill(others, r + 1, cut);
      return;
    }
    if (total < least && weigh(reach(inside, rest & ~out)) < least) return;
    const bit = frontier & -frontier;
    const at = 31 - Math.clz32(bit);
    const take = () =>
      grow(
        rest,
        r,
        cut + between(at, out),
        inside | bit,
        out,
        (frontier ^ bit) | (adjacent[at]! & rest & ~inside & ~out),
        total + load[at]!,
      );
    const leave = () => grow(rest, r, cut + between(at, inside), inside, out | bit, frontier ^ bit, total);
    if (total < 1) {
      take();
      leave();
    } else {
      leave();
      take();
    }
  };
  const all = n === 32 ? -1 : 2 ** n - 1;
  if (promising(all, k)) fill(all, 0, 0);
  return { region, value, proven: left >= 0 };
}

/** Breadth first from a far end, so that what is left over stays in one piece for long. */
function searchOrder(network: Network): number[] {
  const n = network.ids.length;
  const from = (starts: number[]) => {
    const seen = new Set<number>();
    const order: number[] = [];
    for (const start of starts) {
      if (seen.has(start)) continue;
      seen.add(start);
      order.push(start);
      for (let head = order.length - 1; head < order.length; head++)
        for (let slot = network.offsets[order[head]!]!; slot < network.offsets[order[head]! + 1]!; slot++) {
          const u = network.neighbours[slot]!;
          if (!seen.has(u)) order.push(u);
          seen.add(u);
        }
    }
    return order;
  };
  const any = Array.from({ length: n }, (_, v) => v);
  const once = from(any);
  return from([once.at(-1)!, ...any]);
}
