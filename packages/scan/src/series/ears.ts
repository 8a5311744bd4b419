import { normalQuantile } from "./distributions.ts";
import { checkChance, checkedCounts, checkWhole, firstIndex, SeriesInputError, type Verdict } from "./series.ts";

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

/** What EARS says of every point from `from` on, in columns: for long series, and for many. */
export type EarsColumns = {
  readonly from: number;
  /** Counts above this are alarms; as long as the series, 0 before `from`. */
  readonly upperbound: Float64Array;
  readonly expected: Float64Array;
  readonly alarm: Uint8Array;
};

/**
 * The Early Aberration Reporting System (Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008).
 * C1 compares a point with those just before it, C2 leaves two points between. C3 adds up how far C2 of the two points
 * before went beyond one standard deviation and alarms when that alone reaches the threshold, which is what the
 * `surveillance` package of R computes: its bound starts from the count itself, not from the mean of the history.
 */
export function ears(counts: ArrayLike<number>, settings: EarsSettings): Verdict[] {
  const { from, upperbound, expected, alarm } = earsColumns(counts, settings);
  const verdicts: Verdict[] = [];
  for (let index = from; index < counts.length; index++)
    verdicts.push({
      index,
      count: counts[index]!,
      upperbound: upperbound[index]!,
      alarm: alarm[index] === 1,
      expected: expected[index]!,
    });
  return verdicts;
}

/** The same without an object for each point. Throws `SeriesInputError`. */
export function earsColumns(counts: ArrayLike<number>, settings: EarsSettings): EarsColumns {
  const { method, baseline = 7, minSigma = 0, alpha = method === "c3" ? 0.025 : 0.001 } = settings;
  checkWhole("the baseline", baseline, 3);
  checkChance(alpha);
  if (!(minSigma >= 0 && minSigma < Infinity)) throw new SeriesInputError("the smallest sigma must be a number from 0");
  const series = checkedCounts(counts);
  const gap = GAP[method];
  const from = firstIndex(series.length, baseline + gap + (method === "c3" ? 2 : 0), settings.from);
  const quantile = normalQuantile(1 - alpha);
  const columns = {
    from,
    upperbound: new Float64Array(series.length),
    expected: new Float64Array(series.length),
    alarm: new Uint8Array(series.length),
  };
  const least = { baseline, minSigma, gap };
  if (method === "c3") judgeRuns(series, quantile, least, columns);
  else judgePoints(series, quantile, least, columns);
  return columns;
}

type History = { readonly baseline: number; readonly minSigma: number; readonly gap: number };

/** C1 and C2. Mean and standard deviation come from running sums of whole numbers, which are exact. */
function judgePoints(series: Float64Array, quantile: number, { baseline, minSigma, gap }: History, out: EarsColumns) {
  const first = out.from - gap - baseline;
  const degrees = baseline * (baseline - 1);
  let sum = 0;
  let square = 0;
  for (let i = first; i < first + baseline; i++) {
    sum += series[i]!;
    square += series[i]! * series[i]!;
  }
  for (let index = out.from; index < series.length; index++) {
    const expected = sum / baseline;
    const sigma = Math.max(minSigma, Math.sqrt(Math.max(0, baseline * square - sum * sum) / degrees));
    const upperbound = expected + quantile * sigma;
    out.expected[index] = expected;
    out.upperbound[index] = upperbound;
    out.alarm[index] = series[index]! > upperbound ? 1 : 0;
    const oldest = series[index - gap - baseline]!;
    const next = series[index - gap]!;
    sum += next - oldest;
    square += next * next - oldest * oldest;
  }
}

/** C3: what C2 of the two points before had in excess lowers the bound. */
function judgeRuns(series: Float64Array, quantile: number, history: History, out: EarsColumns) {
  const { from, upperbound, expected } = out;
  const before = { ...out, from: from - 2 };
  // With a quantile of 1 the bound of C2 tells mean and deviation apart.
  judgePoints(series, 1, history, before);
  let older = 0;
  let old = 0;
  for (let index = from - 2; index < series.length; index++) {
    const sigma = upperbound[index]! - expected[index]!;
    // A flat history and a count like it is no excess at all: 0 / 0.
    const excess = Math.max(0, (series[index]! - expected[index]!) / sigma - 1 || 0);
    const count = series[index]!;
    upperbound[index] = Math.max(0, count + (sigma * (quantile - old - older) || 0));
    out.alarm[index] = count > upperbound[index]! ? 1 : 0;
    older = old;
    old = excess;
  }
  for (const column of [upperbound, expected, out.alarm]) column.fill(0, from - 2, from);
}
