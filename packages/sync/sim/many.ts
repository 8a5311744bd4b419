import { runSeed } from "./run.ts";

/** Runs seeds one after another; what broke, each with the command that replays it. */
export async function runSeeds(first: number, count: number): Promise<string[]> {
  const broken: string[] = [];
  for (let seed = first; seed < first + count; seed += 1)
    await runSeed(seed).catch((error: Error) => {
      broken.push(`${error.message}\n  replay with: node packages/sync/sim/replay.ts ${seed}`);
    });
  return broken;
}
