import type { Vessel } from "../types.ts";
import { lotOf } from "./lot.ts";

/** How boats are called in the four counties; 示 after it marks a boat that does not exist. */
const letters: Record<string, string> = {
  "330902": "浙定渔",
  "330903": "浙普渔",
  "330921": "浙岱渔",
  "330922": "浙嵊渔",
};

/** How much a county lives from fishing, roughly; inner districts of Dinghai hardly do. */
const fishing: Record<string, number> = { "330902": 0.1, "330903": 0.9, "330921": 1, "330922": 2.2 };

/** How many maritime grids a community gets, relative to the others: villages, above all those named after a shore. */
export function maritimeWeight(community: { code: string; zh: string; urban: boolean }): number {
  const shore = /[渔港岙嘴礁湾门岛山]/u.test(community.zh) ? 2 : 1;
  return (fishing[community.code.slice(0, 6)] ?? 0.5) * shore * (community.urban ? 0.15 : 1);
}

/** The invented roster of the n-th maritime grid: 8 to 24 boats, numbered so that no boat is on two rosters. */
export function fleetOf(gridCode: string, n: number): Vessel[] {
  const name = letters[gridCode.slice(0, 6)] ?? "渔";
  const size = 8 + (lotOf(`${gridCode}/fleet`) % 17);
  return Array.from({ length: size }, (_, i) => ({ name: `${name}示${String(10_001 + n * 25 + i)}` }));
}
