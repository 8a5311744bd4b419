import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bernoulliRatio, poissonRatio } from "../src/likelihood.ts";
import { scanNow, type CaseCount, type ScanInput, type ScanSettings } from "../src/index.ts";

const settings: ScanSettings = { maxShare: 0.5, replicates: 19, windows: { from: 1, to: 5 } };
const models: ScanSettings[] = [
  { ...settings },
  { ...settings, type: "retrospective" },
  { ...settings, permuteWithin: "weekday" },
  { ...settings, model: "poisson", type: "retrospective" },
  { ...settings, model: "poisson" },
];

const inputs = fc
  .record({
    spots: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 4,
      maxLength: 14,
      selector: (spot) => spot.join(),
    }),
    rows: fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 3 })), {
      minLength: 20,
      maxLength: 60,
    }),
  })
  .map(({ spots, rows }): ScanInput => ({
    places: spots.map(([x, y], i) => ({ id: `p${i}`, x, y })),
    cases: [
      ...rows.map(([place, day, count]) => ({ place: place % spots.length, day, count })),
      { place: 0, day: 0, count: 1 },
      { place: 1, day: 20, count: 1 },
    ],
    population: spots.map((_, i) => 5 + ((i * 7) % 11)),
  }));

/** What a cluster says, without what depends on names. */
const found = (input: ScanInput, each: ScanSettings) =>
  attempt(() =>
    scanNow(input, each).clusters.map(({ locations, days, observed, llr, p }) => ({
      locations: locations.toSorted(),
      days,
      observed,
      llr: llr.toFixed(9),
      p,
    })),
  );

const rowsOf = (input: ScanInput) => input.cases as CaseCount[];

function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a scan does not depend on how its input is written down", () => {
  it("the order of places and rows changes nothing", () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...models), (input, each) => {
        const last = input.places.length - 1;
        const turned: ScanInput = {
          places: input.places.toReversed(),
          cases: rowsOf(input)
            .toReversed()
            .map((row) => ({ ...row, place: last - row.place })),
          population: Array.from(input.population!).toReversed(),
        };
        expect(found(turned, each)).toEqual(found(input, each));
      }),
      { numRuns: 60 },
    );
  });

  it("moving all days moves the clusters and nothing else", () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...models), fc.integer({ min: -500, max: 500 }), (input, each, weeks) => {
        const by = weeks * 7;
        const later = { ...input, cases: rowsOf(input).map((row) => ({ ...row, day: row.day + by })) };
        const ours = found(input, each);
        const moved =
          typeof ours === "string" ? ours : ours.map((one) => ({ ...one, days: one.days.map((day) => day + by) }));
        expect(found(later, each)).toEqual(moved);
      }),
      { numRuns: 40 },
    );
  });

  it("a distance matrix of straight lines gives the same as coordinates", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const spread = input.places.map(({ id, x, y }, i) => ({ id, x: x + i * 0.001, y: y + i * i * 0.0007 }));
        const distances = spread.flatMap((one) => spread.map((other) => Math.hypot(one.x - other.x, one.y - other.y)));
        const places = { ...input, places: spread };
        expect(found({ ...places, distances }, settings)).toEqual(found(places, settings));
      }),
      { numRuns: 40 },
    );
  });
});

describe("the ratio", () => {
  it("of the best cluster is the largest of all zones and windows, counted one by one", () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom("prospective", "retrospective"), (input, type) => {
        const { clusters } = scanNow(input, { ...settings, type, minCases: 1, maxShare: 1, replicates: 1 });
        expect(clusters[0]?.llr ?? 0).toBeCloseTo(bruteForce(input, type), 9);
      }),
      { numRuns: 40 },
    );
  });

  it("never falls when there are more cases inside", () => {
    const whole = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(whole, whole, fc.double({ min: 0.01, max: 1, noNaN: true }), (inside, outside, share) => {
        const total = inside + outside + 1;
        const [fewer, more] = [inside, inside + 1].map((n) => poissonRatio(n, share * total * 0.99, total));
        expect(more!).toBeGreaterThanOrEqual(fewer! - 1e-9);
        const people = Math.ceil(total / share);
        const size = Math.max(inside + 1, Math.ceil(people / 2));
        const [less, greater] = [inside, inside + 1].map((n) => bernoulliRatio(n, size, total, people * 2));
        expect(greater!).toBeGreaterThanOrEqual(less! - 1e-9);
      }),
    );
  });

  it("of the best cluster never falls when a case inside is added", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const each = { ...settings, model: "poisson", maxShare: 0.5, replicates: 1 } as const;
        const before = scanNow(input, each).clusters[0];
        if (!before) return;
        const place = input.places.findIndex((one) => one.id === before.locations[0]);
        const cases = [...rowsOf(input), { place, day: before.days[1], count: 1 }];
        expect(scanNow({ ...input, cases }, each).clusters[0]!.llr).toBeGreaterThanOrEqual(before.llr - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

describe("p-values without clusters are uniform", () => {
  const draws = (each: ScanSettings) => {
    const places = Array.from({ length: 30 }, (_, i) => ({ id: `p${i}`, x: (i * 7) % 11, y: (i * 5) % 13 }));
    let state = 42;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    return Array.from({ length: 200 }, (_, seed) => {
      const cases = Array.from({ length: 150 }, () => ({ place: random(30), day: random(28), count: 1 }));
      const population = places.map(() => 20);
      const { clusters } = scanNow({ places, cases, population }, { ...each, replicates: 59, seed });
      return clusters[0]?.p ?? 1;
    });
  };
  for (const each of [models[0]!, models[2]!, models[3]!])
    it(`${each.model ?? "permutation"} ${each.type ?? "prospective"} ${each.permuteWithin ?? ""}`, () => {
      const ps = draws(each).toSorted((a, b) => a - b);
      // Kolmogorov-Smirnov at 0.001; p-values in steps of 1/60 may be larger than uniform by one step.
      const distance = Math.max(...ps.map((p, i) => Math.abs(p - (i + 0.5) / ps.length)));
      expect(distance).toBeLessThan(1.95 / Math.sqrt(ps.length) + 1 / 60);
    });
});

function bruteForce({ places, cases }: ScanInput, type: string): number {
  const rows = cases as CaseCount[];
  const sum = (list: typeof rows) => list.reduce((all, row) => all + row.count, 0);
  const total = sum(rows);
  let best = 0;
  for (const centre of places)
    for (const rim of places) {
      const far = (one: { x: number; y: number }) => (one.x - centre.x) ** 2 + (one.y - centre.y) ** 2;
      const before = (one: { x: number; y: number }) =>
        far(one) < far(rim) || (far(one) === far(rim) && (one.x < rim.x || (one.x === rim.x && one.y <= rim.y)));
      const inside = rows.filter((row) => before(places[row.place]!));
      for (let to = 0; to <= 20; to++)
        for (let from = Math.max(0, to - 4); from <= to; from++) {
          if (type === "prospective" && to < 20) continue;
          const during = (list: typeof rows) => list.filter((row) => row.day >= from && row.day <= to);
          const expected = (sum(inside) * sum(during(rows))) / total;
          best = Math.max(best, poissonRatio(sum(during(inside)), expected, total));
        }
    }
  return best;
}
