import { describe, expect, it } from "vitest";
import { planRegions, type RegionInput } from "../src/index.ts";
import { brickTown } from "./networks.ts";
import { verify } from "./verify.ts";

/** All plans of a small town by trying every assignment. */
function everyPlan(input: RegionInput, k: number): { deviation: number; cut: number }[] {
  const found: { deviation: number; cut: number }[] = [];
  const labels = input.blocks.map(() => 0);
  const place = (at: number, used: number): void => {
    if (at === labels.length) {
      if (used < k) return;
      const truth = verify(input, Object.fromEntries(input.blocks.map(({ id }, v) => [id, String(labels[v])])));
      if (truth.contiguous) found.push({ deviation: truth.maxDeviation, cut: truth.cutKm });
      return;
    }
    for (let label = 0; label <= Math.min(used, k - 1); label++) {
      labels[at] = label;
      place(at + 1, Math.max(used, label + 1));
    }
  };
  place(0, 0);
  return found;
}

describe("small networks are searched exactly", () => {
  for (const [seed, k] of [
    [1, 2],
    [2, 3],
    [3, 3],
  ] as const)
    it(`town ${seed} into ${k}: the shortest border at every tolerance, and no border gets longer as the tolerance grows`, async () => {
      const town = brickTown(3, 3, seed);
      const all = everyPlan(town, k);
      let before = Infinity;
      for (const tolerance of [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]) {
        const inOrder = all.filter((plan) => plan.deviation <= tolerance + 1e-9);
        const { plans, obstacle, exact } = await planRegions(town, { k, tolerance });
        const truth = verify(town, plans[0]!.assignment);
        expect(truth).toMatchObject({ k, contiguous: true });
        if (inOrder.length === 0) {
          expect(obstacle).toMatchObject({ proven: true });
          expect(obstacle!.leastDeviation).toBeLessThanOrEqual(Math.min(...all.map((plan) => plan.deviation)) + 1e-6);
          continue;
        }
        expect(exact).toBe(true);
        expect(obstacle).toBeNull();
        expect(truth.maxDeviation).toBeLessThanOrEqual(tolerance + 1e-9);
        expect(truth.cutKm).toBeCloseTo(Math.min(...inOrder.map((plan) => plan.cut)), 9);
        expect(truth.cutKm).toBeLessThanOrEqual(before + 1e-9);
        before = truth.cutKm;
      }
    });

  it("names the least deviation when the tolerance cannot be met", async () => {
    const town = brickTown(3, 3, 2);
    const least = Math.min(...everyPlan(town, 3).map((plan) => plan.deviation));
    const { plans, obstacle } = await planRegions(town, { k: 3, tolerance: least * 0.9 });
    expect(obstacle).toMatchObject({ proven: true, code: "exhausted" });
    expect(obstacle!.leastDeviation).toBeCloseTo(least, 6);
    expect(plans[0]!.withinTolerance).toBe(false);
    expect(verify(town, plans[0]!.assignment).maxDeviation).toBeCloseTo(least, 6);
  });
});
