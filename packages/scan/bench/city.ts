import { randomStream } from "../src/random.ts";
import type { CaseColumns, Place } from "../src/index.ts";

/** A made-up city: six quarters, a weekly rhythm, and no cluster. */
export function makeCity(
  placeCount: number,
  cases: number,
  days: number,
  seed: number,
): { places: Place[]; cases: CaseColumns } {
  const random = randomStream(seed, 0);
  const uniform = () => random(2 ** 32) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const quarters = Array.from({ length: 6 }, () => [uniform() * 20, uniform() * 15, 1 + uniform() * 3] as const);
  const places = Array.from({ length: placeCount }, (_, i) => {
    const [x, y, wide] = quarters[random(6)]!;
    return { id: String(i), x: x + normal() * wide, y: y + normal() * wide };
  });
  const people = running(places.map(() => Math.exp(0.8 * normal())));
  const rhythm = running(Array.from({ length: days }, (_, day) => [1.25, 1.1, 1.05, 1, 1, 0.75, 0.6][day % 7]!));
  const place = new Int32Array(cases);
  const day = new Int32Array(cases);
  for (let i = 0; i < cases; i++) {
    place[i] = pick(people, uniform());
    day[i] = pick(rhythm, uniform());
  }
  return { places, cases: { place, day, count: new Int32Array(cases).fill(1) } };
}

function running(weights: number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

function pick(sums: Float64Array, share: number): number {
  const mark = share * sums.at(-1)!;
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > mark) high = middle;
    else low = middle + 1;
  }
  return low;
}
