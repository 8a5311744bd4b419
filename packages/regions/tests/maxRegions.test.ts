import { describe, expect, it } from "vitest";
import { maxRegions } from "../src/index.ts";
import { brickTown } from "./networks.ts";
import { verify } from "./verify.ts";

describe("as many grids as the threshold allows", () => {
  it("reaches all or all but one of what the total allows, every grid above the threshold", async () => {
    const town = brickTown(20, 20, 6);
    const total = town.blocks.reduce((all, block) => all + block.workload, 0);
    for (const threshold of [1500, 2500, 4000]) {
      const { plans } = await maxRegions(town, { threshold });
      const truth = verify(town, plans[0]!.assignment);
      expect(truth.contiguous).toBe(true);
      expect(truth.leastLoad).toBeGreaterThanOrEqual(threshold * (1 - 1e-9));
      expect(truth.k).toBeGreaterThanOrEqual(Math.floor(total / threshold) - 1);
      expect(plans[0]!).toMatchObject({ kind: "most", k: truth.k });
    }
  });

  it("never gives fewer grids for a lower threshold", async () => {
    const town = brickTown(10, 10, 9);
    let before = 0;
    for (const threshold of [4000, 2500, 1500, 800, 400]) {
      const { plans } = await maxRegions(town, { threshold });
      expect(plans[0]!.k).toBeGreaterThanOrEqual(before);
      before = plans[0]!.k;
    }
  });

  it("says which part is too light for a grid of its own", async () => {
    const town = brickTown(6, 6);
    town.blocks.push({ id: "rock", workload: 3, area: 1, perimeter: 4 });
    const { obstacle } = await maxRegions(town, { threshold: 500 });
    expect(obstacle).toMatchObject({ code: "part", proven: true, blocks: ["rock"] });
    expect(obstacle!.message).toContain("rock");
  });
});
