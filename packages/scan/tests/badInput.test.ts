import { describe, expect, it } from "vitest";
import { scan, scanNow, ScanInputError, type ScanInput, type ScanSettings } from "../src/index.ts";

const places = Array.from({ length: 9 }, (_, i) => ({ id: `p${i}`, x: i % 3, y: Math.floor(i / 3) }));
const cases = Array.from({ length: 40 }, (_, i) => ({ place: (i * 5) % 9, day: (i * 7) % 20, count: 1 + (i % 2) }));
const good: ScanInput = { places, cases };
const quick: ScanSettings = { replicates: 19, maxShare: 0.5 };

const refused: [name: string, input: ScanInput, settings: ScanSettings, message: RegExp][] = [
  ["no cases", { places, cases: [] }, {}, /no cases/],
  ["only zeroes", { places, cases: [{ place: 0, day: 1, count: 0 }] }, {}, /no cases/],
  ["no places", { places: [], cases }, {}, /two places/],
  ["one place", { places: places.slice(0, 1), cases: [{ place: 0, day: 1, count: 3 }] }, {}, /two places/],
  ["one day", { places, cases: cases.map((row) => ({ ...row, day: 4 })) }, {}, /two days/],
  ["a negative count", { places, cases: [...cases, { place: 1, day: 1, count: -1 }] }, {}, /p1 is -1/],
  ["a fractional count", { places, cases: [...cases, { place: 1, day: 1, count: 0.5 }] }, {}, /whole numbers/],
  ["a count that is no number", { places, cases: [{ place: 1, day: 1, count: Number.NaN }] }, {}, /NaN/],
  ["a day that is no number", { places, cases: [{ place: 1, day: Number.NaN, count: 1 }] }, {}, /day is NaN/],
  ["an unknown place", { places, cases: [{ place: 99, day: 1, count: 1 }] }, {}, /not in the list/],
  ["two places with one id", { places: [...places, places[0]!], cases }, {}, /id p0/],
  ["a place without coordinates", { places: [...places, { id: "q", x: Number.NaN, y: 1 }], cases }, {}, /q has no/],
  ["an end before the start", good, { start: 9, end: 3 }, /before it starts/],
  ["a study without cases", good, { start: 100, end: 110 }, /no cases between day 100/],
  ["an end before the first case", good, { end: -5 }, /no cases between/],
  ["a start after the last case", good, { start: 50 }, /no cases between/],
  ["windows upside down", good, { windows: { from: 9, to: 3 } }, /upwards/],
  ["windows longer than the study", good, { windows: { from: 30, to: 40 } }, /longer than the study/],
  ["a share above one", good, { maxShare: 1.5 }, /largest share/],
  ["no replicates", good, { replicates: 0 }, /replicates/],
  ["a negative seed", good, { seed: -1 }, /seed/],
  ["Poisson without population", good, { model: "poisson" }, /needs a population/],
  ["a population too short", { ...good, population: [1, 2] }, { model: "poisson" }, /one number per place/],
  ["a negative population", { ...good, population: places.map(() => -1) }, { model: "poisson" }, /from 0/],
  ["nobody anywhere", { ...good, population: places.map(() => 0) }, { model: "poisson" }, /zero everywhere/],
  [
    "cases where nobody lives",
    { ...good, population: places.map((_, i) => i) },
    { model: "poisson" },
    /p0 has cases but no population/,
  ],
  ["half a control", { ...good, population: places.map(() => 8.5) }, { model: "bernoulli" }, /whole numbers/],
  [
    "more cases than cases and controls",
    { ...good, population: places.map(() => 5) },
    { model: "bernoulli" },
    /more cases than/,
  ],
  ["distances that do not fit", { ...good, distances: new Float64Array(3) }, {}, /row and a column/],
  ["a negative distance", { ...good, distances: new Float64Array(81).fill(-1) }, {}, /distance must/],
];

describe("input that cannot be scanned is refused with what to change", () => {
  for (const [name, input, settings, message] of refused)
    it(name, async () => {
      expect(() => scanNow(input, { ...quick, ...settings })).toThrow(ScanInputError);
      expect(() => scanNow(input, { ...quick, ...settings })).toThrow(message);
      await expect(scan(input, { ...quick, ...settings })).rejects.toThrow(message);
    });
});

describe("unusual input that has an answer gets it", () => {
  const finite = (input: ScanInput, settings: ScanSettings = {}) => {
    const { clusters } = scanNow(input, { ...quick, ...settings });
    for (const { observed, expected, ratio, llr, p, radius } of clusters)
      for (const figure of [observed, expected, ratio, llr, p, radius]) expect(Number.isFinite(figure)).toBe(true);
    return clusters;
  };

  it("all cases in one place: nothing is in excess there, and nothing is NaN", () => {
    const there = cases.map((row) => ({ ...row, place: 4 }));
    expect(finite({ places, cases: there }, { maxShare: 1 })).toEqual([]);
    expect(() => finite({ places, cases: there })).not.toThrow(TypeError);
  });

  it("days out of order and rows split in two", () => {
    const split = cases.flatMap((row) => Array.from({ length: row.count }, () => ({ ...row, count: 1 })));
    expect(finite({ places, cases: split.toReversed() })).toEqual(finite(good));
  });

  it("places at the same spot are always in a cluster together", () => {
    const twins = [...places, { id: "twin", x: 0, y: 0 }];
    for (const cluster of finite({ places: twins, cases: [...cases, { place: 9, day: 19, count: 9 }] }))
      expect(cluster.locations.includes("twin")).toBe(cluster.locations.includes("p0"));
  });

  it("days far from zero and windows longer than the study", () => {
    const shifted = cases.map((row) => ({ ...row, day: row.day - 100_000 }));
    expect(finite({ places, cases: shifted }, { windows: { from: 1, to: 999 } }).length).toBeGreaterThan(0);
  });

  it("every place alone larger than the share is said", () => {
    expect(() =>
      finite(
        { places: places.slice(0, 2), cases: cases.map((row) => ({ ...row, place: row.place % 2 })) },
        { maxShare: 0.1 },
      ),
    ).toThrow(/raise the largest share/);
  });

  it("an aborted scan throws the reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(scan(good, quick, { signal })).rejects.toThrow("enough");
  });

  it("tells its progress", () => {
    const told: number[] = [];
    scanNow(good, quick, { progress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(19);
  });
});
