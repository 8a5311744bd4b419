import { describe, expect, it } from "vitest";
import { maxRegions, planRegions } from "../src/index.ts";
import { blockCity, departments, leastMoves, oracleJson, oraclesAtHand, precincts, struckCity } from "./oracles.ts";
import { verify } from "./verify.ts";

describe.skipIf(!oraclesAtHand)("against the reference networks (skipped where they are not at hand)", () => {
  it("25 precincts: the known optimum at every tolerance, and the known least deviation", async () => {
    const input = precincts();
    const known = oracleJson("region_fl25_enum/oracle_enumeration.json");
    for (const { tol, min_cut } of known.by_tolerance as { tol: number; min_cut: number }[]) {
      const { plans, exact } = await planRegions(input, { k: 3, tolerance: tol });
      const truth = verify(input, plans[0]!.assignment);
      expect(truth).toMatchObject({ k: 3, contiguous: true, cutKm: min_cut });
      expect(truth.maxDeviation).toBeLessThanOrEqual(tol + 1e-9);
      expect(exact).toBe(true);
    }
    const { obstacle } = await planRegions(input, { k: 3, tolerance: 0.005 });
    expect(obstacle).toMatchObject({ code: "exhausted", proven: true });
    expect(obstacle!.leastDeviation).toBeCloseTo(known.min_dev, 9);
  });

  it("2,000 blocks into 50 at ± 3 %: shorter borders and better shapes than METIS at ± 5 %", async () => {
    const city = blockCity("B2000");
    const { plans } = await planRegions(city, { k: 50, tolerance: 0.03 });
    const truth = verify(city, plans[0]!.assignment);
    expect(truth).toMatchObject({ k: 50, contiguous: true });
    expect(truth.maxDeviation).toBeLessThanOrEqual(0.03 + 1e-9);
    expect(truth.cutKm).toBeLessThan(0.98 * 229.809);
    expect(truth.meanPolsbyPopper).toBeGreaterThan(1.07 * 0.583);
  });

  it("max-p: 9 departments, 30 grids of 500 blocks (the best of other tools: 9 and 28)", async () => {
    for (const [input, threshold, wanted] of [
      [departments(), 3236.67, 9],
      [blockCity("B500"), 3000, 30],
    ] as const) {
      const { plans } = await maxRegions(input, { threshold });
      const truth = verify(input, plans[0]!.assignment);
      expect(truth).toMatchObject({ k: wanted, contiguous: true });
      expect(truth.leastLoad).toBeGreaterThanOrEqual(threshold);
    }
  });

  for (const [name, k] of [
    ["B500", 25],
    ["B2000", 50],
  ] as const)
    it(`${name} after a hotspot: in order again with few moves`, async () => {
      const city = struckCity(name);
      const { plans } = await planRegions(city, { k, tolerance: 0.05, objective: "moves" });
      const truth = verify(city, plans[0]!.assignment);
      const total = city.blocks.reduce((all, block) => all + block.workload, 0);
      expect(truth).toMatchObject({ k, contiguous: true });
      expect(truth.maxDeviation).toBeLessThanOrEqual(0.05 + 1e-9);
      expect(truth.movedWorkload / total).toBeLessThan(3.5 * leastMoves(city, 0.05));
    });
});
