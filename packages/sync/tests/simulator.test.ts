import { describe, expect, it } from "vitest";
import { runSeeds } from "../sim/many.ts";
import { runSeed } from "../sim/run.ts";
import { keptSeeds } from "../sim/seeds.ts";

describe("many phones and one server, with everything going wrong", () => {
  it.each(keptSeeds)("keeps every promise in seed %i, in which once: %s", async (seed) => runSeed(seed));

  it("keeps every promise in seeds 1 to 5,000", { timeout: 240_000 }, async () => {
    expect(await runSeeds(1, 5_000)).toEqual([]);
  });
});
