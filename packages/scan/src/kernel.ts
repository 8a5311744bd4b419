import { countIn, windowOf } from "./layout.ts";
import type { Study } from "./study.ts";

/**
 * Walks all blocks, adding counts step by step, and stops where the count of a window reaches the critical count of
 * the block's class. Two kernels do the same: this plain one, and one of vector instructions.
 */
export type Kernel = {
  /** Counts of a data set, to be filled before a walk: one row of the layout for each site. */
  readonly rows: Int32Array | Int16Array;
  /** Keep a table of critical counts (class by lane) and return a handle for it. */
  load(critical: Int32Array): number;
  /** Walk on from a block and return the first that stops, or -1 at the end. A walk starts at block 0. */
  next(block: number, table: number): number;
  /** The count of a lane where the walk has stopped. */
  sum(lane: number): number;
};

/** The kernel in plain TypeScript. */
export function plainKernel(study: Study): Kernel {
  const { layout, zones } = study;
  const { steps, blockEnd, blockClass, firstBlock } = zones;
  const { width, lanes } = layout;
  const siteCount = firstBlock.length - 1;
  const rows = new Int32Array(siteCount * width);
  const starts = new Uint8Array(blockEnd.length);
  for (let centre = 0; centre < siteCount; centre++)
    if (firstBlock[centre]! < starts.length) starts[firstBlock[centre]!] = 1;
  const ladder = layout.form === "ladder";
  const used = ladder ? layout.to - layout.from + 1 : layout.days;
  const sums = new Int32Array(width);
  const before = new Int32Array(layout.days + 1);
  const windows = ladder ? [] : slidingWindows(study);
  const tables: Int32Array[] = [];

  const reached = (critical: Int32Array, row: number): boolean => {
    if (ladder) {
      for (let lane = 0; lane < used; lane++) if (sums[lane]! >= critical[row + lane]!) return true;
      return false;
    }
    for (let day = 0; day < used; day++) before[day + 1] = before[day]! + sums[day]!;
    for (const { lane, from, end } of windows) if (before[end]! - before[from]! >= critical[row + lane]!) return true;
    return false;
  };

  return {
    rows,
    load: (critical) => tables.push(critical) - 1,
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
    sum: (lane) => {
      if (ladder) return sums[lane]!;
      const window = windowOf(layout, lane)!;
      let sum = 0;
      for (let day = window.from; day <= window.to; day++) sum += sums[day]!;
      return sum;
    },
  };
}

function slidingWindows({ layout }: Study) {
  const windows: { lane: number; from: number; end: number }[] = [];
  for (let lane = 0; lane < layout.lanes; lane++) {
    const window = windowOf(layout, lane);
    if (window) windows.push({ lane, from: window.from, end: window.to + 1 });
  }
  return windows;
}

/** The cases of a window in all steps of the zone that ends with `step`, counted afresh. */
export function recount(study: Study, rows: Kernel["rows"], first: number, step: number, lane: number): number {
  let sum = 0;
  for (let at = first; at <= step; at++) sum += countIn(study.layout, rows, study.zones.steps[at]!, lane);
  return sum;
}
