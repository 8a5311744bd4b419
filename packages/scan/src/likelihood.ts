/** Ratios closer than this are equal; a tie counts against the alarm. */
export const TIE = 1e-9;

const xlogx = (count: number, over: number) => (count > 0 ? count * Math.log(count / over) : 0);

/** Log-likelihood ratio of `observed` against `expected` among `total` (Kulldorff 1997); 0 where it is no excess. */
export function poissonRatio(observed: number, expected: number, total: number): number {
  if (observed <= expected || expected <= 0) return 0;
  return xlogx(observed, expected) + xlogx(total - observed, total - expected);
}

/** Log-likelihood ratio of `observed` cases among `size` people, against `total` among `everyone` (Kulldorff 1997). */
export function bernoulliRatio(observed: number, size: number, total: number, everyone: number): number {
  if (size <= 0 || observed * everyone <= total * size) return 0;
  return (
    xlogx(observed, size) +
    xlogx(size - observed, size) +
    xlogx(total - observed, everyone - size) +
    xlogx(everyone - size - total + observed, everyone - size) -
    xlogx(total, everyone) -
    xlogx(everyone - total, everyone)
  );
}

/** How surprising a count is: falls with the measure (expected cases, or people) and rises with the count. */
export type Likelihood = {
  readonly family: "poisson" | "bernoulli";
  readonly total: number;
  /** Bernoulli: cases and controls together. */
  readonly everyone: number;
};

/** The log-likelihood ratio of a count and a measure. */
export function ratioOf({ family, total, everyone }: Likelihood) {
  return family === "poisson"
    ? (observed: number, measure: number) => poissonRatio(observed, measure, total)
    : (observed: number, measure: number) => bernoulliRatio(observed, measure, total, everyone);
}

/**
 * A number that the ratio does not exceed, without a logarithm: with d more cases than expected,
 * (e + d) ln(1 + d / e) <= d + d² / 2e, and (a - d) ln(1 - d / a) <= -d + d² / a for the rest a of the expectation.
 */
export function boundOf({ family, total }: Likelihood): (observed: number, measure: number) => number {
  if (family === "bernoulli") return () => Infinity;
  return (observed, measure) => {
    const more = observed - measure;
    if (more <= 0) return 0;
    const rest = total - measure;
    return rest > 0 && measure > 0 ? more * more * (0.5 / measure + 1 / rest) : Infinity;
  };
}
