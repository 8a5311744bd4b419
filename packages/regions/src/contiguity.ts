import type { Network } from "./network.ts";

/** Whether the region of block v stays in one piece without it. */
export type StaysWhole = (region: Int32Array, v: number) => boolean;

/**
 * A test for one network, with its own scratch memory. First around the block: its neighbours in the region, joined
 * among each other, mostly decide it. Otherwise searches through the region, from both sides at once.
 */
export function contiguityTest(network: Network): StaysWhole {
  const { offsets, neighbours, near } = network;
  const queue = new Int32Array(network.ids.length);
  const stamp = new Int32Array(network.ids.length);
  let round = 0;

  /** Whether two neighbours of v hang together without it: two searches step by step, until they meet or one has seen all. */
  function meet(region: Int32Array, v: number, one: number, other: number): boolean {
    const own = region[v]!;
    round += 2;
    stamp[one] = round;
    stamp[other] = round - 1;
    queue[0] = one;
    // The second search fills the queue from the far end.
    const last = queue.length - 1;
    queue[last] = other;
    for (let head = 0, tail = 1, far = last, farTail = last - 1; head < tail && far > farTail;) {
      const u = queue[head++]!;
      for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
        const x = neighbours[slot]!;
        if (region[x] !== own || x === v || stamp[x] === round) continue;
        if (stamp[x] === round - 1) return true;
        stamp[x] = round;
        queue[tail++] = x;
      }
      const y = queue[far--]!;
      for (let slot = offsets[y]!; slot < offsets[y + 1]!; slot++) {
        const x = neighbours[slot]!;
        if (region[x] !== own || x === v || stamp[x] === round - 1) continue;
        if (stamp[x] === round) return true;
        stamp[x] = round - 1;
        queue[farTail--] = x;
      }
    }
    return false;
  }

  /** The slots of `mask` that hang together with `fresh` over links between neighbours. */
  function spread(first: number, fresh: number, mask: number): number {
    let reached = fresh;
    while (fresh !== 0) {
      const at = 31 - Math.clz32(fresh);
      const more = near[first + at]! & mask & ~reached;
      reached |= more;
      fresh = (fresh & ~(1 << at)) | more;
    }
    return reached;
  }

  /** Blocks of very many links: every neighbour in the region must meet the first. */
  function staysWholeFar(region: Int32Array, v: number, first: number, end: number): boolean {
    let one = -1;
    for (let slot = first; slot < end; slot++) {
      const u = neighbours[slot]!;
      if (region[u] !== region[v]) continue;
      if (one >= 0 && !meet(region, v, one, u)) return false;
      one = u;
    }
    return true;
  }

  return (region, v) => {
    const own = region[v]!;
    const first = offsets[v]!;
    const degree = offsets[v + 1]! - first;
    if (degree > 31) return staysWholeFar(region, v, first, first + degree);
    let mask = 0;
    for (let at = 0; at < degree; at++) if (region[neighbours[first + at]!] === own) mask |= 1 << at;
    // Join neighbours that touch each other; what is left over must be met by a search.
    let joined = spread(first, mask & -mask, mask);
    while (joined !== mask) {
      const rest = mask & ~joined;
      const other = 31 - Math.clz32(rest);
      if (!meet(region, v, neighbours[first + 31 - Math.clz32(joined)]!, neighbours[first + other]!)) return false;
      joined |= spread(first, 1 << other, mask);
    }
    return true;
  };
}
