import { bench, type Bench } from "./bench.ts";
import { chooseSettings } from "./check.ts";
import { describe, withoutOverlap, type Cluster } from "./clusters.ts";
import type { ChosenSettings, ScanInput, ScanSettings } from "./input.ts";
import { TIE } from "./likelihood.ts";
import { pValue, stopsAfter, untilStop } from "./pValue.ts";
import { openCrew, type Crew } from "./replicates.ts";
import { observedRows, prepare, type Prepared } from "./study.ts";

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
  /** Threads to use, by default one for each processor; or a crew that is kept for several scans. */
  readonly threads?: number;
  readonly crew?: Crew;
  /** Use no vector instructions; the result is the same to the last bit. */
  readonly plain?: boolean;
};

/**
 * Scan for places and days with more cases than expected (Kulldorff 1997, 2005), on this thread, without a pause.
 * Throws `ScanInputError` when the input cannot be scanned, and the reason of the signal when aborted.
 */
export function scanNow(input: ScanInput, given: ScanSettings = {}, control: ScanControl = {}): ScanResult {
  const settings = chooseSettings(given);
  return scanPrepared(prepare(input, settings), input, control);
}

/** Below so many additions one thread is done before others have started. */
const WORTH_THREADS = 400_000_000;

/**
 * The same as `scanNow`, on several threads where that is worth it, and letting others run meanwhile. The result is the
 * same to the last bit.
 */
export async function scan(input: ScanInput, given: ScanSettings = {}, control: ScanControl = {}): Promise<ScanResult> {
  const settings = chooseSettings(given);
  control.signal?.throwIfAborted();
  // Threads start while the study is laid out.
  const early = !control.crew && mayBeLong(input, settings) ? openCrew(control.threads) : undefined;
  try {
    const prepared = prepare(input, settings);
    const { zones, layout } = prepared.study;
    const crew = control.crew ?? early;
    if (crew && zones.steps.length * layout.lanes * settings.replicates >= WORTH_THREADS)
      return await scanTogether(prepared, input, control, crew);
    return await scanPausing(prepared, input, control);
  } finally {
    await early?.close();
  }
}

function mayBeLong({ places }: ScanInput, settings: ChosenSettings): boolean {
  const windows = settings.windows ? settings.windows.to : 1;
  return places.length ** 2 * settings.maxShare * windows * settings.replicates >= WORTH_THREADS;
}

async function scanTogether(
  prepared: Prepared,
  input: ScanInput,
  control: ScanControl,
  crew: Crew,
): Promise<ScanResult> {
  const { study, settings } = prepared;
  const work = bench(study, control.plain);
  const observed = largestObserved(prepared, work);
  const maxima = await crew.replicates(study, observed, settings.replicates, stopsAfter(settings), control, work);
  return conclude(prepared, input, work, maxima, observed);
}

async function scanPausing(prepared: Prepared, input: ScanInput, control: ScanControl): Promise<ScanResult> {
  const steps = scanInSteps(prepared, input, control);
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

/** The same, stopping after each few replicates so that a caller may let others run. */
export function* scanInSteps(prepared: Prepared, input: ScanInput, control: ScanControl): Generator<void, ScanResult> {
  const { study, settings } = prepared;
  const work = bench(study, control.plain);
  const observed = largestObserved(prepared, work);
  const maxima = new Float64Array(settings.replicates);
  let [done, exceeding] = [0, 0];
  while (done < settings.replicates) {
    control.signal?.throwIfAborted();
    for (const each of work.replicates(done + 1, Math.min(work.batch, settings.replicates - done))) {
      maxima[done++] = each;
      if (each >= observed - TIE) exceeding++;
    }
    control.progress?.(done, settings.replicates);
    if (exceeding >= stopsAfter(settings)) break;
    yield;
  }
  return conclude(prepared, input, work, maxima.subarray(0, done), observed);
}

/** The largest ratio of the observed cases. */
export function largestObserved({ study, counts, sites }: Prepared, work: Bench): number {
  return work.largestOf(observedRows(counts, sites.placesOf.length, study.layout));
}

/** Clusters and p-values, once the replicates are there. */
export function conclude(
  prepared: Prepared,
  input: ScanInput,
  work: Bench,
  drawn: Float64Array,
  observed: number,
): ScanResult {
  const { study, counts, sites, settings } = prepared;
  const maxima = untilStop(drawn, observed, stopsAfter(settings));
  const rows = observedRows(counts, sites.placesOf.length, study.layout);
  const quietest = maxima.reduce((least, each) => Math.min(least, each), Infinity);
  // Where nothing is an alarm the best cluster alone is enough to be looked at.
  const quiet = settings.alarmP !== undefined && pValue(observed, maxima, settings) > settings.alarmP;
  const found = observed > 0 ? work.bestOfCentres(rows, quiet ? observed : Math.min(observed, quietest)) : [];
  work.close();
  const clusters = withoutOverlap(prepared, input, found)
    .filter((candidate, i) => i === 0 || candidate.llr > quietest + TIE)
    .map((candidate) => describe(prepared, input, rows, candidate, maxima));
  return { clusters, replicates: maxima.length, maxima, settings };
}
