/** Counts, the season each belongs to (0 is the one predicted), when each was, and how much each weighs. */
export type Baseline = {
  readonly counts: Float64Array;
  readonly seasons: Int32Array;
  readonly seasonCount: number;
  /** Relative to the point that is predicted, which is at 0. */
  readonly times: Float64Array;
  readonly weights: Float64Array;
};

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
  readonly working: Float64Array;
  readonly leverage: Float64Array;
  /** Pearson dispersion. */
  readonly dispersion: number;
  readonly freedom: number;
};

const EPSILON = 1e-8;
const ROUNDS = 25;

/**
 * Quasi-Poisson regression by iteratively reweighted least squares (McCullagh and Nelder 1989). Each count is in one
 * season, so the normal equations are solved in one pass without a matrix. It starts and stops as `glm` of R does
 * (relative change of the deviance below 1e-8, at most 25 rounds): bounds are compared with those of R.
 */
export function fitSeasons(baseline: Baseline, trend: boolean): Fit {
  const { counts, seasons, seasonCount, times, weights } = baseline;
  const n = counts.length;
  const fitted = Float64Array.from(counts, (count) => count + 0.1);
  const eta = fitted.map(Math.log);
  const logCounts = counts.map((count) => (count > 0 ? Math.log(count) : 0));
  const working = new Float64Array(n);
  const sums = new Float64Array(seasonCount);
  const timeSums = new Float64Array(seasonCount);
  const targetSums = new Float64Array(seasonCount);
  const levels = new Float64Array(seasonCount);
  let [slope, spread] = [0, 0];
  let before = devianceOf(baseline, fitted, eta, logCounts);
  let converged = false;
  for (let round = 0; round < ROUNDS && !converged; round++) {
    sums.fill(0);
    timeSums.fill(0);
    targetSums.fill(0);
    let [square, product] = [0, 0];
    for (let i = 0; i < n; i++) {
      const season = seasons[i]!;
      const weight = weights[i]! * fitted[i]!;
      working[i] = weight;
      const target = weight * (eta[i]! + counts[i]! / fitted[i]! - 1);
      sums[season]! += weight;
      targetSums[season]! += target;
      if (!trend) continue;
      timeSums[season]! += weight * times[i]!;
      square += weight * times[i]! * times[i]!;
      product += target * times[i]!;
    }
    if (trend) {
      spread = square;
      for (let season = 0; season < seasonCount; season++) {
        if (sums[season] === 0) continue;
        product -= (timeSums[season]! * targetSums[season]!) / sums[season]!;
        spread -= (timeSums[season]! * timeSums[season]!) / sums[season]!;
      }
      slope = product / spread;
    }
    for (let season = 0; season < seasonCount; season++)
      levels[season] = (targetSums[season]! - slope * timeSums[season]!) / sums[season]!;
    for (let i = 0; i < n; i++) {
      eta[i] = levels[seasons[i]!]! + slope * times[i]!;
      fitted[i] = Math.max(Math.exp(eta[i]!), Number.EPSILON);
    }
    const now = devianceOf(baseline, fitted, eta, logCounts);
    if (!Number.isFinite(now)) break;
    converged = Math.abs(now - before) / (Math.abs(now) + 0.1) < EPSILON;
    before = now;
  }
  const off = (season: number, time: number) => (trend ? (time - timeSums[season]! / sums[season]!) ** 2 / spread : 0);
  const freedom = n - seasonCount - (trend ? 1 : 0);
  let pearson = 0;
  for (let i = 0; i < n; i++) pearson += working[i]! * (counts[i]! / fitted[i]! - 1) ** 2;
  return {
    converged,
    slope,
    eta: levels[0]!,
    etaVariance: 1 / sums[0]! + off(0, 0),
    slopeVariance: 1 / spread,
    fitted,
    working,
    leverage: working.map((weight, i) => weight * (1 / sums[seasons[i]!]! + off(seasons[i]!, times[i]!))),
    dispersion: pearson / freedom,
    freedom,
  };
}

function devianceOf(
  { counts, weights }: Baseline,
  fitted: Float64Array,
  eta: Float64Array,
  logCounts: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++)
    sum += weights[i]! * (counts[i]! * (logCounts[i]! - eta[i]!) - counts[i]! + fitted[i]!);
  return 2 * sum;
}

/**
 * Standardised Anscombe residuals above a threshold make a past outbreak count for less (Farrington et al. 1996);
 * weights add up to the number of counts.
 */
export function outbreakWeights({ counts }: Baseline, fit: Fit, threshold: number): Float64Array {
  const dispersion = Math.max(1, fit.dispersion);
  const weights = counts.map((count, i) => {
    const mean = fit.fitted[i]!;
    const raw = 1.5 * (Math.cbrt(count * count) * mean ** (-1 / 6) - Math.sqrt(mean));
    const residual = raw / Math.sqrt(dispersion * (1 - fit.leverage[i]!));
    return residual > threshold ? residual ** -2 : 1;
  });
  const scale = counts.length / weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight * scale);
}
