import { fillFitted, momentsFor, momentsOfCounts, startFromCounts, type Baseline, type Moments } from "./baseline.ts";

/** A fitted log-linear model: one level for each season and, if wanted, one slope. */
export type Fit = {
  readonly converged: boolean;
  readonly slope: number;
  /** Linear predictor at time 0 in season 0. */
  readonly eta: number;
  /** Of the linear predictor and of the slope, for a dispersion of 1. */
  readonly etaVariance: number;
  readonly slopeVariance: number;
  readonly fitted: Float64Array;
  /** What a count adds to its own fitted value, between 0 and 1. */
  leverage(i: number, season: number, time: number): number;
  /** Pearson dispersion. */
  readonly dispersion: number;
  readonly freedom: number;
};

const EPSILON = 1e-8;
const ROUNDS = 25;
/** Rounding of a deviance, relative to the sums that it is the difference of. */
const ROUNDING = 1e-15;

/**
 * Quasi-Poisson regression by iteratively reweighted least squares (McCullagh and Nelder 1989). Each count is in one
 * season, so the normal equations need no matrix, and what a round needs of the counts are three moments of the fitted
 * values: the target w (μη + y - μ) sums to moments because η is a level and a slope, and so does the deviance
 * 2 Σ w (y ln y - yη - y + μ) because y is fixed.
 * It starts and stops as `glm` of R does (relative change of the deviance below 1e-8, at most 25 rounds): bounds are
 * compared with those of R.
 */
export function fitSeasons(baseline: Baseline, trend: boolean): Fit {
  const { counts, seasonCount } = baseline;
  const fixed = momentsOfCounts(baseline);
  const levels = new Float64Array(seasonCount);
  const targets = new Float64Array(seasonCount);
  let [before, after] = [new Float64Array(counts.length), new Float64Array(counts.length)];
  let [now, next] = [momentsFor(seasonCount), momentsFor(seasonCount)];
  const start = startFromCounts(baseline, before, now, targets);
  const devianceOf = (explained: number, total: number) => 2 * (fixed.logs - explained - fixed.all + total);
  let deviance = devianceOf(start.explained, now.total);
  let { targetTimes } = start;
  let [slope, spread] = [0, 0];
  let converged = false;
  for (let round = 0; ; round++) {
    if (trend) {
      let product = targetTimes;
      spread = now.square;
      for (let season = 0; season < seasonCount; season++) {
        if (now.sums[season] === 0) continue;
        const centre = now.times[season]! / now.sums[season]!;
        product -= centre * targets[season]!;
        spread -= centre * now.times[season]!;
      }
      slope = product / spread;
    }
    let explained = slope * fixed.timed;
    for (let season = 0; season < seasonCount; season++) {
      if (now.sums[season] === 0) continue;
      levels[season] = (targets[season]! - slope * now.times[season]!) / now.sums[season]!;
      explained += levels[season]! * fixed.ofSeason[season]!;
    }
    fillFitted(baseline, levels, slope, after, next);
    const reached = devianceOf(explained, next.total);
    const moved = Math.abs(reached - deviance);
    converged = moved < EPSILON * (Math.abs(reached) + 0.1) || moved < ROUNDING * (fixed.logs + next.total);
    if (converged || round === ROUNDS - 1 || !Number.isFinite(reached)) break;
    deviance = reached;
    [now, next] = [next, now];
    [before, after] = [after, before];
    targetTimes = slope * now.square + fixed.timed;
    for (let season = 0; season < seasonCount; season++) {
      const level = levels[season]! - 1;
      targets[season] = level * now.sums[season]! + slope * now.times[season]! + fixed.ofSeason[season]!;
      targetTimes += level * now.times[season]!;
    }
  }
  return describe(baseline, { converged, slope, spread, trend, level: levels[0]!, before, after, moments: now });
}

/** Errors are made of the values before the last round, as in R. */
function describe(
  { counts, weights }: Baseline,
  last: Pick<Fit, "converged" | "slope"> & {
    readonly spread: number;
    readonly trend: boolean;
    readonly level: number;
    readonly before: Float64Array;
    readonly after: Float64Array;
    readonly moments: Moments;
  },
): Fit {
  const { converged, slope, spread, trend, level, before, after } = last;
  const { sums, times } = last.moments;
  const off = (season: number, time: number) => (trend ? (time - times[season]! / sums[season]!) ** 2 / spread : 0);
  let seasons = 0;
  for (const sum of sums) if (sum > 0) seasons++;
  const freedom = counts.length - seasons - (trend ? 1 : 0);
  let pearson = 0;
  for (let i = 0; i < counts.length; i++) {
    const residual = counts[i]! / after[i]! - 1;
    pearson += weights[i]! * before[i]! * residual * residual;
  }
  return {
    converged,
    slope,
    eta: level,
    etaVariance: 1 / sums[0]! + off(0, 0),
    slopeVariance: 1 / spread,
    fitted: after,
    leverage: (i, season, time) => weights[i]! * before[i]! * (1 / sums[season]! + off(season, time)),
    dispersion: pearson / freedom,
    freedom,
  };
}

/**
 * Standardised Anscombe residuals above a threshold make a past outbreak count for less (Farrington et al. 1996);
 * weights add up to the number of counts.
 */
export function outbreakWeights({ counts, runs }: Baseline, fit: Fit, threshold: number): Float64Array {
  const dispersion = Math.max(1, fit.dispersion);
  const weights = new Float64Array(counts.length).fill(1);
  let sum = counts.length;
  for (const { season, from, to, time } of runs)
    for (let i = from; i < to; i++) {
      const count = counts[i]!;
      const mean = fit.fitted[i]!;
      const more = count - mean;
      if (more <= 0) continue;
      const variance = dispersion * (1 - fit.leverage(i, season, time + i - from));
      // x^(2/3) lies below its tangent at 1, so the residual is at most (y - μ) / √μ: most need no roots.
      if (threshold > 0 && more * more < threshold * threshold * variance * mean) continue;
      const residual = (1.5 * (Math.cbrt(count * count) * mean ** (-1 / 6) - Math.sqrt(mean))) / Math.sqrt(variance);
      if (!(residual > threshold)) continue;
      weights[i] = 1 / (residual * residual);
      sum += weights[i]! - 1;
    }
  const scale = counts.length / sum;
  for (let i = 0; i < weights.length; i++) weights[i]! *= scale;
  return weights;
}
