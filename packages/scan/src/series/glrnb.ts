import { checkCounts, checkWhole, firstIndex, SeriesInputError, type Verdict } from "./series.ts";
import { fitHarmonics } from "./harmonics.ts";

export type GlrSettings = {
  /** Points in a year, for the seasonal mean. */
  readonly period: number;
  /** First index to judge; everything before is history. Default: after two years. */
  readonly from?: number;
  /** The statistic that is an alarm, default 5. */
  readonly threshold?: number;
  /** Variance is mean + alpha × mean²; 0 (default) is Poisson, "fit" takes it from the history. */
  readonly alpha?: number | "fit";
  /** Pairs of sine and cosine, default 1. */
  readonly harmonics?: number;
  readonly trend?: boolean;
};

const MOST_CASES = 1_000_000;

/**
 * Generalised likelihood ratio chart for a shift of the mean at an unknown time (Höhle and Paul 2008). The mean without
 * a shift is a regression on the history with sines and cosines. The bound is the smallest count that
 * would have been an alarm; after an alarm the chart starts afresh.
 */
export function glrnb(counts: ArrayLike<number>, settings: GlrSettings): Verdict[] {
  const { period, threshold = 5, harmonics = 1, trend = false } = settings;
  checkCounts(counts);
  checkWhole("the period", period, 2);
  checkWhole("the number of harmonics", harmonics, 1);
  if (!(threshold > 0)) throw new SeriesInputError("the threshold must be a number above 0");
  const from = firstIndex(counts.length, Math.min(2 * period, settings.from ?? Infinity), settings.from);
  const past = Float64Array.from({ length: from }, (_, i) => counts[i]!);
  if (past.every((count) => count === 0)) throw new SeriesInputError("the history has no cases to learn a mean from");
  const given = settings.alpha ?? 0;
  if (given !== "fit" && !(given >= 0 && given < Infinity)) throw new SeriesInputError("alpha must be a number from 0");
  const fit = fitHarmonics(past, { period, harmonics, trend }, given);
  const { alpha } = fit;
  const verdicts: Verdict[] = [];
  let start = from;
  const seen = Float64Array.from({ length: counts.length }, (_, i) => counts[i]!);
  const means = seen.map((_, i) => fit.mean(i));
  for (let index = from; index < counts.length; index++) {
    const count = counts[index]!;
    const reaches = (cases: number) => {
      seen[index] = cases;
      return statistic(seen, means, start, index, alpha) >= threshold;
    };
    const upperbound = smallest(reaches);
    seen[index] = count;
    const alarm = count >= upperbound;
    verdicts.push({ index, count, upperbound, alarm, expected: means[index]! });
    if (alarm) start = index + 1;
  }
  return verdicts;
}

/** The smallest number for which a condition holds that then holds for all larger ones. */
function smallest(holds: (cases: number) => boolean): number {
  let high = 1;
  if (holds(0)) return 0;
  while (!holds(high) && high < MOST_CASES) high *= 2;
  let low = high >> 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The largest log-likelihood ratio over all times since `start` at which the mean may have risen. */
function statistic(counts: Float64Array, means: Float64Array, start: number, end: number, alpha: number): number {
  let [best, cases, expected] = [0, 0, 0];
  for (let from = end; from >= start; from--) {
    cases += counts[from]!;
    expected += means[from]!;
    const ratio = alpha === 0 ? poissonShift(cases, expected) : binomialShift(counts, means, from, end, alpha);
    if (ratio > best) best = ratio;
  }
  return best;
}

function poissonShift(cases: number, expected: number): number {
  return cases > expected ? cases * Math.log(cases / expected) - cases + expected : 0;
}

/** Log-likelihood ratio of a common factor exp(shift) on all means, at its best value (Newton's method), at least 0. */
function binomialShift(counts: Float64Array, means: Float64Array, from: number, end: number, alpha: number): number {
  let shift = 0;
  for (let round = 0; round < 50; round++) {
    let [slope, curve] = [0, 0];
    for (let i = from; i <= end; i++) {
      const mean = means[i]! * Math.exp(shift);
      const spread = 1 + alpha * mean;
      slope += (counts[i]! - mean) / spread;
      curve += (mean * (1 + alpha * counts[i]!)) / spread ** 2;
    }
    const step = slope / curve;
    if (shift === 0 && step <= 0) return 0;
    shift = Math.max(0, shift + Math.min(step, 2));
    if (Math.abs(step) < 1e-10) break;
  }
  let ratio = 0;
  for (let i = from; i <= end; i++) {
    const relative = (1 + alpha * means[i]!) / (1 + alpha * means[i]! * Math.exp(shift));
    ratio += counts[i]! * shift + (counts[i]! + 1 / alpha) * Math.log(relative);
  }
  return ratio;
}
