import { countIn, laneCounter } from "./layout.ts";
import type { Study } from "./study.ts";

/**
 * Walks all blocks, adding counts step by step, and stops where the count of a window reaches the critical count of
 * the block's class. Several kernels do the same: this plain one, and those of vector instructions.
 */
export type Kernel = {
  /** A data set for each slot, walked together: fill its rows (one row of the layout for each site), then say `ready`. */
  readonly rows: readonly Int32Array[];
  ready(slot: number): void;
  /** Counts that reach this stand still and have to be counted afresh. */
  readonly full: number;
  /** Tables that can be kept at the same time; loading one more overwrites the first. */
  readonly capacity: number;
  /** Keep a table of critical counts (class by lane) and return a handle for it. */
  load(critical: Int32Array): number;
  /** Its memory may be used by others from here on. */
  close(): void;
  /** Walk on from a block and return the first that stops, or -1 at the end. A walk starts at block 0. */
  next(block: number, table: number): number;
  /** Where the walk has stopped: fill in the lanes that may have reached their critical count, and return how many. */
  candidates(slot: number, lanes: Int32Array, counts: Int32Array): number;
};

const always = () => true;

/** The kernel in plain TypeScript. */
export function plainKernel(study: Study): Kernel {
  const { layout, zones } = study;
  const { steps, blockEnd, blockClass, firstBlock } = zones;
  const { width, lanes } = layout;
  const rows = new Int32Array(zones.siteCount * width);
  const starts = new Uint8Array(blockEnd.length);
  for (const block of firstBlock) if (block < starts.length) starts[block] = 1;
  const ladder = layout.form === "ladder";
  const used = ladder ? layout.to - layout.from + 1 : layout.days;
  const sums = new Int32Array(width);
  const count = laneCounter(layout);
  const counted = new Int32Array(lanes);
  const every = Int32Array.from(counted.keys());
  const tables: Int32Array[] = [];
  let loaded = 0;

  const reached = (critical: Int32Array, row: number): boolean => {
    if (ladder) {
      for (let lane = 0; lane < used; lane++) if (sums[lane]! >= critical[row + lane]!) return true;
      return false;
    }
    count(sums, always, every, counted);
    for (let lane = 0; lane < lanes; lane++) if (counted[lane]! >= critical[row + lane]!) return true;
    return false;
  };

  return {
    rows: [rows],
    ready: () => {},
    full: Infinity,
    capacity: 64,
    close: () => {},
    load: (critical) => {
      tables[loaded % 64] = critical;
      return loaded++ % 64;
    },
    next: (from, table) => {
      const critical = tables[table]!;
      for (let block = from; block < blockEnd.length; block++) {
        if (starts[block] === 1) sums.fill(0);
        for (let step = block > 0 ? blockEnd[block - 1]! : 0; step < blockEnd[block]!; step++) {
          const base = steps[step]! * width;
          for (let at = 0; at < used; at++) sums[at]! += rows[base + at]!;
        }
        if (reached(critical, blockClass[block]! * lanes)) return block;
      }
      return -1;
    },
    candidates: (_slot, into, counts) => {
      if (!ladder) return count(sums, always, into, counts);
      into.set(every);
      counts.set(sums);
      return lanes;
    },
  };
}

/** The cases of a window in all steps of the zone that ends with `step`, counted afresh. */
export function recount(study: Study, rows: Int32Array, first: number, step: number, lane: number): number {
  let sum = 0;
  for (let at = first; at <= step; at++) sum += countIn(study.layout, rows, study.zones.steps[at]!, lane);
  return sum;
}
