import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanNow, type ScanInput, type ScanSettings } from "../src/index.ts";

/** A city of `sites` places with `cases` cases; some places hold many. */
function town(seed: number, sites: number, cases: number, days: number, heap = 1): ScanInput {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return {
    places: Array.from({ length: sites }, (_, i) => ({ id: `p${i}`, x: random(10_000), y: random(10_000) })),
    cases: Array.from({ length: cases }, () => ({
      place: Math.floor((random(1000) / 1000) ** 2 * sites),
      day: random(days),
      count: 1 + random(heap),
    })),
    population: Array.from({ length: sites }, () => 50 + random(500)),
  };
}

const same = (input: ScanInput, settings: ScanSettings) => {
  const [fast, plain] = [false, true].map((each) =>
    scanNow(input, { replicates: 21, maxShare: 0.5, ...settings }, { plain: each }),
  );
  expect(Array.from(fast!.maxima)).toEqual(Array.from(plain!.maxima));
  expect(fast!.clusters).toEqual(plain!.clusters);
};

describe("vector instructions and plain TypeScript agree to the last bit", () => {
  const models: [string, ScanSettings][] = [
    ["permutation", {}],
    ["more windows than one vector of bytes", { windows: { from: 1, to: 20 } }],
    ["windows from four days", { windows: { from: 4, to: 9 } }],
    ["retrospective", { type: "retrospective", windows: { from: 2, to: 7 } }],
    ["within weekdays", { permuteWithin: "weekday" }],
    [
      "within weekdays, retrospective",
      { permuteWithin: "weekday", type: "retrospective", windows: { from: 1, to: 5 } },
    ],
    ["Poisson in space", { model: "poisson" }],
    ["Poisson in space and time", { model: "poisson", windows: { from: 1, to: 7 }, type: "retrospective" }],
    ["few replicates at a time", { replicates: 2 }],
  ];
  for (const [name, settings] of models) it(name, () => same(town(3, 120, 1500, 40), settings));

  it("Bernoulli", () => {
    const { places, cases } = town(5, 60, 200, 1);
    same({ places, cases, population: places.map(() => 100) }, { model: "bernoulli" });
  });

  it("where counts do not fit into 8 bits, or into 16", () => {
    same(town(7, 40, 2000, 20, 60), {});
    same(town(8, 30, 100, 20, 2500), { replicates: 9 });
    same(town(9, 30, 100, 20, 2500), { replicates: 5, type: "retrospective", windows: { from: 1, to: 3 } });
    same(town(10, 30, 60, 20, 4000), { replicates: 9, model: "poisson" });
  });

  it("where one place is much larger than the others", () => {
    const input = town(11, 200, 3000, 60);
    const cases = [
      ...(input.cases as { place: number; day: number; count: number }[]),
      { place: 4, day: 59, count: 600 },
      { place: 4, day: 58, count: 200 },
    ];
    same({ ...input, cases }, { maxShare: 1 });
  });

  it("for any town", () => {
    const settings = fc.constantFrom(...models.slice(0, 6).map(([, each]) => each));
    const towns = fc.record({
      seed: fc.nat(1e6),
      sites: fc.integer({ min: 5, max: 60 }),
      cases: fc.integer({ min: 30, max: 400 }),
    });
    fc.assert(
      fc.property(towns, settings, ({ seed, sites, cases }, each) => {
        same(town(seed, sites, cases, 25), { ...each, replicates: 9 });
      }),
      { numRuns: 40 },
    );
  });
});
