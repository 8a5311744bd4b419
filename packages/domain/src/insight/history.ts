import type { Method } from "./finding.ts";

/** Days that a scan for places needs before it can tell usual from unusual, and from which it can be trusted. */
export const leastDays = 28;
export const trustedDays = 84;

/** What the history of a city is good for. */
export type HistoryVerdict = {
  days: number;
  where: "tooShort" | "hint" | "ready";
  howMuch: Exclude<Method, "permutation"> | "tooShort";
};

const daysOfWeek = 7;
const weeksOfYear = 52;

/** Weeks that each method of weekly series needs before the week it judges. */
const weeksFor = { c1: 7, c2: 9, farrington: 2 * weeksOfYear + 3 };

/** Whole years of history that Farrington flexible takes, at most five. */
export function farringtonYears(weeks: number): number {
  return Math.min(5, Math.floor((weeks - 4) / weeksOfYear));
}

/** The right tool for a series of whole weeks, the last of them the one judged. */
export function methodFor(weeks: number): HistoryVerdict["howMuch"] {
  const before = weeks - 1;
  if (before >= weeksFor.farrington) return "farrington";
  if (before >= weeksFor.c2) return "c2";
  return before >= weeksFor.c1 ? "c1" : "tooShort";
}

/** What can be said with a history of so many days; said plainly when it is too short. */
export function judgeHistory(days: number): HistoryVerdict {
  return {
    days,
    where: days < leastDays ? "tooShort" : days < trustedDays ? "hint" : "ready",
    howMuch: methodFor(Math.floor(days / daysOfWeek)),
  };
}
