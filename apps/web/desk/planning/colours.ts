import type { Link } from "@linge/regions";
import type { Assignment, PlanningBlock } from "./api.ts";

const tints = ["#bcd9e8", "#f4dca6", "#c3e0c6", "#e2c8e4", "#f0c4b8", "#d0d2ef", "#e4e0a8"];
const unchanged = "#faf8f3";
/** From a quiet grid to one with twice the mean: one hue. */
const loads = ["#f4f8fa", "#dbe9f1", "#b9d5e4", "#8dbad3", "#5a9abd", "#2f7aa5"];

/** Colours of the grids of a plan: those that stay as they are in the colour of land, neighbours never alike. */
export function groupColours(
  blocks: readonly PlanningBlock[],
  links: readonly Link[],
  assignment: Assignment,
): (code: string) => string {
  const beside = new Map<string, Set<string>>();
  for (const { from, to } of links) {
    const [a, b] = [assignment[from]!, assignment[to]!];
    if (a === b) continue;
    beside.set(a, (beside.get(a) ?? new Set()).add(b));
    beside.set(b, (beside.get(b) ?? new Set()).add(a));
  }
  const colours = new Map<string, string>();
  for (const group of changedGroups(blocks, assignment)) {
    const taken = new Set([...(beside.get(group) ?? [])].map((each) => colours.get(each)));
    colours.set(group, tints.find((tint) => !taken.has(tint)) ?? tints[0]!);
  }
  return (code) => colours.get(assignment[code]!) ?? unchanged;
}

/** Grids of a plan that are not exactly one of today's. */
export function changedGroups(blocks: readonly PlanningBlock[], assignment: Assignment): Set<string> {
  const today = new Map<string, number>();
  for (const { grid } of blocks) today.set(grid, (today.get(grid) ?? 0) + 1);
  const groups = Map.groupBy(blocks, ({ code }) => assignment[code]!);
  return new Set(
    [...groups]
      .filter(([, own]) => new Set(own.map(({ grid }) => grid)).size > 1 || today.get(own[0]!.grid) !== own.length)
      .map(([name]) => name),
  );
}

/** How busy a grid is, as a shade: its load over the mean. */
export const loadColour = (share: number): string => loads[Math.min(loads.length - 1, Math.floor(share * 3))]!;
