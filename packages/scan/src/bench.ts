import { plainKernel } from "./kernel.ts";
import { drawer } from "./null.ts";
import { randomStream } from "./random.ts";
import type { Candidate } from "./candidates.ts";
import { searcher } from "./search.ts";
import type { Study } from "./study.ts";
import { vectorKernel } from "./vector/kernel.ts";

/** One thread's means to draw and search replicates. */
export type Bench = {
  /** How many replicates are best drawn at once. */
  readonly batch: number;
  /** The largest ratios of replicates `first` to `first + count - 1`. */
  replicates(first: number, count: number): number[];
  /** The largest ratio of a given data set. */
  largestOf(rows: Int32Array): number;
  bestOfCentres(rows: Int32Array, level: number): Candidate[];
  /** Its memory may be used by others from here on. */
  close(): void;
};

export function bench(study: Study, plain = false): Bench {
  const kernel = (plain ? undefined : vectorKernel(study)) ?? plainKernel(study);
  const search = searcher(study, kernel);
  const draw = drawer(study.nullModel, study.layout);
  const fill = (rows: Int32Array) => {
    kernel.rows.forEach((slot, i) => {
      if (i === 0) slot.set(rows);
      else slot.fill(0);
      kernel.ready(i);
    });
  };
  return {
    batch: kernel.rows.length,
    replicates: (first, count) => {
      for (let slot = 0; slot < kernel.rows.length; slot++) {
        if (slot < count) draw(kernel.rows[slot]!, randomStream(study.seed, first + slot));
        else kernel.rows[slot]!.fill(0);
        kernel.ready(slot);
      }
      return search.largest(count);
    },
    largestOf: (rows) => {
      fill(rows);
      return search.largest(1)[0]!;
    },
    close: kernel.close,
    bestOfCentres: (rows, level) => {
      fill(rows);
      return search.bestOfCentres(level);
    },
  };
}
