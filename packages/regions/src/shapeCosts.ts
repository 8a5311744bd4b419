import type { Costs } from "./anneal.ts";
import { sum } from "./loads.ts";
import type { Network } from "./network.ts";

/**
 * Prices in units of one mean border between two blocks. `shape` weighs Polsby–Popper against the cut border: 1 means
 * that the shape of a region of typical perimeter counts about as much as its border does.
 */
export function shapeCosts(network: Network, k: number, weights: { border: number; shape: number }): Costs {
  const { from, length } = network.borders;
  const mean = sum(length) / Math.max(from.length, 1) || 1;
  // A circle of the mean area has the smallest perimeter; regions made of blocks come to about 1.4 times that.
  const typical = 1.4 * Math.sqrt((4 * Math.PI * sum(network.area)) / k);
  return {
    border: weights.border / mean,
    shape: (weights.shape * typical) / mean,
    move: new Float64Array(network.ids.length),
    home: new Int32Array(network.ids.length).fill(-1),
  };
}
