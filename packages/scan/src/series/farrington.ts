import { countQuantile, countTail, normalQuantile, normalTail, studentP } from "./distributions.ts";
import type { Baseline, Run } from "./baseline.ts";
import { fitSeasons, outbreakWeights, type Fit } from "./regression.ts";
import { checkCalendar, oldestPoint, sameTimeOfYears, type Calendar } from "./years.ts";
import { checkChance, checkCounts, checkWhole, firstIndex, SeriesInputError, type Verdict } from "./series.ts";

export type FarringtonSettings = Calendar & {
  /** Years of history, default 4. */
  readonly years?: number;
  /** Points around the same time of each year, default 3. */
  readonly halfWindow?: number;
  /** Default 0.05 (1996, both sides together) and 0.01 (flexible, upper side). */
  readonly alpha?: number;
  /** First index to judge; default the first with enough history. */
  readonly from?: number;
  readonly reweight?: boolean;
  readonly trend?: boolean;
  /** No alarm when the last `points` hold fewer than `cases`; default 5 in 4 (1996), none (flexible). */
  readonly enough?: { readonly cases: number; readonly points: number };
};

export type FlexibleSettings = FarringtonSettings & {
  /** Seasons of a year, default 10; 1 uses only the windows, as in 1996. */
  readonly seasons?: number;
  /** Default 2.58. */
  readonly weightsThreshold?: number;
  /** Points before the one judged that are left out of the history, default 26. */
  readonly leaveOut?: number;
  /** A slope with a larger p-value is dropped; default 1, keeping it. */
  readonly trendP?: number;
  /** How the bound is drawn: a quantile of the fitted count (Noufaily et al. 2013), one that adds the error of the fit, or 1996. */
  readonly threshold?: "noufaily" | "muan" | "delta";
};

type Chosen = Calendar & Required<Omit<FlexibleSettings, "from" | "dates">> & { readonly original: boolean };

/** The method of Farrington et al. (1996), with the 2/3 power transformation. */
export function farrington(counts: ArrayLike<number>, settings: FarringtonSettings): Verdict[] {
  return judge(counts, settings.from, {
    years: 4,
    halfWindow: 3,
    alpha: 0.05,
    reweight: true,
    trend: true,
    enough: { cases: 5, points: 4 },
    ...withoutUndefined(settings),
    seasons: 1,
    weightsThreshold: 1,
    leaveOut: 0,
    trendP: 0.05,
    threshold: "delta",
    original: true,
  });
}

/** The flexible method of Noufaily et al. (2013), and what lies between the two (Salmon, Schumacher and Höhle 2016). */
export function farringtonFlexible(counts: ArrayLike<number>, settings: FlexibleSettings): Verdict[] {
  return judge(counts, settings.from, {
    years: 4,
    halfWindow: 3,
    alpha: 0.01,
    reweight: true,
    trend: true,
    enough: { cases: 0, points: 4 },
    seasons: 10,
    weightsThreshold: 2.58,
    leaveOut: 26,
    trendP: 1,
    threshold: "noufaily",
    ...withoutUndefined(settings),
    original: false,
  });
}

function withoutUndefined<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}

function judge(counts: ArrayLike<number>, wanted: number | undefined, chosen: Chosen): Verdict[] {
  checkCounts(counts);
  const { period, years, halfWindow, seasons, leaveOut, enough } = chosen;
  checkWhole("the period", period, 2);
  checkWhole("the years of history", years, 1);
  checkWhole("the half window", halfWindow, 0);
  checkWhole("the number of seasons", seasons, 1);
  checkWhole("the points left out", leaveOut, 0);
  checkWhole("the points of enough cases", enough.points, 1);
  checkChance(chosen.alpha);
  if (period <= 2 * halfWindow + seasons)
    throw new SeriesInputError("a year must have more points than the window and the seasons together");
  checkCalendar(counts.length, chosen);
  // The method of 1996 may be asked to judge with fewer windows than wanted, as in R.
  const least = chosen.original ? historyOf(counts.length, { ...chosen, years: 1 }) : undefined;
  const from = firstIndex(counts.length, historyOf(counts.length, chosen), wanted, least);
  const verdicts: Verdict[] = [];
  for (let index = from; index < counts.length; index++) verdicts.push(verdictAt(counts, index, chosen));
  return verdicts;
}

/** The first index whose history lies within the series: from there on all have one. */
function historyOf(length: number, chosen: Chosen): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const oldest = oldestPoint(middle, chosen.years, chosen);
    if (oldest >= chosen.halfWindow) high = middle;
    else low = middle + 1;
  }
  return low;
}

function verdictAt(counts: ArrayLike<number>, index: number, chosen: Chosen): Verdict {
  const count = counts[index]!;
  const model = fitBaseline(baselineOf(counts, index, chosen), chosen);
  if (!model) return { index, count, upperbound: null, alarm: false, expected: null, p: null };
  const { upperbound, mean, p } =
    chosen.threshold === "delta" ? powerBound(model, count, chosen) : countBound(model, count, chosen);
  const enough = recent(counts, index, chosen.enough.points) >= chosen.enough.cases;
  const bounded = enough && Number.isFinite(upperbound);
  // The score of the paper; more than 1 is an alarm.
  const score =
    (count - (chosen.threshold === "delta" ? mean : model.eta)) /
    (upperbound - (chosen.threshold === "delta" ? mean : model.eta));
  return {
    index,
    count,
    upperbound: bounded ? upperbound : chosen.original ? 0 : null,
    alarm: bounded && score > 1 && count > 0,
    expected: bounded ? mean : null,
    p: Number.isFinite(p) ? p : null,
  };
}

