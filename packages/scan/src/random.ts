/** A generator of whole numbers below a bound. */
export type Random = (below: number) => number;

/** One stream per seed and replicate (sfc32), so that the order in which replicates run does not matter. */
export function randomStream(seed: number, replicate: number): Random {
  let a = seed | 0;
  let b = replicate | 0;
  let c = 0x9e3779b9 ^ Math.floor(seed / 4294967296);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  return (below) => Math.floor((next() / 4294967296) * below);
}
