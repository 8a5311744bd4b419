import { tools, type Looks, type Tool } from "./finding.ts";

/** Days of a month, for a promise that is made by the month. */
export const daysOfMonth = 30;

/** False alarms a month that a new city begins with, over everything together. */
export const usualBudget = 4;

/** Budgets between which an operator chooses, and for which a replay says what they would have brought. */
export const budgets = [1, 2, 4, 8, 15, 30] as const;

/** How rare a finding of each tool must be to start an alarm: the least recurrence interval, in days. */
export type Thresholds = Record<Tool, number>;

/**
 * How rare a cluster must be to be worth an alarm, so that chance alone raises about `perMonth` of them over all streams.
 * @param perMonth false alarms a month that the operator accepts, more than 0
 * @param streams how many series of places are looked at every day, at least 1
 * @returns the least recurrence interval, in days (Kulldorff 2001 for one stream; Bonferroni over streams)
 */
export function leastRecurrence(perMonth: number, streams: number): number {
  if (!(perMonth > 0)) throw new RangeError("the alarm budget must be more than 0 a month");
  return (daysOfMonth * Math.max(1, streams)) / perMonth;
}

/** One budget over both tools: each tool that has anything to look at gets an equal share of it. */
export function thresholdsOf(perMonth: number, looks: Looks): Thresholds {
  const used = tools.filter((tool) => looks[tool] > 0).length || 1;
  return {
    where: leastRecurrence(perMonth / used, looks.where),
    howMuch: leastRecurrence(perMonth / used, looks.howMuch),
  };
}

/**
 * Days until chance alone would raise something as rare anywhere, in any category: what a reader without statistics
 * takes a recurrence interval to mean.
 */
export function rarity(recurrence: number, looks: number): number {
  return recurrence / Math.max(1, looks);
}