function recent(counts: ArrayLike<number>, index: number, points: number): number {
  let sum = 0;
  for (let at = Math.max(0, index - points + 1); at <= index; at++) sum += counts[at]!;
  return sum;
}

/**
 * History of a point: the windows around the same time of earlier years are season 0; what lies between two windows is
 * cut into the other seasons, the first ones longer where it does not come out even.
 */
function baselineOf(counts: ArrayLike<number>, index: number, chosen: Chosen): Baseline {
  const { halfWindow, seasons, leaveOut, original } = chosen;
  const points = sameTimeOfYears(index, chosen.years, chosen);
  const last = original ? index : index - leaveOut - 1;
  const kept = new Float64Array(index - points[chosen.years]! + 2 * halfWindow + 1);
  const runs: Run[] = [];
  let used = 0;
  const keep = (from: number, to: number, season: number) => {
    const begin = Math.max(from, 0);
    const end = Math.min(to, last);
    if (end < begin) return;
    runs.push({ season, from: used, to: used + end - begin + 1, time: begin - index });
    for (let at = begin; at <= end; at++) kept[used++] = counts[at]!;
  };
  for (let year = chosen.years; year >= 1; year--) {
    const [point, next] = [points[year]!, points[year - 1]!];
    keep(point - halfWindow, point + halfWindow, 0);
    const between = next - point - 2 * halfWindow - 1;
    const length = Math.floor(between / (seasons - 1));
    let begin = point + halfWindow + 1;
    for (let season = 1; season < seasons; season++) {
      const end = begin + length + (season <= between % (seasons - 1) ? 1 : 0);
      keep(begin, end - 1, season);
      begin = end;
    }
  }
  if (!original) keep(index - halfWindow, index - 1, 0);
  return { counts: kept.subarray(0, used), runs, seasonCount: seasons, weights: new Float64Array(used).fill(1) };
}

type Model = { readonly eta: number; readonly error: number; readonly dispersion: number };

/** Fit with a slope, and again without it where it is not wanted, not significant, or predicts more than was ever seen. */
function fitBaseline(baseline: Baseline, chosen: Chosen): Model | undefined {
  const sloped = chosen.trend ? fitReweighted(baseline, true, chosen) : undefined;
  if (sloped?.trend) {
    const { fit, scale } = sloped;
    const p = studentP(fit.slope / Math.sqrt(scale * fit.slopeVariance), fit.freedom);
    let most = 0;
    for (const count of baseline.counts) if (count > most) most = count;
    if (p < chosen.trendP && chosen.years >= 3 && Math.exp(fit.eta) <= most) return modelOf(sloped, chosen);
  }
  const flat = sloped && !sloped.trend ? sloped : fitReweighted(baseline, false, chosen);
  return flat && modelOf(flat, chosen);
}

type Reweighted = { readonly fit: Fit; readonly trend: boolean; readonly scale: number };

function fitReweighted(baseline: Baseline, wanted: boolean, chosen: Chosen): Reweighted | undefined {
  let trend = wanted;
  let fit = fitSeasons(baseline, trend);
  if (!fit.converged && trend) fit = fitSeasons(baseline, (trend = false));
  if (!fit.converged) return undefined;
  if (!chosen.reweight) return { fit, trend, scale: fit.dispersion };
  const weights = outbreakWeights(baseline, fit, chosen.weightsThreshold);
  fit = fitSeasons({ ...baseline, weights }, trend);
  return { fit, trend, scale: chosen.original ? fit.dispersion : relativeDispersion(baseline, fit, weights) };
}

/**
 * The dispersion that the `surveillance` package of R takes for standard errors of its flexible method: outbreak
 * weights stand where the weights of the regression belong, so residuals are relative to the mean.
 */
function relativeDispersion({ counts }: Baseline, fit: Fit, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += weights[i]! * (counts[i]! / fit.fitted[i]! - 1) ** 2;
  return sum / fit.freedom;
}

function modelOf({ fit, scale }: Reweighted, { original }: Chosen): Model {
  const dispersion = Math.max(1, fit.dispersion);
  return { eta: fit.eta, error: Math.sqrt((original ? dispersion : scale) * fit.etaVariance), dispersion };
}

/** The 2/3 power of a count is nearly normal (Farrington et al. 1996). */
function powerBound({ eta, error, dispersion }: Model, count: number, { alpha, original }: Chosen) {
  const mean = Math.exp(eta);
  const spread = dispersion + (error * mean) ** 2 / mean;
  const deviation = Math.sqrt((4 / 9) * Math.cbrt(mean) * spread);
  const centre = Math.cbrt(mean * mean);
  const upperbound = (centre + normalQuantile(1 - (original ? alpha / 2 : alpha)) * deviation) ** 1.5;
  return { upperbound, mean, p: normalTail((Math.cbrt(count * count) - centre) / deviation) };
}

/** A quantile of the count itself (Noufaily et al. 2013; with the error of the fit: Salmon et al. 2016). */
function countBound({ eta, error, dispersion }: Model, count: number, { alpha, threshold }: Chosen) {
  const mean = Math.exp(eta);
  const high = threshold === "noufaily" ? mean : Math.exp(eta + normalQuantile(1 - alpha) * error);
  if (!Number.isFinite(high)) return { upperbound: Number.NaN, mean, p: Number.NaN };
  return { upperbound: countQuantile(1 - alpha, high, dispersion), mean, p: countTail(count, high, dispersion) };
}
