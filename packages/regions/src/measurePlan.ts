import { RegionInputError } from "./error.ts";
import { measure } from "./figures.ts";
import { loadsByTolerance } from "./loads.ts";
import { readCurrent } from "./current.ts";
import { buildNetwork } from "./network.ts";
import { checkWorkload } from "./options.ts";
import { homeOf } from "./present.ts";
import type { Figures, RegionInput } from "./types.ts";

/**
 * Figures of a plan drawn by hand, against today's plan if there is one. For 2,000 blocks a few milliseconds.
 * @throws RegionInputError as `planRegions`, and when a block has no grid in `assignment`
 */
export function measurePlan(input: RegionInput, assignment: Record<string, string>): Figures {
  const network = buildNetwork(input);
  checkWorkload(network);
  const current = readCurrent(network, input);
  const drawn = readCurrent(network, { ...input, current: assignment });
  if (!drawn) throw new RegionInputError("incomplete-current", "give every block a grid");
  const k = drawn.names.length;
  return measure(network, loadsByTolerance(network, k, 0), drawn.grid, k, homeOf(current, drawn.names));
}
