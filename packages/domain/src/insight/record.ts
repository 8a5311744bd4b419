import { countLimits } from "./rate.ts";

export type Outcome = "real" | "false" | "known";
export const outcomes: readonly Outcome[] = ["real", "false", "known"];

/** What the alarms so far were worth, as people judged them. */
export type AlarmRecord = Record<Outcome, number> & {
  undecided: number;
  /** Share of the judged alarms that told of something, "known" among them, when enough were judged. */
  precision?: { share: number; interval: [low: number, high: number]; n: number };
};

/** Fewer judged alarms than this say nothing about the rest. */
export const fewestJudged = 10;

/** The record of alarms, with a 95 % interval for the share that was right (Wilson 1927). */
export function recordOf(counts: Record<Outcome | "undecided", number>): AlarmRecord {
  const n = counts.real + counts.false + counts.known;
  if (n < fewestJudged) return counts;
  const share = (counts.real + counts.known) / n;
  const z2 = 1.96 ** 2;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const reach = (1.96 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { ...counts, precision: { share, interval: [Math.max(0, middle - reach), Math.min(1, middle + reach)], n } };
}

/** False alarms a month that people really counted, with their interval, beside the budget. */
export function falseAMonth(falseAlarms: number, days: number): { perMonth: number; interval: [number, number] } {
  const months = Math.max(days, 1) / 30;
  const [low, high] = countLimits(falseAlarms);
  return { perMonth: falseAlarms / months, interval: [low / months, high / months] };
}
