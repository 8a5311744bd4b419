import { runSeed } from "./run.ts";

// node packages/sync/sim/replay.ts SEED [COUNT]: runs one simulated city again, or COUNT of them from SEED on.
const [first, count] = [Number(process.argv[2]), Number(process.argv[3] ?? 1)];
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count)) {
  console.error("usage: node packages/sync/sim/replay.ts SEED [COUNT]");
  process.exit(2);
}
let broken = 0;
for (let seed = first; seed < first + count; seed += 1) {
  try {
    await runSeed(seed);
  } catch (error) {
    broken += 1;
    console.log(`seed ${seed}: ${(error as Error).message}`);
    if (count === 1) console.log((error as Error).stack);
  }
}
console.log(`${count - broken} of ${count} seeds keep every promise`);
process.exit(broken ? 1 : 0);
