import { normalQuantile } from "./distributions.ts";
import { checkChance, checkCounts, checkWhole, firstIndex, SeriesInputError, type Verdict } from "./series.ts";

export type EarsSettings = {
  readonly method: "c1" | "c2" | "c3";
  /** Points of history, default 7. */
  readonly baseline?: number;
  /** The standard deviation is never taken to be less; default 0. */
  readonly minSigma?: number;
  /** Chance of a false alarm; default 0.001, for C3 0.025. */
  readonly alpha?: number;
  /** First index to judge; default the first with enough history. */
  readonly from?: number;
};

/** Points between the history and the point that is judged. */
const GAP = { c1: 0, c2: 2, c3: 2 };

/**
 * The Early Aberration Reporting System (Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008).
 * C1 compares a point with those just before it, C2 leaves two points between. C3 adds up how far C2 of the two points
 * before went beyond one standard deviation and alarms when that alone reaches the threshold, which is what the
 * `surveillance` package of R computes: its bound starts from the count itself, not from the mean of the history.
 */
export function ears(counts: ArrayLike<number>, settings: EarsSettings): Verdict[] {
  const { method, baseline = 7, minSigma = 0, alpha = method === "c3" ? 0.025 : 0.001 } = settings;
  checkCounts(counts);
  checkWhole("the baseline", baseline, 3);
  checkChance(alpha);
  if (!(minSigma >= 0 && minSigma < Infinity)) throw new SeriesInputError("the smallest sigma must be a number from 0");
  const gap = GAP[method];
  const from = firstIndex(counts.length, baseline + gap + (method === "c3" ? 2 : 0), settings.from);
  const quantile = normalQuantile(1 - alpha);
  const { means, sigmas } = history(counts, baseline, minSigma);
  // A flat history and a count like it is no excess at all: 0 / 0.
  const excess = (index: number) => Math.max(0, (counts[index]! - means[index - gap]!) / sigmas[index - gap]! - 1 || 0);
  const verdicts: Verdict[] = [];
  for (let index = from; index < counts.length; index++) {
    const count = counts[index]!;
    const expected = means[index - gap]!;
    const sigma = sigmas[index - gap]!;
    const upperbound =
      method === "c3"
        ? Math.max(0, count + (sigma * (quantile - excess(index - 1) - excess(index - 2)) || 0))
        : expected + quantile * sigma;
    verdicts.push({ index, count, upperbound, alarm: count > upperbound, expected });
  }
  return verdicts;
}

/** Mean and standard deviation of the `baseline` counts before each index, from running sums of whole numbers. */
function history(counts: ArrayLike<number>, baseline: number, least: number) {
  const means = new Float64Array(counts.length);
  const sigmas = new Float64Array(counts.length);
  let [sum, square] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    if (i >= baseline) {
      means[i] = sum / baseline;
      const variance = Math.max(0, baseline * square - sum * sum) / (baseline * (baseline - 1));
      sigmas[i] = Math.max(least, Math.sqrt(variance));
      sum -= counts[i - baseline]!;
      square -= counts[i - baseline]! ** 2;
    }
    sum += counts[i]!;
    square += counts[i]! ** 2;
  }
  return { means, sigmas };
}
