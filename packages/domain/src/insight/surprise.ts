/**
 * The chance that a quantity of Student's t distribution is larger than `t`.
 * @param freedom whole degrees of freedom, even (Abramowitz and Stegun 26.7.4: a finite sum)
 */
export function studentTail(t: number, freedom: number): number {
  if (!(freedom >= 2) || freedom % 2 !== 0) throw new RangeError("the degrees of freedom must be even, from 2");
  if (t < 0) return 1 - studentTail(-t, freedom);
  // 1 - sin θ, without losing digits where it is small.
  const hypotenuse = Math.hypot(t, Math.sqrt(freedom));
  const sine = t / hypotenuse;
  const squaredCosine = freedom / (hypotenuse * hypotenuse);
  let term = 1;
  let sum = 1;
  for (let k = 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * squaredCosine;
    sum += term;
  }
  return farTail(sine, squaredCosine, sum, freedom);
}

/** Below a chance of about 1e-9 the sum cancels to nothing; there the series of the tail itself is exact. */
function farTail(sine: number, squaredCosine: number, sum: number, freedom: number): number {
  const near = (1 - sine * sum) / 2;
  if (near > 1e-8) return near;
  let term = 1;
  for (let k = 2; k <= freedom; k += 2) term *= (k - 1) / k;
  term *= squaredCosine ** (freedom / 2);
  let tail = 0;
  for (let k = freedom; k < freedom + 400; k += 2) {
    tail += term;
    term *= ((k + 1) / (k + 2)) * squaredCosine;
  }
  return (sine * tail) / 2;
}
