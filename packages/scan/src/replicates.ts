import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Bench } from "./bench.ts";
import type { ScanControl } from "./scan.ts";
import { TIE } from "./likelihood.ts";
import type { Study } from "./study.ts";

/** What threads share: whole numbers that they count in, and the maxima. */
export type Shared = { readonly state: Int32Array; readonly maxima: Float64Array };

/** The next replicate to draw, replicates done, exceedances, and whether to stop. */
export const STATE = { next: 0, done: 1, exceeding: 2, stop: 3 } as const;

export type Task = {
  readonly study: Study;
  readonly shared: Shared;
  readonly observed: number;
  /** Exceedances after which no more replicates are drawn. */
  readonly stopAfter: number;
  readonly plain: boolean;
};

/** Threads that draw and search replicates, kept for several scans: this one, and workers beside it. */
export type Crew = {
  readonly threads: number;
  /**
   * The maxima of replicates 1 to `replicates`, or of as many as a sequential test needs. A replicate depends on the
   * seed and its number alone, so the number of threads changes nothing but the time.
   */
  replicates(
    study: Study,
    observed: number,
    replicates: number,
    stopAfter: number,
    control: ScanControl,
    work: Bench,
  ): Promise<Float64Array>;
  close(): Promise<void>;
};

/** Start threads; by default as many as there are processors, this one among them. */
export function openCrew(threads: number = availableParallelism()): Crew {
  const workers = Array.from({ length: Math.max(0, threads - 1) }, () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    worker.unref();
    return worker;
  });
  let queue: Promise<unknown> = Promise.resolve();
  return {
    threads: workers.length + 1,
    replicates: (study, observed, replicates, stopAfter, control, work) => {
      const run = queue.then(() => runTogether(workers, study, observed, replicates, stopAfter, control, work));
      queue = run.catch(() => undefined);
      return run;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function runTogether(
  workers: Worker[],
  study: Study,
  observed: number,
  replicates: number,
  stopAfter: number,
  control: ScanControl,
  work: Bench,
): Promise<Float64Array> {
  const state = new Int32Array(new SharedArrayBuffer(16));
  const maxima = new Float64Array(new SharedArrayBuffer(8 * replicates));
  const task: Task = { study, shared: { state, maxima }, observed, stopAfter, plain: control.plain ?? false };
  const stop = () => Atomics.store(state, STATE.stop, 1);
  const tell = () => control.progress?.(Atomics.load(state, STATE.done), replicates);
  control.signal?.throwIfAborted();
  control.signal?.addEventListener("abort", stop);
  const ticking = setInterval(tell, 100);
  try {
    await Promise.all([...workers.map((worker) => give(worker, task)), takeWithPauses(task, work)]);
  } finally {
    clearInterval(ticking);
    control.signal?.removeEventListener("abort", stop);
  }
  control.signal?.throwIfAborted();
  tell();
  return maxima.slice(0, Atomics.load(state, STATE.done));
}

const PAUSE_MS = 10;

/** The share of this thread, which lets others run now and then. */
async function takeWithPauses(task: Task, work: Bench): Promise<void> {
  let paused = performance.now();
  for (const _ of takeReplicates(task, work)) {
    if (performance.now() - paused < PAUSE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    paused = performance.now();
  }
}

/** Hand a task to a thread and wait until it has nothing left to do. */
function give(worker: Worker, task: Task): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      worker.off("message", answered);
      worker.off("error", failed);
      worker.unref();
      end();
    };
    const answered = () => finish(resolve);
    const failed = (error: Error) => finish(() => reject(error));
    worker.on("message", answered);
    worker.on("error", failed);
    worker.ref();
    worker.postMessage(task);
  });
}

/** Take replicates until there are none left, the test has stopped, or the scan was aborted. */
export function* takeReplicates(task: Task, { batch, replicates }: Bench): Generator<void, void> {
  const { state, maxima } = task.shared;
  while (Atomics.load(state, STATE.stop) === 0) {
    const first = Atomics.add(state, STATE.next, batch);
    const count = Math.min(batch, maxima.length - first);
    if (count <= 0) return;
    const drawn = replicates(first + 1, count);
    maxima.set(drawn, first);
    Atomics.add(state, STATE.done, count);
    const more = drawn.filter((each) => each >= task.observed - TIE).length;
    const exceeding = Atomics.add(state, STATE.exceeding, more) + more;
    // Replicates are handed out in order, so all before the last one taken will be there at the end.
    if (exceeding >= task.stopAfter) Atomics.store(state, STATE.stop, 1);
    yield;
  }
}
