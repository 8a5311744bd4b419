import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanNow, type CaseCount, type ScanInput, type ScanSettings } from "../src/index.ts";

const DAYS = 9;
const LONGEST = 3;

const towns = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 60 }),
      y: fc.integer({ min: 0, max: 60 }),
      people: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 3, maxLength: 8 },
  )
  .chain((places) =>
    fc.record({
      places: fc.constant(places),
      cases: fc.array(
        fc.record({
          place: fc.nat({ max: places.length - 1 }),
          day: fc.nat({ max: DAYS - 1 }),
          count: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 4, maxLength: 25 },
      ),
    }),
  );

/** Every circle and window, one by one, from the definition of the ratio (Kulldorff 1997, 2005). */
function bruteForce(input: ScanInput, model: string, type: string, inTime: boolean): number {
  const cases = input.cases as CaseCount[];
  const population = Array.from(input.population!);
  const total = sum(cases.map((each) => each.count));
  const everyone = sum(population);
  let best = 0;
  for (const zone of circles(input))
    for (const [from, to] of inTime ? windows(type) : [[0, DAYS - 1] as const]) {
      const during = cases.filter((each) => each.day >= from && each.day <= to);
      const observed = sum(during.filter((each) => zone.includes(each.place)).map((each) => each.count));
      const people = sum(
        population.filter((_, i) => {
          const day = i % DAYS;
          return zone.includes(Math.floor(i / DAYS)) && day >= from && day <= to;
        }),
      );
      const ofZone = sum(cases.filter((each) => zone.includes(each.place)).map((each) => each.count));
      const expected =
        model === "space-time-permutation"
          ? (ofZone * sum(during.map((each) => each.count))) / total
          : (total * people) / everyone;
      const ratio =
        model === "bernoulli"
          ? likelihood(observed, people) + likelihood(total - observed, everyone - people) - likelihood(total, everyone)
          : part(observed, observed / expected) + part(total - observed, (total - observed) / (total - expected));
      if (observed > expected && observed >= 2) best = Math.max(best, ratio);
    }
  return best;
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const part = (count: number, over: number) => (count > 0 ? count * Math.log(over) : 0);
/** The largest log-likelihood of so many cases among so many people. */
const likelihood = (count: number, people: number) =>
  part(count, count / people) + part(people - count, (people - count) / people);

function* circles({ places }: ScanInput): Generator<number[]> {
  for (const centre of places) {
    const far = places.map((place) => Math.hypot(place.x - centre.x, place.y - centre.y));
    for (const radius of far) yield Array.from(places.keys()).filter((i) => far[i]! <= radius + 1e-9);
  }
}

function windows(type: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let to = type === "prospective" ? DAYS - 1 : 0; to < DAYS; to++)
    for (let from = Math.max(0, to - LONGEST + 1); from <= to; from++) found.push([from, to]);
  return found;
}

/** Places of a circle all have other distances, so that the order of equals does not matter. */
const spread = (places: { x: number; y: number }[]) =>
  places.map(({ x, y }, i) => ({ id: `p${i}`, x: x + 0.0137 * i * i, y: y + 0.0071 * i }));

describe("the best cluster is the best of every circle and window, counted one by one", () => {
  for (const model of ["space-time-permutation", "poisson", "bernoulli"] as const)
    for (const type of ["prospective", "retrospective"] as const)
      for (const inTime of model === "space-time-permutation" ? [true] : [true, false])
        it(`${model}, ${type}${inTime ? "" : ", in space alone"}`, () => {
          fc.assert(
            fc.property(towns, ({ places, cases }) => {
              fc.pre(new Set(cases.map((each) => each.day)).size > 1);
              // People enough for every case to be one of them.
              const population = places.flatMap(({ people }) => Array.from({ length: DAYS }, () => people + 75));
              const input: ScanInput = { places: spread(places), cases, population };
              const settings: ScanSettings = {
                model,
                type,
                ...(inTime ? { windows: { from: 1, to: LONGEST } } : {}),
                maxShare: 1,
                start: 0,
                end: DAYS - 1,
                replicates: 1,
              };
              const [best] = scanNow(input, settings).clusters;
              expect(best?.llr ?? 0).toBeCloseTo(bruteForce(input, model, type, inTime), 8);
            }),
            { numRuns: 40 },
          );
        });
});
