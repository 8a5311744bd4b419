/** Whole part of the `degree`-th root of a number, by Newton's method. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n += 1n) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
}

const low64 = (1n << 64n) - 1n;

/** First 64 bits of the fractions of the cube roots of the first 80 primes (FIPS 180-4, 4.2.3). */
export const cubeRoots = primes(80).map((prime) => root(prime << 192n, 3n) & low64);
/** First 64 bits of the fractions of the square roots of the first 8 primes (FIPS 180-4, 5.3.5). */
export const squareRoots = primes(8).map((prime) => root(prime << 128n, 2n) & low64);
