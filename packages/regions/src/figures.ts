import type { Loads } from "./loads.ts";
import { sum } from "./loads.ts";
import type { Network } from "./network.ts";
import type { Figures } from "./types.ts";

/** Today's plan as region numbers of the plan to be measured; −1 where today's grid is gone. */
export type Home = Int32Array | null;

/** Figures of an assignment to regions 0…k−1, afresh from blocks and borders. */
export function measure(network: Network, loads: Loads, region: Int32Array, k: number, home: Home): Figures {
  const load = new Float64Array(k);
  for (let v = 0; v < region.length; v++) load[region[v]!]! += loads.mean[v]!;
  const mean = sum(load) / k;
  let [deviation, worst] = [0, 0];
  for (const each of load) {
    deviation = Math.max(deviation, Math.abs(each / mean - 1));
    worst = Math.max(worst, each / mean);
  }
  return {
    k,
    contiguous: pieces(network, region) === k,
    maxDeviation: deviation,
    worstLoad: worst,
    ...shapes(network, region, k),
    ...moved(network, region, home),
  };
}

/** Number of connected pieces, over links that a grid may use. */
export function pieces(network: Network, region: Int32Array): number {
  const seen = new Uint8Array(region.length);
  const queue = new Int32Array(region.length);
  let count = 0;
  for (let start = 0; start < region.length; start++) {
    if (seen[start]) continue;
    count++;
    seen[start] = 1;
    queue[0] = start;
    for (let head = 0, tail = 1; head < tail; head++) {
      const v = queue[head]!;
      for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
        const u = network.neighbours[slot]!;
        if (seen[u] || region[u] !== region[v]) continue;
        seen[u] = 1;
        queue[tail++] = u;
      }
    }
  }
  return count;
}

function shapes(network: Network, region: Int32Array, k: number) {
  const { from, to, length } = network.borders;
  const area = new Float64Array(k);
  const perimeter = new Float64Array(k);
  for (let v = 0; v < region.length; v++) {
    area[region[v]!]! += network.area[v]!;
    perimeter[region[v]!]! += network.perimeter[v]!;
  }
  let cut = 0;
  for (let at = 0; at < from.length; at++) {
    if (region[from[at]!] !== region[to[at]!]) cut += length[at]!;
    else perimeter[region[from[at]!]!]! -= 2 * length[at]!;
  }
  let shape = 0;
  for (let r = 0; r < k; r++) shape += (4 * Math.PI * area[r]!) / perimeter[r]! ** 2 / k;
  return { cutKm: cut, meanPolsbyPopper: network.shaped ? shape : null };
}

function moved(network: Network, region: Int32Array, home: Home) {
  if (!home) return { movedWorkload: null, movedShare: null, movedBlocks: null, movedHouseholds: null };
  let [workload, blocks, households] = [0, 0, 0];
  for (let v = 0; v < region.length; v++) {
    if (home[v] === region[v]) continue;
    workload += network.workload[v]!;
    households += network.households[v]!;
    blocks++;
  }
  return {
    movedWorkload: workload,
    movedShare: workload / sum(network.workload),
    movedBlocks: blocks,
    movedHouseholds: households,
  };
}
