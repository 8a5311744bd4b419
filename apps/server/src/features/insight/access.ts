import type { Role } from "@linge/domain/access/role.ts";

/** Who sees alarms, comparisons and replays: counts of places, of nobody in particular. */
export const readers: readonly Role[] = [
  "dispatcher",
  "gridLeader",
  "checker",
  "emergencyAuthority",
  "evaluator",
  "cityAdmin",
];
/** Who says what an alarm was. */
export const deciders: readonly Role[] = ["dispatcher", "emergencyAuthority"];
/** Who asks for a scan or a replay. */
export const operators: readonly Role[] = ["dispatcher", "emergencyAuthority", "cityAdmin"];
/** Who sets budgets, schedules and how places are scanned. */
export const setters: readonly Role[] = ["cityAdmin"];
