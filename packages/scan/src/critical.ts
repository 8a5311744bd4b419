import { ratioOf, type Likelihood } from "./likelihood.ts";

/** No count reaches this. */
export const NEVER = 2 ** 30;

/**
 * For each class and lane the smallest count whose ratio, as far as it counts, may reach `level`: the search itself
 * needs no logarithm. `measures` is the smallest measure of each class (slow) and lane (fast); counts may be too small
 * by rounding, never too large.
 */
export function criticalCounts(
  likelihood: Likelihood,
  minCases: number,
  { measures, penalties }: { readonly measures: Float64Array; readonly penalties: Float64Array },
  lanes: number,
  level: number,
): Int32Array {
  const critical = new Int32Array(measures.length);
  // One by one where counts are large, otherwise in rising order: then a table of counts serves all of them.
  const most = measures.reduce((a, b) => (b < Infinity && b > a ? b : a), 0);
  if (most > 4 * measures.length) {
    measures.forEach((measure, at) => {
      const needed = level / penalties[Math.floor(at / lanes)]!;
      critical[at] = smallestCount(likelihood, minCases, measure, needed);
    });
    return critical;
  }
  for (const penalty of new Set(penalties)) {
    const rows = Array.from(penalties.keys()).filter((row) => penalties[row] === penalty);
    fillRows(critical, rows, largestMeasures(likelihood, minCases, level / penalty), likelihood.total, measures, lanes);
  }
  return critical;
}

function fillRows(
  critical: Int32Array,
  rows: number[],
  largest: (count: number) => number,
  total: number,
  measures: Float64Array,
  lanes: number,
): void {
  const first = new Map(rows.map((row) => [row, smallestFinite(measures, row * lanes, lanes)]));
  rows.sort((a, b) => first.get(a)! - first.get(b)!);
  for (let lane = 0; lane < lanes; lane++) {
    // Neighbouring classes need about the same count, so each search starts where the last one ended.
    let count = 0;
    for (const row of rows) {
      const measure = measures[row * lanes + lane]!;
      if (measure === Infinity) {
        critical[row * lanes + lane] = NEVER;
        continue;
      }
      while (count <= total && largest(count) < measure) count++;
      while (count > 0 && largest(count - 1) >= measure) count--;
      critical[row * lanes + lane] = count > total ? NEVER : Math.max(count, 1);
    }
  }
}

function smallestFinite(measures: Float64Array, from: number, lanes: number): number {
  let smallest = Infinity;
  for (let at = from; at < from + lanes; at++) if (measures[at]! < smallest) smallest = measures[at]!;
  return smallest;
}

/** The smallest count whose ratio reaches the level, by bisection. */
function smallestCount(likelihood: Likelihood, minCases: number, measure: number, level: number): number {
  if (measure === Infinity) return NEVER;
  const ratio = ratioOf(likelihood);
  // A larger zone of the class may hold more cases than the smallest one has people.
  const least = (count: number) => (likelihood.family === "bernoulli" ? Math.max(measure, count) : measure);
  const reaches = (count: number) => ratio(count, least(count)) >= level * (1 - 1e-12);
  const most = likelihood.total;
  if (!reaches(most)) return NEVER;
  let low = Math.max(minCases, 1) - 1;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** For a count the largest measure with which its ratio still reaches the level, at most 1/256 count too large. */
function largestMeasures(likelihood: Likelihood, minCases: number, level: number): (count: number) => number {
  const ratio = ratioOf(likelihood);
  const bernoulli = likelihood.family === "bernoulli";
  // The measure at which one more case is no surprise at all.
  const even = bernoulli ? likelihood.everyone / likelihood.total : 1;
  const known: number[] = [-1];
  const solve = (count: number): number => {
    if (count < minCases) return -1;
    let low = Math.max(known[count - 1]!, bernoulli ? count : 0);
    let high = Math.min(count * even, low + 1.001 * even);
    if (ratio(count, high) >= level) high = count * even;
    if (low > 0 && ratio(count, low) < level) {
      low = bernoulli ? count : 0;
      if (bernoulli && ratio(count, low) < level) return -1;
    }
    for (let round = 0; high - low > even / 256 && round < 60; round++) {
      const middle = (low + high) / 2;
      if (ratio(count, middle) >= level) low = middle;
      else high = middle;
    }
    return high;
  };
  return (count) => {
    while (known.length <= count) known.push(solve(known.length));
    return known[count]!;
  };
}
