import { describe, expect, it } from "vitest";
import { populationOfPeriods, ScanInputError } from "../src/index.ts";

const at = (time: number, population: number, stratum = "all", place = 0) => ({ place, time, stratum, population });

describe("the population between censuses", () => {
  it("changes along a straight line and stays before the first and after the last", () => {
    const censuses = [at(20, 200), at(10, 100)];
    expect(Array.from(populationOfPeriods(censuses, 1, { firstDay: 8, lastDay: 22 }))).toEqual([
      100, 100, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 200, 200,
    ]);
    // The area over 5 days before the first census, the 10 between, and 5 after the last.
    expect(Array.from(populationOfPeriods(censuses, 1, { edges: [5, 10, 20, 25] }))).toEqual([500, 1500, 1000]);
  });

  it("becomes expected cases that add up to all cases when strata differ in their rate", () => {
    const censuses = [at(0, 100, "young"), at(0, 300, "old"), at(0, 300, "young", 1), at(0, 100, "old", 1)];
    const cases = [
      { stratum: "young", cases: 4 },
      { stratum: "old", cases: 40 },
    ];
    expect(Array.from(populationOfPeriods(censuses, 2, { edges: [0, 1] }, cases))).toEqual([31, 13]);
  });

  it("refuses cases of a stratum that nobody is in", () => {
    const cases = [{ stratum: "old", cases: 1 }];
    expect(() => populationOfPeriods([at(0, 5, "young")], 1, { edges: [0, 1] }, cases)).toThrow(ScanInputError);
    expect(() => populationOfPeriods([at(0, 0, "old")], 1, { edges: [0, 1] }, cases)).toThrow(/old has cases/);
    expect(() => populationOfPeriods([at(0, -1)], 1, { edges: [0, 1] })).toThrow(/from 0/);
  });
});
