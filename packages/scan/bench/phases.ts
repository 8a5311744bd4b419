import type { ScanInput, ScanSettings } from "../src/index.ts";
import { bench } from "../src/bench.ts";
import { chooseSettings } from "../src/check.ts";
import { drawer } from "../src/null.ts";
import { randomStream } from "../src/random.ts";
import { conclude, largestObserved } from "../src/scan.ts";
import { searcher } from "../src/search.ts";
import { prepare } from "../src/study.ts";
import { vectorKernel } from "../src/vector/kernel.ts";
import { clock, threadTime } from "./row.ts";

const BATCHES = 40;
const NEVER = 2 ** 30;

/** Processor time of a scan by phase, measured on one thread, and how fast the machine could go at most. */
export function phasesOf(input: ScanInput, given: ScanSettings): string {
  const settings = chooseSettings(given);
  let prepared = prepare(input, settings);
  const layOut = threadTime(() => (prepared = prepare(input, settings)));
  const { study } = prepared;
  const kernel = vectorKernel(study)!;
  const search = searcher(study, kernel);
  const draw = drawer(study.nullModel, study.layout);
  const slots = kernel.rows.length;
  const fill = (first: number) =>
    kernel.rows.forEach((rows, slot) => {
      draw(rows, randomStream(study.seed, first + slot));
      kernel.ready(slot);
    });
  const [drawing, searching] = [[0], [0]];
  for (let batch = 0; batch < 2 * BATCHES; batch++) {
    // The first half warms up the code.
    if (batch === BATCHES) drawing[0] = searching[0] = 0;
    drawing[0]! += threadTime(() => fill(batch * slots));
    searching[0]! += threadTime(() => search.largest(slots));
  }
  const nowhere = kernel.load(new Int32Array(study.classMeasures.length).fill(NEVER));
  const walking = threadTime(() => {
    for (let batch = 0; batch < BATCHES; batch++) kernel.next(0, nowhere);
  });
  kernel.close();
  const work = bench(study);
  let observed = 0;
  const looking = threadTime(() => (observed = largestObserved(prepared, work)));
  const telling = threadTime(() => conclude(prepared, input, work, new Float64Array(99).fill(observed / 2), observed));
  const rounds = settings.replicates / (BATCHES * slots);
  const walk = walking * rounds;
  const parts: [string, number][] = [
    ["laying out places and zones", layOut],
    ["the data itself", looking + telling],
    ["drawing", drawing[0]! * rounds],
    ["adding up", walk],
    ["looking closely", Math.max(0, searching[0]! * rounds - walk)],
  ];
  const all = parts.reduce((sum, [, time]) => sum + time, 0);
  const shares = parts.map(([name, time]) => `${name} ${((100 * time) / all).toFixed(0)} %`).join(", ");
  const vectors = study.layout.form === "ladder" ? Math.ceil(study.layout.width / 16) : study.layout.width / 8;
  const limit = (study.zones.steps.length * vectors * settings.replicates) / (2 * clock());
  return `one thread ${(all / 1000).toFixed(2)} s: ${shares}; adding up at two vectors a cycle would take ${limit.toFixed(2)} s`;
}
