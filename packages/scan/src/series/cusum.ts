import { checkCounts, firstIndex, SeriesInputError, type Verdict } from "./series.ts";

export type CusumSettings = {
  /** First index to judge; the mean of everything before is what is usual. */
  readonly from: number;
  /** The usual count, where it is known better than from the history. */
  readonly mean?: number;
  /** Standard deviations that each count may lie above the mean, default 1.04. */
  readonly allowance?: number;
  /** The sum that is an alarm, default 2.26. */
  readonly threshold?: number;
  /** How counts become nearly normal: by mean and deviation (default), or as Rossi et al. (1999) do. */
  readonly transform?: "standard" | "rossi";
  /** Start afresh after an alarm; default false, as in R. */
  readonly reset?: boolean;
};

/**
 * Cumulative sum of what counts are above their mean (Page 1954; Rossi, Lampugnani and Marchi 1999). The bound is the
 * count with which the sum would reach the threshold. The mean knows no trend, season or weekday: on daily counts that
 * have them the sum hardly ever comes down again and nearly every day is an alarm. It serves even series only.
 */
export function cusum(counts: ArrayLike<number>, settings: CusumSettings): Verdict[] {
  const { allowance = 1.04, threshold = 2.26, transform = "standard", reset = false } = settings;
  checkCounts(counts);
  const from = firstIndex(counts.length, settings.mean === undefined ? 1 : 0, settings.from);
  if (!(threshold > 0 && threshold < Infinity)) throw new SeriesInputError("the threshold must be a number above 0");
  if (!(allowance >= 0 && allowance < Infinity)) throw new SeriesInputError("the allowance must be a number from 0");
  const mean = settings.mean ?? averageBefore(counts, from);
  if (!(mean > 0 && mean < Infinity)) throw new SeriesInputError("the mean of the history must be above 0");
  const root = Math.sqrt(mean);
  const rossi = transform === "rossi";
  const verdicts: Verdict[] = [];
  let sum = 0;
  for (let index = from; index < counts.length; index++) {
    const count = counts[index]!;
    const wanted = threshold + allowance - sum;
    const usual = rossi ? (count - 3 * mean + 2 * Math.sqrt(count * mean)) / (2 * root) : (count - mean) / root;
    const bound = rossi
      ? 2 * root * wanted + 5 * mean - 2 * Math.sqrt(4 * mean ** 2 + 2 * mean * root * wanted)
      : Math.ceil(root * wanted + mean);
    sum = Math.max(0, sum + usual - allowance);
    const alarm = sum >= threshold;
    if (reset && alarm) sum = 0;
    // A bound that is not a number, or below 0, is passed by every count.
    verdicts.push({ index, count, upperbound: bound > 0 ? bound : 0, alarm, expected: mean });
  }
  return verdicts;
}

function averageBefore(counts: ArrayLike<number>, end: number): number {
  let sum = 0;
  for (let i = 0; i < end; i++) sum += counts[i]!;
  return sum / end;
}
