import type { Figures } from "@linge/regions";
import type { PlanningBlock } from "./api.ts";
import type { Group } from "./board.ts";
import type { PlanningTexts } from "./texts.ts";

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "Moves N blocks, M households change grid worker, the busiest X % → Y %." */
export function planWords(
  t: PlanningTexts,
  figures: Figures,
  before: Pick<Figures, "worstLoad">,
  counted: boolean,
): string {
  const households = counted ? figures.movedHouseholds : null;
  return t.words(figures.movedBlocks ?? 0, households, percent(before.worstLoad), percent(figures.worstLoad));
}

/** A new grid by the first of the old ones in it. */
export function groupName(t: PlanningTexts, group: Pick<Group, "blocks">, language: "zh" | "en"): string {
  const [first, ...rest] = group.blocks;
  return t.groupName(first![language], rest.length);
}

/** Whether households were counted everywhere, so that their number can be said. */
export const householdsCounted = (blocks: readonly PlanningBlock[]): boolean =>
  blocks.every(({ households }) => households !== undefined);
