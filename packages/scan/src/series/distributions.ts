/** Upper quantile of the standard normal distribution: Wichura 1988 (AS 241), to about 1e-16. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(r, CENTRE)) / polynomial(r, CENTRE_BELOW);
  }
  const tail = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const value =
    tail <= 5
      ? polynomial(tail - 1.6, MIDDLE) / polynomial(tail - 1.6, MIDDLE_BELOW)
      : polynomial(tail - 5, FAR) / polynomial(tail - 5, FAR_BELOW);
  return q < 0 ? -value : value;
}

/** Coefficients of the published algorithm, constant term first. */
const CENTRE = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
  67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_BELOW = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
  28729.085735721942674, 5226.495278852545925,
];
const MIDDLE = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const MIDDLE_BELOW = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
  0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_BELOW = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];

function polynomial(x: number, coefficients: readonly number[]): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i]!;
  return value;
}

/** The chance that a standard normal variable is larger: a series near 0, a continued fraction far out. */
export function normalTail(z: number): number {
  const size = Math.abs(z);
  const density = Math.exp((-size * size) / 2) / Math.sqrt(2 * Math.PI);
  let tail: number;
  if (size < 4) {
    let [term, sum] = [size, size];
    for (let i = 3; term > 1e-17 * sum; i += 2) sum += term *= (size * size) / i;
    tail = 0.5 - density * sum;
  } else {
    let fraction = size;
    for (let i = 60; i >= 1; i--) fraction = size + i / fraction;
    tail = density / fraction;
  }
  return z >= 0 ? tail : 1 - tail;
}

/** Logarithm of the gamma function for x > 0: Stirling's series after shifting x above 15. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 15) shift += Math.log(at++);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.9189385332046727 + series - shift;
}

/** Two-sided p-value of Student's t: the regularised incomplete beta function by its continued fraction. */
export function studentP(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** Regularised incomplete beta function (Lentz's method). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  let [fraction, c, d] = [1, 1, 0];
  for (let i = 0; i < 400; i++) {
    const m = i >> 1;
    const numerator =
      i === 0
        ? 1
        : i % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + numerator * d || Number.MIN_VALUE);
    c = 1 + numerator / c || Number.MIN_VALUE;
    fraction *= c * d;
    if (Math.abs(1 - c * d) < 1e-15) break;
  }
  return (front * (fraction - 1)) / a;
}

/**
 * The smallest count that a negative binomial variable with this mean and variance `dispersion` × mean does not exceed
 * with probability `p`; a Poisson variable where the dispersion is 1.
 */
export function countQuantile(p: number, mean: number, dispersion: number): number {
  if (!(mean > 0)) return 0;
  const size = mean / (dispersion - 1);
  const above = 1 - 1 / dispersion;
  const poisson = dispersion <= 1;
  let mass = Math.exp(poisson ? -mean : -size * Math.log(dispersion));
  if (mass < 1e-280) return farQuantile(p, mean, dispersion);
  let sum = mass;
  let count = 0;
  // A sum that falls short by rounding alone has arrived, as in R.
  while (sum < p * (1 - 64 * Number.EPSILON)) {
    count++;
    mass *= poisson ? mean / count : ((size + count - 1) / count) * above;
    sum += mass;
    if (mass === 0 && count > mean) break;
  }
  return count;
}

/** The same where the chance of zero is too small to start from: start near the mean, with logarithms. */
function farQuantile(p: number, mean: number, dispersion: number): number {
  const poisson = dispersion <= 1;
  const size = mean / (dispersion - 1);
  const logMass = (n: number) =>
    poisson
      ? n * Math.log(mean) - mean - logGamma(n + 1)
      : logGamma(n + size) -
        logGamma(size) -
        logGamma(n + 1) -
        size * Math.log(dispersion) +
        n * Math.log(1 - 1 / dispersion);
  const deviation = Math.sqrt(mean * Math.max(1, dispersion));
  let count = Math.max(0, Math.floor(mean - 40 * deviation));
  let sum = Math.exp(logMass(count));
  while (sum < p * (1 - 64 * Number.EPSILON) && count < mean + 80 * deviation) sum += Math.exp(logMass(++count));
  return count;
}

/** The chance that such a variable is at least `count`. */
export function countTail(count: number, mean: number, dispersion: number): number {
  if (count <= 0) return 1;
  const poisson = dispersion === 1;
  if (!(mean > 0)) return 0;
  const size = mean / (dispersion - 1);
  if (!poisson) return 1 - incompleteBeta(1 / dispersion, size, count);
  let mass = Math.exp(-mean);
  let below = 0;
  for (let n = 0; n < count; n++) {
    below += mass;
    mass *= mean / (n + 1);
  }
  return Math.max(0, 1 - below);
}
