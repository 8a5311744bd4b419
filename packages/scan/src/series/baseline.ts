/** Counts of a history, and how much each weighs. */
export type Baseline = {
  readonly counts: Float64Array;
  readonly weights: Float64Array;
  /** Stretches without a gap within one season, in the order of the counts. */
  readonly runs: readonly Run[];
  /** Season 0 is the one predicted. */
  readonly seasonCount: number;
};

export type Run = {
  readonly season: number;
  /** Counts `from` to `to - 1`. */
  readonly from: number;
  readonly to: number;
  /** When the first was, relative to the point that is predicted, which is at 0; the others follow one by one. */
  readonly time: number;
};

/** Sums of fitted values times their weights: of each season, the same times time, and of all times time squared. */
export type Moments = { readonly sums: Float64Array; readonly times: Float64Array; square: number; total: number };

export const momentsFor = (seasonCount: number): Moments => ({
  sums: new Float64Array(seasonCount),
  times: new Float64Array(seasonCount),
  square: 0,
  total: 0,
});

/** Sums of the weighted counts: all, of each season, all times time; and of y ln y. */
export function momentsOfCounts({ counts, weights, runs, seasonCount }: Baseline) {
  const ofSeason = new Float64Array(seasonCount);
  let [all, timed, logs] = [0, 0, 0];
  for (const { season, from, to, time } of runs) {
    let sum = 0;
    for (let i = from; i < to; i++) {
      const count = counts[i]!;
      if (count === 0) continue;
      const weighted = weights[i]! * count;
      sum += weighted;
      timed += weighted * (time + i - from);
      logs += weighted * logOf(count);
    }
    ofSeason[season]! += sum;
    all += sum;
  }
  return { all, ofSeason, timed, logs };
}

/**
 * The values that a fit starts from, a little above the counts, and their moments. `targets` of the seasons, and the
 * sum of all targets times time, are what the first round regresses on; `explained` is the sum of counts times logs.
 */
export function startFromCounts(
  { counts, weights, runs }: Baseline,
  fitted: Float64Array,
  moments: Moments,
  targets: Float64Array,
): { explained: number; targetTimes: number } {
  let [explained, targetTimes] = [0, 0];
  for (const { season, from, to, time } of runs)
    for (let i = from; i < to; i++) {
      const start = counts[i]! + 0.1;
      const log = logOf(start);
      const weight = weights[i]! * start;
      const cases = weights[i]! * counts[i]!;
      const target = weight * (log - 1) + cases;
      const at = time + i - from;
      fitted[i] = start;
      moments.sums[season]! += weight;
      moments.times[season]! += weight * at;
      moments.square += weight * at * at;
      moments.total += weight;
      targets[season]! += target;
      targetTimes += target * at;
      explained += cases * log;
    }
  return { explained, targetTimes };
}

/** Fill in the values of a model and their moments: within a run they are a geometric series. */
export function fillFitted(
  { weights, runs }: Baseline,
  levels: Float64Array,
  slope: number,
  fitted: Float64Array,
  moments: Moments,
): void {
  moments.sums.fill(0);
  moments.times.fill(0);
  const factor = Math.exp(slope);
  let [square, total] = [0, 0];
  for (const { season, from, to, time } of runs) {
    let value = Math.exp(levels[season]! + slope * time);
    let sum = 0;
    let timed = 0;
    let at = time;
    for (let i = from; i < to; i++) {
      const mean = value > Number.EPSILON ? value : Number.EPSILON;
      const weight = weights[i]! * mean;
      const weightTime = weight * at;
      fitted[i] = mean;
      sum += weight;
      timed += weightTime;
      square += weightTime * at;
      value *= factor;
      at++;
    }
    moments.sums[season]! += sum;
    moments.times[season]! += timed;
    total += sum;
  }
  moments.square = square;
  moments.total = total;
}

/** Logarithms of small counts, and of small counts and a tenth, are wanted again and again. */
const SMALL = 4096;
const logs = Float64Array.from({ length: SMALL }, (_, count) => Math.log(count));
const logsAbove = Float64Array.from({ length: SMALL }, (_, count) => Math.log(count + 0.1));

function logOf(value: number): number {
  const count = Math.floor(value);
  if (count >= SMALL) return Math.log(value);
  return count === value ? logs[count]! : logsAbove[count]!;
}
