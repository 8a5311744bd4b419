import { describe, expect, it } from "vitest";
import { planRegions } from "../src/index.ts";
import { brickTown, strips } from "./networks.ts";
import { verify } from "./verify.ts";

const town = brickTown(14, 10, 3);
const current = strips(town, 14, 7);
const stripe = (name: string) => town.blocks.map(({ id }) => id).filter((id) => current[id] === name);

describe("grids that are settled", () => {
  it("stay exactly as they are, under their names, and the others are planned around them", async () => {
    const settled = [stripe("grid 0"), stripe("grid 3")];
    for (const objective of ["compact", "moves", "pareto"] as const) {
      const { plans, obstacle } = await planRegions({ ...town, current, settled }, { k: 6, tolerance: 0.3, objective });
      expect(obstacle).toBeNull();
      for (const plan of plans.filter(({ kind }) => kind !== "keep")) {
        const truth = verify({ ...town, current }, plan.assignment);
        expect(truth).toMatchObject({ k: 6, contiguous: true });
        expect(plan.maxDeviation).toBeCloseTo(truth.maxDeviation, 9);
        expect(plan.movedWorkload).toBeCloseTo(truth.movedWorkload, 6);
        for (const name of ["grid 0", "grid 3"])
          expect(Object.keys(plan.assignment).filter((id) => plan.assignment[id] === name)).toEqual(stripe(name));
      }
      expect(plans.at(-1)).toMatchObject({ kind: "keep", assignment: current, movedBlocks: 0 });
    }
  });

  it("may leave the rest in pieces, each then with grids of its own", async () => {
    const { plans } = await planRegions({ ...town, settled: [stripe("grid 3")] }, { k: 5, tolerance: 0.5 });
    expect(verify(town, plans[0]!.assignment)).toMatchObject({ k: 5, contiguous: true });
  });

  for (const [what, settled, k, code] of [
    ["a block nobody knows", [["nowhere"]], 3, "unknown-block"],
    ["a block twice", [["b0-0"], ["b0-0"]], 3, "duplicate-block"],
    ["as many as all the grids wanted", [stripe("grid 0"), stripe("grid 1")], 2, "too-many-settled"],
    [
      "everything",
      Object.values(Object.groupBy(town.blocks, ({ id }) => current[id]!)).map((each) => each!.map(({ id }) => id)),
      9,
      "too-many-settled",
    ],
    ["a grid without blocks", [[]], 3, "bad-option"],
  ] as [string, string[][], number, string][])
    it(`${what}: refused`, async () => {
      await expect(planRegions({ ...town, settled }, { k })).rejects.toMatchObject({ code });
    });
});
