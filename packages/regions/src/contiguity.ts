import type { Network } from "./network.ts";

/** Whether the region of block v stays in one piece without it. */
export type StaysWhole = (region: Int32Array, v: number) => boolean;

/**
 * A test for one network, with its own scratch memory. First around the block: its neighbours in the region, joined
 * among each other, mostly decide it. Otherwise a search through the region until all of them are met.
 */
export function contiguityTest(network: Network): StaysWhole {
  const { offsets, neighbours, near } = network;
  const queue = new Int32Array(network.ids.length);
  const stamp = new Int32Array(network.ids.length);
  let round = 0;

  function search(region: Int32Array, v: number, from: number, wanted: number): boolean {
    const own = region[v]!;
    round++;
    stamp[v] = round;
    stamp[from] = round;
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++) {
      const u = neighbours[slot]!;
      if (u !== from && region[u] === own) stamp[u] = -round;
    }
    let missing = wanted - 1;
    queue[0] = from;
    for (let head = 0, tail = 1; head < tail; head++) {
      const u = queue[head]!;
      for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
        const x = neighbours[slot]!;
        if (region[x] !== own || stamp[x] === round) continue;
        if (stamp[x] === -round && --missing === 0) return true;
        stamp[x] = round;
        queue[tail++] = x;
      }
    }
    return false;
  }

  return (region, v) => {
    const own = region[v]!;
    const first = offsets[v]!;
    const degree = offsets[v + 1]! - first;
    let [mask, wanted, from] = [0, 0, -1];
    for (let at = 0; at < degree; at++) {
      const u = neighbours[first + at]!;
      if (region[u] !== own) continue;
      mask |= 1 << at;
      wanted++;
      from = u;
    }
    if (wanted <= 1) return true;
    if (degree <= 31) {
      let reached = mask & -mask;
      let fresh = reached;
      while (fresh !== 0) {
        const at = 31 - Math.clz32(fresh);
        const more = near[first + at]! & mask & ~reached;
        reached |= more;
        fresh = (fresh & ~(1 << at)) | more;
      }
      if (reached === mask) return true;
    }
    return search(region, v, from, wanted);
  };
}
