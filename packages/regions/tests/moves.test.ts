import { describe, expect, it } from "vitest";
import { planRegions, type RegionInput } from "../src/index.ts";
import { brickTown, strips } from "./networks.ts";
import { verify } from "./verify.ts";

/** A town whose plan of today is in order, until one grid gets a third more work. */
async function townAfterStorm(): Promise<RegionInput & { current: Record<string, string> }> {
  const town = brickTown(20, 12, 8, 1.3);
  const { plans } = await planRegions(town, { k: 8, tolerance: 0.02 });
  const current = plans[0]!.assignment;
  const struck = current["b6-10"];
  for (const block of town.blocks) if (current[block.id] === struck) block.workload *= 1.35;
  return { ...town, current };
}

describe("re-planning with few moves", () => {
  it("moves little more than the excess, where a plan from scratch moves much", async () => {
    const town = await townAfterStorm();
    const total = town.blocks.reduce((all, block) => all + block.workload, 0);
    const loads = new Map<string, number>();
    for (const { id, workload } of town.blocks)
      loads.set(town.current[id]!, (loads.get(town.current[id]!) ?? 0) + workload);
    const bound = [...loads.values()].reduce((all, load) => all + Math.max(0, load - (1.05 * total) / 8), 0);
    expect(bound).toBeGreaterThan(0);
    const { plans, obstacle } = await planRegions(town, { k: 8, tolerance: 0.05, objective: "moves" });
    expect(obstacle).toBeNull();
    const truth = verify(town, plans[0]!.assignment);
    expect(plans[0]!.kind).toBe("moves");
    expect(truth).toMatchObject({ k: 8, contiguous: true });
    expect(truth.maxDeviation).toBeLessThanOrEqual(0.05 + 1e-9);
    expect(plans[0]!.movedWorkload).toBeCloseTo(truth.movedWorkload, 6);
    expect(truth.movedWorkload).toBeLessThan(2.5 * bound);
  });

  it("always offers to keep today's plan, with its own figures", async () => {
    const town = await townAfterStorm();
    for (const objective of ["compact", "moves", "pareto"] as const) {
      const { plans } = await planRegions(town, { k: 8, objective, timeLimit: 0.5 });
      const keep = plans.find((plan) => plan.kind === "keep")!;
      expect(keep.assignment).toEqual(town.current);
      expect(keep).toMatchObject({ movedBlocks: 0, movedWorkload: 0, movedHouseholds: 0, withinTolerance: false });
      expect(keep.maxDeviation).toBeCloseTo(verify(town, town.current).maxDeviation, 9);
    }
  });

  it("offers only to keep what is already in order", async () => {
    const town = brickTown(12, 12, 2);
    const first = await planRegions(town, { k: 6, tolerance: 0.05 });
    const again = await planRegions(
      { ...town, current: first.plans[0]!.assignment },
      { k: 6, tolerance: 0.05, objective: "moves" },
    );
    expect(again.obstacle).toBeNull();
    expect(again.plans.at(-1)).toMatchObject({ kind: "keep", withinTolerance: true });
    expect(again.plans[0]!.movedShare).toBeLessThan(0.01);
  });

  it("shows plans between fewest moves and best shape, none beaten by another", async () => {
    const town = await townAfterStorm();
    const { plans } = await planRegions(town, { k: 8, objective: "pareto" });
    const kinds = plans.map((plan) => plan.kind);
    expect(kinds).toContain("moves");
    expect(kinds).toContain("keep");
    const fresh = plans.filter((plan) => plan.kind !== "keep");
    expect(fresh.length).toBeGreaterThan(1);
    for (const a of fresh)
      for (const b of fresh)
        if (a !== b)
          expect(
            a.movedWorkload! < b.movedWorkload! ||
              a.cutKm < b.cutKm ||
              a.maxDeviation < b.maxDeviation ||
              a.meanPolsbyPopper! > b.meanPolsbyPopper!,
          ).toBe(true);
  });

  for (const k of [5, 12])
    it(`goes from 8 grids to ${k}, keeping the names of those that live on`, async () => {
      const town = brickTown(20, 12, 8, 1.3);
      const before = strips(town, 20, 8);
      const { plans, obstacle } = await planRegions(
        { ...town, current: before },
        { k, tolerance: 0.1, objective: "moves" },
      );
      expect(obstacle).toBeNull();
      expect(verify(town, plans[0]!.assignment)).toMatchObject({ k, contiguous: true });
      const names = new Set(Object.values(plans[0]!.assignment));
      const old = new Set(Object.values(before));
      expect([...names].filter((name) => old.has(name)).length).toBe(Math.min(k, 8));
    });

  it("mends a plan of today that is torn apart", async () => {
    const town = brickTown(12, 12, 3);
    const torn = Object.fromEntries(town.blocks.map(({ id }, at) => [id, `g${(at * 7) % 6}`]));
    const { plans } = await planRegions({ ...town, current: torn }, { k: 6, tolerance: 0.1, objective: "moves" });
    expect(plans.at(-1)).toMatchObject({ kind: "keep", contiguous: false });
    expect(verify(town, plans[0]!.assignment)).toMatchObject({ k: 6, contiguous: true });
  });
});
