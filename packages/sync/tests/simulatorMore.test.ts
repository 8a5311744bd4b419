import { expect, it } from "vitest";
import { runSeeds } from "../sim/many.ts";

// The second half is a file of its own, so that two workers share the seeds.
it("keeps every promise in seeds 5,001 to 10,000", { timeout: 240_000 }, async () => {
  expect(await runSeeds(5_001, 5_000)).toEqual([]);
});
