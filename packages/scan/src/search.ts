import { criticalCounts, NEVER } from "./critical.ts";
import { bestWindows, type Candidate } from "./candidates.ts";
import { recount, type Kernel } from "./kernel.ts";
import { countIn } from "./layout.ts";
import { boundOf, ratioOf, TIE } from "./likelihood.ts";
import type { Study } from "./study.ts";

/** Finds the largest ratios of the data sets in the kernel's rows, exactly, looking closely only where they can be. */
export type Searcher = {
  /** The largest ratio of each of the first `count` slots, 0 when there is no excess anywhere. */
  largest(count: number): number[];
  /** Of the data set in slot 0 the zones and windows of each centre that may be reported, at least `level`. */
  bestOfCentres(level: number): Candidate[];
};

/** Levels for which critical counts are kept are this far apart; which are used changes the speed, not the result. */
const LEVEL_STEP = 1.05;
const LOWEST = -140;
const SELDOM = 40;
/** A walk that found too little goes on this much lower. */
const LEVELS_LOWER = 9;
const MOST_TABLES = 64;
/** Leaves room for rounding. */
const BARELY = 1 - 1e-9;

/** Critical counts of a level, and which load of the kernel they were. */
type Table = { readonly critical: Int32Array; handle: number; load: number };

export function searcher(study: Study, kernel: Kernel): Searcher {
  const { zones, layout, measure } = study;
  const { lanes } = layout;
  const ratio = ratioOf(study.likelihood);
  const bound = boundOf(study.likelihood);
  const tables = new Map<number, Table>();
  let loads = 0;
  const counts = new Int32Array(lanes);
  const candidates = new Int32Array(lanes);
  const wanted = new Map<number, number>();
  let start: number | undefined;
  let seen = 0;
  let [mean, spread] = [0, 0];

  const valueOf = (level: number) => (level <= LOWEST ? TIE : LEVEL_STEP ** level);
  const tableAt = (level: number): Table => {
    let table = tables.get(level);
    if (!table) {
      if (tables.size === MOST_TABLES) tables.clear();
      const classes = { measures: study.classMeasures, penalties: zones.classPenalty };
      const critical = criticalCounts(study.likelihood, study.minCases, classes, lanes, valueOf(level));
      table = { critical, handle: 0, load: -Infinity };
      tables.set(level, table);
    }
    return table;
  };
  /** The kernel's handle of a table, loaded again where newer ones have taken its place. */
  const handleOf = (table: Table): number => {
    if (loads > table.load + kernel.capacity) {
      table.handle = kernel.load(table.critical);
      table.load = loads++;
    }
    return table.handle;
  };
  /** Making a table takes time: one that was seldom wanted is replaced by the next below, which finds no less. */
  const tableNear = (level: number) => {
    const times = (wanted.get(level) ?? 0) + 1;
    wanted.set(level, times);
    if (tables.has(level) || times > SELDOM) return tableAt(level);
    let best = -Infinity;
    for (const known of tables.keys()) if (known <= level && known > best) best = known;
    return tableAt(best === -Infinity ? level : best);
  };
  const levelBelow = (value: number) =>
    value <= valueOf(LOWEST + 1) ? LOWEST : Math.floor(Math.log(value) / Math.log(LEVEL_STEP));

  /** Look at every zone of a block in each window that reached its critical count, from the last zone backwards. */
  const inspect = (
    slot: number,
    block: number,
    critical: Int32Array,
    floor: number,
    found: (step: number, lane: number, observed: number, llr: number) => void,
  ) => {
    const row = zones.blockClass[block]! * lanes;
    const penalty = zones.classPenalty[zones.blockClass[block]!]!;
    const begin = block > 0 ? zones.blockEnd[block - 1]! : 0;
    const last = zones.blockEnd[block]! - 1;
    const some = kernel.candidates(slot, candidates, counts);
    for (let i = 0; i < some; i++) {
      const lane = candidates[i]!;
      let observed = counts[i]!;
      const full = observed >= kernel.full;
      if (observed < critical[row + lane]! && !(full && critical[row + lane]! < NEVER)) continue;
      const first = measure.cells || full ? firstStep(study, block) : 0;
      if (full) observed = recount(study, kernel.rows[slot]!, first, last, lane);
      // Whole weights are subtracted without rounding; only then comes the factor.
      const factor = measure.factor ? measure.factor[lane]! : 1;
      let size = measure.factor ? zones.blockSize[block]! : sumOfCells(study, first, last, lane);
      // Below the critical count no smaller zone of the block can reach the level.
      for (let step = last; step >= begin && observed >= critical[row + lane]!; step--) {
        const site = zones.steps[step]!;
        const here = countIn(layout, kernel.rows[slot]!, site, lane);
        // A zone whose last site has no case is less than the one before it.
        if (here > 0 && observed >= study.minCases && bound(observed, size * factor) * penalty >= floor)
          found(step, lane, observed, ratio(observed, size * factor) * penalty);
        observed -= here;
        size -= measure.factor ? measure.weight[site]! : measure.cells![site * lanes + lane]!;
      }
    }
  };

  /** Walk all blocks from a level upwards, raising it as better zones are found in every slot. */
  const walk = (from: number, count: number): number[] => {
    const best = Array.from({ length: count }, () => 0);
    const levels = best.map(() => from);
    let level = from;
    const table = tableAt(level);
    let handle = handleOf(table);
    const above = best.map(() => valueOf(level + 1));
    const criticals = best.map(() => table.critical);
    let slot = 0;
    const better = (_step: number, _lane: number, _observed: number, llr: number) => {
      if (llr > best[slot]!) best[slot] = llr;
    };
    for (let block = kernel.next(0, handle); block >= 0; block = kernel.next(block + 1, handle)) {
      let lowest = Infinity;
      for (slot = 0; slot < count; slot++) {
        inspect(slot, block, criticals[slot]!, best[slot]! * BARELY, better);
        if (best[slot]! >= above[slot]!) {
          levels[slot] = levelBelow(best[slot]!);
          above[slot] = valueOf(levels[slot]! + 1);
          criticals[slot] = tableNear(levels[slot]!).critical;
        }
        lowest = Math.min(lowest, levels[slot]!);
      }
      if (lowest > level) handle = handleOf(tableNear((level = lowest)));
    }
    return best;
  };

  const remember = (largest: number) => {
    seen++;
    const off = largest - mean;
    mean += off / seen;
    spread += off * (largest - mean);
    // Nearly all maxima lie above this level, so that few data sets are walked twice.
    if (seen <= 32 || seen % 64 === 0) start = levelBelow(mean - 1.8 * Math.sqrt(spread / Math.max(1, seen - 1)));
  };

  return {
    largest: (count) => {
      let level = start ?? levelBelow(8);
      let best = walk(level, count);
      while (Math.min(...best) < valueOf(level) && level > LOWEST) {
        level = Math.max(LOWEST, level - LEVELS_LOWER);
        best = walk(level, count);
      }
      for (const each of best) remember(each);
      return best;
    },
    bestOfCentres: (level) => {
      const table = tableAt(levelBelow(level));
      const handle = handleOf(table);
      const best = bestWindows(study);
      for (let block = kernel.next(0, handle); block >= 0; block = kernel.next(block + 1, handle)) {
        const chain = chainOf(study, block);
        const origin = zones.origins[chain]!;
        inspect(0, block, table.critical, (level - TIE) * BARELY, (step, lane, observed, llr) => {
          if (llr >= level - TIE && llr > 0) best.add({ chain, origin, step, lane, observed, llr });
        });
      }
      return best.list();
    },
  };
}

/** The chain that a block belongs to. */
function chainOf({ zones }: Study, block: number): number {
  let [low, high] = [0, zones.firstBlock.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (zones.firstBlock[middle]! <= block) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first step of the chain that a block belongs to. */
export function firstStep(study: Study, block: number): number {
  const first = study.zones.firstBlock[chainOf(study, block)]!;
  return first > 0 ? study.zones.blockEnd[first - 1]! : 0;
}

/** The measure of the zone from `first` to `last` where it has no factor. */
export function sumOfCells({ zones, measure, layout }: Study, first: number, last: number, lane: number): number {
  let sum = 0;
  for (let step = first; step <= last; step++) sum += measure.cells![zones.steps[step]! * layout.lanes + lane]!;
  return sum;
}
