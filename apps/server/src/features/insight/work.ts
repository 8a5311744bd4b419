import { Worker } from "node:worker_threads";
import type { DayScanned } from "./scanDays.ts";
import type { ScanOrder } from "./scanWorker.ts";

/**
 * Scans in a thread of its own, so that the desk does not wait for statistics.
 * @param scanned called for each day in turn
 * @throws the signal's reason when it is aborted
 */
export function scanInThread(order: ScanOrder, scanned: (day: DayScanned) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL("./scanWorker.ts", import.meta.url), {
      workerData: order,
      // The thread needs none of the test runner's or inspector's flags.
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    const stop = (): void => void worker.terminate();
    signal.addEventListener("abort", stop);
    worker.on("message", scanned);
    worker.on("error", reject);
    worker.on("exit", (code) => {
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve();
      else reject(new Error("the scan was stopped"));
    });
  });
}
