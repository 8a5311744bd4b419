import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { checkPlaces, chooseSettings, readCases } from "./check.ts";
import type { Cluster } from "./clusters.ts";
import { ScanInputError, type CaseColumns, type ChosenSettings, type ScanInput, type ScanSettings } from "./input.ts";
import { neighboursOf, rememberNeighbours } from "./neighbours.ts";
import { scanPrepared } from "./scan.ts";
import { findSites } from "./sites.ts";
import { prepareCases } from "./study.ts";

export type ReplaySettings = Omit<ScanSettings, "type" | "start" | "end"> & {
  /** First and last day to scan as of. */
  readonly from: number;
  readonly to: number;
  /** Days that each scan looks back on, default 365. */
  readonly history?: number;
};

/** What a scan as of a day would have said, knowing nothing that came after. */
export type ReplayDay = {
  readonly day: number;
  /** With `alarmP` only alarms, otherwise all clusters. */
  readonly clusters: readonly Cluster[];
  readonly replicates: number;
  /** Why there was nothing to scan: no cases yet, or all on one day. */
  readonly refused?: string;
};

/** What a thread needs to scan any day: cases in the order of their days. */
export type History = {
  readonly space: Pick<ScanInput, "places" | "distances">;
  readonly cases: CaseColumns;
  readonly settings: ReplaySettings;
};

type ReplayControl = {
  /** Told after each day how many are done, of how many. */
  progress?(done: number, of: number): void;
  /** Aborting makes the replay throw the signal's reason. */
  readonly signal?: AbortSignal;
  /** Threads to use, by default one for each processor; 0 scans on this one. */
  readonly threads?: number;
};

const DAYS = 365;

/**
 * Prospective scans as of each day from `from` to `to`, in order: what daily alarms would have been. Days are shared out
 * to threads; each scan is the one that `scan` would do on the cases of its days, with the seed raised by one a day.
 * Sites and the order of neighbours are found once. Needs the memory of one scan for each thread, the cases, and two
 * bytes for each pair of places (up to 5,000). Permutation only, because populations of the past would have to change.
 */
export async function* replay(
  input: Pick<ScanInput, "places" | "distances" | "cases">,
  settings: ReplaySettings,
  control: ReplayControl = {},
): AsyncGenerator<ReplayDay> {
  const history = historyOf(input, settings);
  const of = settings.to - settings.from + 1;
  const threads = Math.min(control.threads ?? availableParallelism(), of);
  let done = 0;
  const days = threads === 0 ? onThisThread(history) : onThreads(history, threads);
  for await (const day of days) {
    control.signal?.throwIfAborted();
    yield day;
    control.progress?.(++done, of);
  }
}

function historyOf(input: Pick<ScanInput, "places" | "distances" | "cases">, settings: ReplaySettings): History {
  const { from, to, history = DAYS } = settings;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from > to)
    throw new ScanInputError("a replay goes from a whole day to a later one");
  if (!Number.isSafeInteger(history) || history < 2)
    throw new ScanInputError("the history of a replay must be a whole number of days from 2");
  if (settings.model && settings.model !== "space-time-permutation")
    throw new ScanInputError("only the space-time permutation can be replayed");
  chooseSettings(scanSettings(settings, from));
  checkPlaces(input);
  const { places, distances } = input;
  const space = distances ? { places, distances } : { places };
  return { space, cases: inOrderOfDays(readCases(input)), settings };
}

function scanSettings({ from, to: _to, history = DAYS, ...rest }: ReplaySettings, day: number): ScanSettings {
  return { ...rest, start: day - history + 1, end: day, seed: (rest.seed ?? 1) + (day - from) };
}

function inOrderOfDays({ place, day, count }: CaseColumns): CaseColumns {
  const order = Float64Array.from({ length: day.length }, (_, i) => i).sort((a, b) => day[a]! - day[b]! || a - b);
  const sorted = (column: ArrayLike<number>) => {
    const shared = new Int32Array(new SharedArrayBuffer(4 * order.length));
    order.forEach((from, to) => (shared[to] = column[from]!));
    return shared;
  };
  return { place: sorted(place), day: sorted(day), count: sorted(count) };
}

/** A function that scans as of a day. */
export function dayScanner({ space, cases, settings }: History): (day: number) => ReplayDay {
  const chosen = chooseSettings(scanSettings(settings, settings.from));
  const sites = findSites({ ...space, cases });
  const neighbours = rememberNeighbours(neighboursOf({ ...space, cases }, chosen, sites));
  return (day) => {
    const each: ChosenSettings = chooseSettings(scanSettings(settings, day));
    const [begin, end] = [firstFrom(cases.day, each.start!), firstFrom(cases.day, day + 1)];
    const cut = (column: ArrayLike<number>) => (column as Int32Array).subarray(begin, end);
    const input: ScanInput = {
      ...space,
      cases: { place: cut(cases.place), day: cut(cases.day), count: cut(cases.count) },
    };
    try {
      const { clusters, replicates } = scanPrepared(prepareCases(input, each, sites, neighbours), input, {});
      const { alarmP } = each;
      return { day, replicates, clusters: clusters.filter(({ p }) => alarmP === undefined || p <= alarmP) };
    } catch (error) {
      if (!(error instanceof ScanInputError)) throw error;
      return { day, replicates: 0, clusters: [], refused: error.message };
    }
  };
}

/** The first place in a rising column that is at least `least`. */
function firstFrom(column: ArrayLike<number>, least: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function* onThisThread(history: History): AsyncGenerator<ReplayDay> {
  const scanDay = dayScanner(history);
  for (let day = history.settings.from; day <= history.settings.to; day++) {
    yield scanDay(day);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Each thread takes the next day that nobody has taken; days are told in order. */
async function* onThreads(history: History, threads: number): AsyncGenerator<ReplayDay> {
  const { from, to } = history.settings;
  const next = new Int32Array(new SharedArrayBuffer(4));
  const waiting = new Map<number, ReplayDay>();
  let [wake, failure]: [() => void, Error | undefined] = [() => {}, undefined];
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL("./replayWorker.ts", import.meta.url), {
      workerData: { history, next },
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    worker.on("message", (found: ReplayDay) => {
      waiting.set(found.day, found);
      wake();
    });
    worker.on("error", (error: Error) => {
      failure = error;
      wake();
    });
    return worker;
  });
  try {
    for (let day = from; day <= to; day++) {
      while (!waiting.has(day)) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      yield waiting.get(day)!;
      waiting.delete(day);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
