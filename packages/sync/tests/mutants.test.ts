import { describe, expect, it } from "vitest";
import { mutants, type Mutant } from "../sim/mutants.ts";
import { runSeed } from "../sim/run.ts";

const patience = 6_000;

/** The first seed that finds the mistake, with the promise that it saw broken. */
async function seedThatFinds({ parts, breaks }: Mutant): Promise<string | undefined> {
  for (let seed = 1; seed <= patience; seed += 1) {
    const said = await runSeed(seed, parts()).then(
      () => "",
      (error: Error) => error.message,
    );
    if (breaks.test(said)) return said;
  }
  return undefined;
}

describe("the simulator finds each of these mistakes", () => {
  it.each(mutants.map((mutant) => [mutant.mistake, mutant] as const))("%s", async (_mistake, mutant) => {
    expect(await seedThatFinds(mutant)).toMatch(mutant.breaks);
  });
});
