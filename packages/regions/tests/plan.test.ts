import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measurePlan, planRegions, type RegionInput } from "../src/index.ts";
import { brickTown, disguise, strips } from "./networks.ts";
import { verify } from "./verify.ts";

describe("a plan from scratch", () => {
  it("is contiguous, balanced and as long in its borders as it says, whatever the town", async () => {
    const towns = fc.record({
      columns: fc.integer({ min: 5, max: 14 }),
      rows: fc.integer({ min: 5, max: 14 }),
      seed: fc.integer({ min: 1, max: 1000 }),
      k: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(towns, async ({ columns, rows, seed, k }) => {
        const town = brickTown(columns, rows, seed);
        const { plans, obstacle } = await planRegions(town, { k, tolerance: 0.25, seed });
        expect(obstacle).toBeNull();
        for (const plan of plans) {
          const truth = verify(town, plan.assignment);
          expect(truth).toMatchObject({ k, contiguous: true });
          expect(truth.maxDeviation).toBeLessThanOrEqual(0.25 + 1e-9);
          expect(plan.maxDeviation).toBeCloseTo(truth.maxDeviation, 9);
          expect(plan.cutKm).toBeCloseTo(truth.cutKm, 6);
          expect(plan.meanPolsbyPopper).toBeCloseTo(truth.meanPolsbyPopper, 9);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("has far shorter borders than strips and stays within ± 5 %", async () => {
    const town = brickTown(20, 20);
    const [plan] = (await planRegions(town, { k: 10, tolerance: 0.05 })).plans;
    const truth = verify(town, plan!.assignment);
    expect(truth).toMatchObject({ k: 10, contiguous: true });
    expect(truth.maxDeviation).toBeLessThanOrEqual(0.05);
    const byStrips = verify(town, strips(town, 20, 10));
    expect(truth.cutKm).toBeLessThan(0.65 * byStrips.cutKm);
    expect(truth.meanPolsbyPopper).toBeGreaterThan(1.5 * byStrips.meanPolsbyPopper);
  });

  it("is the same for the same seed", async () => {
    const town = brickTown(12, 12);
    const draw = async (seed: number) => (await planRegions(town, { k: 6, seed })).plans;
    expect(await draw(7)).toEqual(await draw(7));
  });

  it("never crosses a hard border", async () => {
    const town = brickTown(16, 10, 3);
    for (const block of town.blocks) block.hardBorder = Number(block.id.split("-")[1]) < 8 ? "east" : "west";
    const { plans, obstacle } = await planRegions(town, { k: 8, tolerance: 0.1 });
    expect(obstacle).toBeNull();
    expect(verify(town, plans[0]!.assignment)).toMatchObject({ k: 8, contiguous: true, crossesHardBorder: false });
  });

  it("joins islands over ferries, and only over ferries", async () => {
    const [north, south] = [brickTown(6, 3, 1), brickTown(6, 3, 2)];
    const rename = (id: string) => `s${id}`;
    const islands: RegionInput = {
      blocks: [...north.blocks, ...south.blocks.map((block) => ({ ...block, id: rename(block.id) }))],
      links: [
        ...north.links,
        ...south.links.map((link) => ({ ...link, from: rename(link.from), to: rename(link.to) })),
      ],
    };
    const apart = await planRegions(islands, { k: 3, tolerance: 0.1 });
    expect(apart.obstacle).toMatchObject({ code: "part", proven: true });
    const joined = { ...islands, ferries: [{ from: "b0-0", to: "sb0-0" }] };
    const { plans, obstacle } = await planRegions(joined, { k: 3, tolerance: 0.1 });
    expect(obstacle).toBeNull();
    expect(verify(joined, plans[0]!.assignment)).toMatchObject({ k: 3, contiguous: true });
    expect(verify(islands, plans[0]!.assignment).contiguous).toBe(false);
  });

  it("keeps grids of each focus within the range of their focus", async () => {
    const town = brickTown(16, 16, 5);
    for (const block of town.blocks) block.focus = Number(block.id.split("-")[1]) < 8 ? "key" : "liaison";
    const ranges = { key: { min: 900, max: 1300 }, liaison: { min: 1800, max: 2800 } };
    const { plans, obstacle } = await planRegions(town, { ranges });
    expect(obstacle).toBeNull();
    const grids = new Map<string, { key: number; liaison: number }>();
    for (const { id, workload, focus } of town.blocks) {
      const name = plans[0]!.assignment[id]!;
      const loads = grids.get(name) ?? { key: 0, liaison: 0 };
      loads[focus as "key" | "liaison"] += workload;
      grids.set(name, loads);
    }
    expect(grids.size).toBe(plans[0]!.k);
    for (const { key, liaison } of grids.values()) {
      expect(key / 1300 + liaison / 2800).toBeLessThanOrEqual(1 + 1e-6);
      expect(key / 900 + liaison / 1800).toBeGreaterThanOrEqual(1 - 1e-6);
    }
  });
});

describe("a search under way", () => {
  it("hands over a whole plan when it is aborted, and says that it was stopped", async () => {
    const town = brickTown(40, 40);
    const stop = new AbortController();
    const told: number[] = [];
    const { plans, stopped } = await planRegions(town, {
      k: 20,
      signal: stop.signal,
      progress({ done }) {
        told.push(done);
        stop.abort();
      },
    });
    expect(stopped).toBe(true);
    expect(told.length).toBeGreaterThan(0);
    expect(verify(town, plans[0]!.assignment)).toMatchObject({ k: 20, contiguous: true });
  });

  it("keeps to a time limit with a whole plan", async () => {
    const town = brickTown(40, 40);
    const { plans } = await planRegions(town, { k: 20, timeLimit: 0.05 });
    expect(verify(town, plans[0]!.assignment)).toMatchObject({ k: 20, contiguous: true });
  });
});

describe("figures", () => {
  it("do not depend on names or order", () => {
    const town = { ...brickTown(9, 8, 4), current: {} as Record<string, string> };
    town.current = strips(town, 9, 3);
    const drawn = strips(town, 9, 4);
    const before = measurePlan(town, drawn);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const other = disguise(town, seed);
        const after = measurePlan(
          other.input,
          Object.fromEntries(Object.entries(drawn).map(([id, grid]) => [other.newId(id), grid])),
        );
        for (const [name, value] of Object.entries(before)) {
          if (typeof value === "number") expect(after[name as keyof typeof after]).toBeCloseTo(value, 9);
          else expect(after[name as keyof typeof after]).toBe(value);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("agree with a count by hand", () => {
    const town = brickTown(2, 1);
    town.blocks.forEach((block, at) => Object.assign(block, { workload: 100 + 100 * at, households: 10 }));
    const figures = measurePlan({ ...town, current: { "b0-0": "a", "b0-1": "a" } }, { "b0-0": "a", "b0-1": "b" });
    expect(figures).toMatchObject({
      k: 2,
      contiguous: true,
      cutKm: 1,
      movedWorkload: 200,
      movedBlocks: 1,
      movedHouseholds: 10,
    });
    expect(figures.maxDeviation).toBeCloseTo(1 / 3);
    expect(figures.worstLoad).toBeCloseTo(4 / 3);
    expect(figures.meanPolsbyPopper).toBeCloseTo(Math.PI / 4);
  });
});
