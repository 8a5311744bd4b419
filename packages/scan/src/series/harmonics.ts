import { SeriesInputError } from "./series.ts";
import { logGamma } from "./distributions.ts";

/** A seasonal mean: `mean` of any index, and the dispersion `alpha` (variance is mean + alpha × mean²). */
export type Seasonal = { readonly alpha: number; mean(index: number): number };

type Shape = { readonly period: number; readonly harmonics: number; readonly trend: boolean };

/**
 * Regression of counts on sines and cosines, with a given dispersion (0 is Poisson). To fit it as well, the mean for a
 * given dispersion by reweighted least squares and the dispersion for given means by maximum likelihood are found in
 * turn, until neither moves (Venables and Ripley 2002, 7.4).
 */
export function fitHarmonics(counts: Float64Array, shape: Shape, given: number | "fit"): Seasonal {
  const columns = 1 + (shape.trend ? 1 : 0) + 2 * shape.harmonics;
  if (counts.length <= columns) throw new SeriesInputError("the history is too short for a seasonal mean");
  const rows = Array.from(counts, (_, i) => rowAt(i, shape, counts.length));
  let alpha = given === "fit" ? 0 : given;
  let coefficients = leastSquares(counts, rows, alpha);
  for (let round = 0; given === "fit" && round < 50; round++) {
    const means = rows.map((row) => Math.exp(dot(row, coefficients)));
    const next = dispersionOf(counts, means);
    coefficients = leastSquares(counts, rows, next, coefficients);
    const moved = Math.abs(next - alpha);
    alpha = next;
    if (moved < 1e-10 * (1 + alpha)) break;
  }
  return { alpha, mean: (index) => Math.exp(dot(rowAt(index, shape, counts.length), coefficients)) };
}

function rowAt(index: number, { period, harmonics, trend }: Shape, length: number): number[] {
  const row = trend ? [1, (index + 1) / length] : [1];
  for (let s = 1; s <= harmonics; s++) {
    const angle = (2 * s * Math.PI * (index + 1)) / period;
    row.push(Math.cos(angle), Math.sin(angle));
  }
  return row;
}

const dot = (row: readonly number[], coefficients: readonly number[]) =>
  row.reduce((sum, x, i) => sum + x * coefficients[i]!, 0);

function leastSquares(counts: Float64Array, rows: number[][], alpha: number, start?: number[]): number[] {
  const size = rows[0]!.length;
  let coefficients = start;
  for (let round = 0; round < 60; round++) {
    const matrix = Array.from({ length: size }, () => Array.from({ length: size + 1 }, () => 0));
    rows.forEach((row, i) => {
      const mean = coefficients ? Math.exp(dot(row, coefficients)) : counts[i]! + 0.1;
      const weight = mean / (1 + alpha * mean);
      const target = Math.log(mean) + counts[i]! / mean - 1;
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) matrix[a]![b]! += weight * row[a]! * row[b]!;
        matrix[a]![size]! += weight * row[a]! * target;
      }
    });
    const next = solve(matrix);
    const moved = coefficients ? Math.max(...next.map((x, i) => Math.abs(x - coefficients![i]!))) : Infinity;
    coefficients = next;
    if (moved < 1e-11) break;
  }
  return coefficients!;
}

/** Gaussian elimination of a symmetric positive system with its right side in the last column. */
function solve(matrix: number[][]): number[] {
  const size = matrix.length;
  for (let p = 0; p < size; p++) {
    if (!(Math.abs(matrix[p]![p]!) > 1e-12))
      throw new SeriesInputError("the history does not determine a seasonal mean");
    for (let a = 0; a < size; a++) {
      if (a === p) continue;
      const factor = matrix[a]![p]! / matrix[p]![p]!;
      for (let b = p; b <= size; b++) matrix[a]![b]! -= factor * matrix[p]![b]!;
    }
  }
  return matrix.map((row, p) => row[size]! / row[p]!);
}

/** The dispersion of the greatest likelihood, by golden section on its logarithm; 0 where Poisson is as good. */
function dispersionOf(counts: Float64Array, means: number[]): number {
  const likelihood = (logAlpha: number) => {
    const size = Math.exp(-logAlpha);
    let sum = 0;
    for (let i = 0; i < counts.length; i++) {
      const [count, mean] = [counts[i]!, means[i]!];
      sum +=
        logGamma(count + size) -
        logGamma(size) -
        (size + count) * Math.log(size + mean) +
        size * Math.log(size) +
        count * Math.log(mean);
    }
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [-14, 5];
  for (let round = 0; round < 60; round++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (likelihood(left) > likelihood(right)) high = right;
    else low = left;
  }
  const found = (low + high) / 2;
  return found < -13 ? 0 : Math.exp(found);
}
