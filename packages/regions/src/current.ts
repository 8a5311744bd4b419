import { RegionInputError } from "./error.ts";
import { bestPairs } from "./match.ts";
import type { Network } from "./network.ts";
import type { RegionInput } from "./types.ts";

/** Today's plan as numbers, with the name of each. */
export type Current = { grid: Int32Array; names: string[] };

/** @throws RegionInputError when a block has no grid today, or a block is unknown */
export function readCurrent(network: Network, input: RegionInput): Current | null {
  if (!input.current) return null;
  const known = new Set(network.ids);
  for (const id of Object.keys(input.current))
    if (!known.has(id))
      throw new RegionInputError("unknown-block", `today's plan names block ${id}, which is not among the blocks`);
  const numbers = new Map<string, number>();
  const grid = Int32Array.from(network.ids, (id) => {
    const name = Object.hasOwn(input.current!, id) ? input.current![id] : undefined;
    if (name === undefined || name === "")
      throw new RegionInputError(
        "incomplete-current",
        `block ${id} has no grid in today's plan; every block needs one`,
      );
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  });
  return { grid, names: [...numbers.keys()] };
}

/** Name the regions of a new plan after those grids of today with which they share the most workload. */
export function nameAfter(network: Network, current: Current | null, region: Int32Array, k: number): string[] {
  if (!current) return Array.from({ length: k }, (_, r) => String(r));
  const old = current.names.length;
  const size = Math.max(k, old);
  const gain = new Float64Array(k * size);
  for (let v = 0; v < region.length; v++) gain[region[v]! * size + current.grid[v]!]! += network.workload[v]! + 1e-6;
  const fresh = freshNames(current.names, size - old);
  return Array.from(bestPairs(gain, k, size), (at) => (at < old ? current.names[at]! : fresh[at - old]!));
}

/** Names not in use: the numbers after the largest, or "new 1", "new 2"… */
export function freshNames(names: string[], count: number): string[] {
  const numeric = names.every((name) => /^\d{1,9}$/.test(name));
  const last = numeric ? Math.max(0, ...names.map(Number)) : 0;
  return Array.from({ length: count }, (_, i) => (numeric ? String(last + 1 + i) : `new ${i + 1}`));
}
