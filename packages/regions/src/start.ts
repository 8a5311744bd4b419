import type { Network } from "./network.ts";
import type { Random } from "./random.ts";

/**
 * Divide connected blocks into k connected regions of about equal load, by repeated halving along the direction
 * between two far ends. Writes `first`…`first + k − 1` into `region`. Needs at least k blocks.
 */
export function divide(
  network: Network,
  load: Float64Array,
  blocks: Int32Array,
  k: number,
  first: number,
  region: Int32Array,
  random: Random,
): void {
  const scratch = { inside: new Int32Array(network.ids.length).fill(-1), token: 0 };
  const halve = (members: Int32Array, parts: number, label: number): void => {
    if (parts === 1) {
      for (const v of members) region[v] = label;
      return;
    }
    const small = parts >> 1;
    const split = cut(network, load, members, small, parts - small, scratch, random);
    const [one, other] = split ?? peel(network, members, parts, scratch);
    halve(one, split ? small : 1, label);
    halve(other, split ? parts - small : parts - 1, label + (split ? small : 1));
  };
  halve(blocks, k, first);
}

type Scratch = { inside: Int32Array; token: number };

/** Two connected sides with loads near small : large, or nothing when one side has too few blocks. */
function cut(
  network: Network,
  load: Float64Array,
  members: Int32Array,
  small: number,
  large: number,
  scratch: Scratch,
  random: Random,
) {
  const start = members[random.below(members.length)]!;
  const one = ranks(network, members, ranks(network, members, start, scratch).last, scratch);
  const other = ranks(network, members, one.last, scratch);
  const order = Array.from(members, (v, at) => ({ v, score: one.rank.get(v)! - other.rank.get(v)!, at }));
  order.sort((a, b) => a.score - b.score || a.at - b.at);
  let total = 0;
  for (const v of members) total += load[v]!;
  const target = (total * small) / (small + large);
  let [taken, sum] = [0, 0];
  while (taken < members.length - large && (taken < small || sum + load[order[taken]!.v]! / 2 < target))
    sum += load[order[taken++]!.v]!;
  const left = largestPiece(
    network,
    order.slice(0, taken).map((each) => each.v),
    scratch,
  );
  const inLeft = new Set(left);
  const right = largestPiece(
    network,
    Array.from(members).filter((v) => !inLeft.has(v)),
    scratch,
  );
  const inRight = new Set(right);
  const rest = Int32Array.from(members).filter((v) => !inRight.has(v));
  return rest.length < small || right.length < large ? undefined : ([rest, Int32Array.from(right)] as const);
}

/** Breadth-first ranks from a block, weighted by nothing but steps; `last` is as far as one gets. */
function ranks(network: Network, members: Int32Array, from: number, scratch: Scratch) {
  const token = mark(members, scratch);
  const rank = new Map<number, number>([[from, 0]]);
  const queue = [from];
  scratch.inside[from] = -1;
  for (let head = 0; head < queue.length; head++) {
    const v = queue[head]!;
    for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
      const u = network.neighbours[slot]!;
      if (scratch.inside[u] !== token) continue;
      scratch.inside[u] = -1;
      rank.set(u, rank.get(v)! + 1);
      queue.push(u);
    }
  }
  return { rank, last: queue.at(-1)! };
}

function mark(members: ArrayLike<number>, scratch: Scratch): number {
  const token = ++scratch.token;
  for (let at = 0; at < members.length; at++) scratch.inside[members[at]!] = token;
  return token;
}

function largestPiece(network: Network, members: number[], scratch: Scratch): number[] {
  const token = mark(members, scratch);
  let best: number[] = [];
  for (const from of members) {
    if (scratch.inside[from] !== token) continue;
    const piece = [from];
    scratch.inside[from] = -1;
    for (let head = 0; head < piece.length; head++) {
      const v = piece[head]!;
      for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
        const u = network.neighbours[slot]!;
        if (scratch.inside[u] !== token) continue;
        scratch.inside[u] = -1;
        piece.push(u);
      }
    }
    if (piece.length > best.length) best = piece;
  }
  return best;
}

/** When halving leaves too few blocks: split off one block, the last that a search reaches, so that the rest holds together. */
function peel(network: Network, members: Int32Array, _parts: number, scratch: Scratch) {
  const { last } = ranks(network, members, members[0]!, scratch);
  return [Int32Array.of(last), members.filter((v) => v !== last)] as const;
}
