/** A generator of whole numbers below a bound. */
export type Random = (below: number) => number;

/** Numbers are made this many at a time. */
const AHEAD = 64;

/** One stream per seed and replicate (sfc32), so that the order in which replicates run does not matter. */
export function randomStream(seed: number, replicate: number): Random {
  const state = Int32Array.of(seed, replicate, 0x9e3779b9 ^ Math.floor(seed / 4294967296), 1);
  const numbers = new Uint32Array(AHEAD);
  fill(state, numbers.subarray(0, 15));
  let next = AHEAD;
  return (below) => {
    if (next === AHEAD) {
      fill(state, numbers);
      next = 0;
    }
    return Math.floor((numbers[next++]! / 4294967296) * below);
  };
}

function fill(state: Int32Array, numbers: Uint32Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let counter = state[3]!;
  for (let i = 0; i < numbers.length; i++) {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    numbers[i] = sum;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}
