import { criticalCounts, NEVER } from "./critical.ts";
import { recount, type Kernel } from "./kernel.ts";
import { countIn } from "./layout.ts";
import { ratioOf, TIE } from "./likelihood.ts";
import type { Study } from "./study.ts";

/** A zone (its last step) and window whose ratio was computed. */
export type Candidate = { centre: number; step: number; lane: number; observed: number; llr: number };

/** Finds the largest ratio of the data set in the kernel's rows, exactly, looking closely only where it can be. */
export type Searcher = {
  /** The largest ratio, 0 when there is no excess anywhere. */
  largest(): number;
  /** The best zone and window of each centre whose ratio is at least `level`. */
  bestOfCentres(level: number): Candidate[];
};

/** Levels for which critical counts are kept are this far apart; which are used changes the speed, not the result. */
const LEVEL_STEP = 1.12;
const LOWEST = -60;
/** What a kernel of 16-bit counts holds at most. */
const FULL = 32_767;

export function searcher(study: Study, kernel: Kernel): Searcher {
  const { zones, layout, measure } = study;
  const { lanes } = layout;
  const ratio = ratioOf(study.likelihood);
  const tables = new Map<number, { critical: Int32Array; handle: number }>();
  let start: number | undefined;
  let seen = 0;
  let [mean, spread] = [0, 0];

  const valueOf = (level: number) => (level <= LOWEST ? TIE : LEVEL_STEP ** level);
  const tableAt = (level: number) => {
    let table = tables.get(level);
    if (!table) {
      const critical = criticalCounts(study.likelihood, study.minCases, study.classMeasures, lanes, valueOf(level));
      table = { critical, handle: kernel.load(critical) };
      tables.set(level, table);
    }
    return table;
  };
  const levelBelow = (value: number) =>
    value <= valueOf(LOWEST + 1) ? LOWEST : Math.floor(Math.log(value) / Math.log(LEVEL_STEP));

  /** Look at every zone of a block in each window that reached its critical count, from the last zone backwards. */
  const inspect = (
    block: number,
    critical: Int32Array,
    found: (step: number, lane: number, observed: number, llr: number) => void,
  ) => {
    const row = zones.blockClass[block]! * lanes;
    const begin = block > 0 ? zones.blockEnd[block - 1]! : 0;
    const last = zones.blockEnd[block]! - 1;
    for (let lane = 0; lane < lanes; lane++) {
      if (critical[row + lane]! >= NEVER) continue;
      let observed = kernel.sum(lane);
      // Counts that no longer fit into 16 bits stand still there.
      const full = observed >= FULL;
      if (!full && observed < critical[row + lane]!) continue;
      const first = measure.cells || full ? firstStep(study, block) : 0;
      if (full) observed = recount(study, kernel.rows, first, last, lane);
      let size = measure.factor
        ? zones.blockSize[block]! * measure.factor[lane]!
        : sumOfCells(study, first, last, lane);
      for (let step = last; step >= begin; step--) {
        const site = zones.steps[step]!;
        if (observed >= study.minCases) found(step, lane, observed, ratio(observed, size));
        observed -= countIn(layout, kernel.rows, site, lane);
        size -= measure.factor ? measure.weight[site]! * measure.factor[lane]! : measure.cells![site * lanes + lane]!;
      }
    }
  };

  /** Walk all blocks from a level upwards, raising it as better zones are found. */
  const walk = (from: number): number => {
    let best = 0;
    let level = from;
    let table = tableAt(level);
    const better = (_step: number, _lane: number, _observed: number, llr: number) => {
      if (llr > best) best = llr;
    };
    for (let block = kernel.next(0, table.handle); block >= 0; block = kernel.next(block + 1, table.handle)) {
      inspect(block, table.critical, better);
      if (best >= valueOf(level + 1)) table = tableAt((level = Math.max(level, levelBelow(best))));
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
    largest: () => {
      let level = start ?? levelBelow(8);
      let best = walk(level);
      while (best < valueOf(level) && level > LOWEST) {
        level = Math.max(LOWEST, level - 4);
        best = walk(level);
      }
      remember(best);
      return best;
    },
    bestOfCentres: (level) => {
      const table = tableAt(levelBelow(level));
      const best = new Map<number, Candidate>();
      for (let block = kernel.next(0, table.handle); block >= 0; block = kernel.next(block + 1, table.handle)) {
        const centre = centreOf(study, block);
        inspect(block, table.critical, (step, lane, observed, llr) => {
          const known = best.get(centre);
          const tied = known && Math.abs(llr - known.llr) <= TIE;
          const better =
            !known || (tied ? step < known.step || (step === known.step && lane < known.lane) : llr > known.llr);
          if (llr >= level - TIE && llr > 0 && better) best.set(centre, { centre, step, lane, observed, llr });
        });
      }
      return [...best.values()];
    },
  };
}

/** The centre that a block belongs to. */
function centreOf({ zones }: Study, block: number): number {
  let [low, high] = [0, zones.firstBlock.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (zones.firstBlock[middle]! <= block) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first step of the centre that a block belongs to. */
export function firstStep(study: Study, block: number): number {
  const first = study.zones.firstBlock[centreOf(study, block)]!;
  return first > 0 ? study.zones.blockEnd[first - 1]! : 0;
}

/** The measure of the zone from `first` to `last` where it has no factor. */
export function sumOfCells({ zones, measure, layout }: Study, first: number, last: number, lane: number): number {
  let sum = 0;
  for (let step = first; step <= last; step++) sum += measure.cells![zones.steps[step]! * layout.lanes + lane]!;
  return sum;
}
