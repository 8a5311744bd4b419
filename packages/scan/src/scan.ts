import { chooseSettings } from "./check.ts";
import { describe, withoutOverlap, type Cluster } from "./clusters.ts";
import type { ChosenSettings, ScanInput, ScanSettings } from "./input.ts";
import { plainKernel, type Kernel } from "./kernel.ts";
import { TIE } from "./likelihood.ts";
import { drawer } from "./null.ts";
import { EXCEEDANCES_TO_STOP, untilStop } from "./pValue.ts";
import { randomStream } from "./random.ts";
import { searcher, type Searcher } from "./search.ts";
import { observedRows, prepare, type Prepared, type Study } from "./study.ts";

export type ScanResult = {
  /** Best first, not overlapping, each more surprising than the quietest replicate; the best one always. */
  readonly clusters: Cluster[];
  /** Replicates that were looked at: fewer than asked for when a sequential test stopped. */
  readonly replicates: number;
  /** The largest log-likelihood ratio of each replicate, in order. */
  readonly maxima: Float64Array;
  readonly settings: ChosenSettings;
};

export type ScanControl = {
  /** Told now and then how many replicates are done, of at most how many. */
  progress?(done: number, of: number): void;
  /** Aborting makes the scan throw the signal's reason. */
  readonly signal?: AbortSignal;
};

/** One thread's means to draw and search replicates. */
export type Bench = { readonly kernel: Kernel; readonly search: Searcher; replicate(number: number): number };

export function bench(study: Study): Bench {
  const kernel = plainKernel(study);
  const search = searcher(study, kernel);
  const draw = drawer(study.nullModel, study.layout, kernel.rows);
  return {
    kernel,
    search,
    replicate: (number) => {
      draw(randomStream(study.seed, number));
      return search.largest();
    },
  };
}

/**
 * Scan for places and days with more cases than expected (Kulldorff 1997, 2005), on this thread, without a pause.
 * Throws `ScanInputError` when the input cannot be scanned, and the reason of the signal when aborted.
 */
export function scanNow(input: ScanInput, given: ScanSettings = {}, control: ScanControl = {}): ScanResult {
  const settings = chooseSettings(given);
  return scanPrepared(prepare(input, settings), input, control);
}

/** The same as `scanNow`, letting others run every few milliseconds. */
export async function scan(input: ScanInput, given: ScanSettings = {}, control: ScanControl = {}): Promise<ScanResult> {
  const settings = chooseSettings(given);
  const steps = scanInSteps(prepare(input, settings), input, control);
  let paused = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - paused < 20) continue;
    await new Promise((resolve) => setImmediate(resolve));
    paused = performance.now();
  }
}

/** Scan a study that is already laid out. */
export function scanPrepared(prepared: Prepared, input: ScanInput, control: ScanControl): ScanResult {
  const steps = scanInSteps(prepared, input, control);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, stopping after each replicate so that a caller may let others run. */
export function* scanInSteps(prepared: Prepared, input: ScanInput, control: ScanControl): Generator<void, ScanResult> {
  const { study, settings } = prepared;
  const work = bench(study);
  const observed = largestObserved(prepared, work);
  const maxima = new Float64Array(settings.replicates);
  let [done, exceeding] = [0, 0];
  while (done < settings.replicates) {
    control.signal?.throwIfAborted();
    maxima[done] = work.replicate(done + 1);
    if (maxima[done++]! >= observed - TIE) exceeding++;
    control.progress?.(done, settings.replicates);
    if (settings.pValue === "sequential" && exceeding === EXCEEDANCES_TO_STOP) break;
    yield;
  }
  return conclude(prepared, input, work, maxima.subarray(0, done), observed);
}

/** The largest ratio of the observed cases. */
export function largestObserved({ study, counts, sites }: Prepared, { kernel, search }: Bench): number {
  kernel.rows.set(observedRows(counts, sites.placesOf.length, study.layout));
  return search.largest();
}

/** Clusters and p-values, once the replicates are there. */
export function conclude(
  prepared: Prepared,
  input: ScanInput,
  { kernel, search }: Bench,
  drawn: Float64Array,
  observed: number,
): ScanResult {
  const { study, counts, sites, settings } = prepared;
  const maxima = settings.pValue === "sequential" ? untilStop(drawn, observed) : drawn;
  const rows = observedRows(counts, sites.placesOf.length, study.layout);
  kernel.rows.set(rows);
  const quietest = maxima.reduce((least, each) => Math.min(least, each), Infinity);
  const found = observed > 0 ? search.bestOfCentres(Math.min(observed, quietest)) : [];
  const clusters = withoutOverlap(prepared, found)
    .filter((candidate, i) => i === 0 || candidate.llr > quietest + TIE)
    .map((candidate) => describe(prepared, input, rows, candidate, maxima));
  return { clusters, replicates: maxima.length, maxima, settings };
}
