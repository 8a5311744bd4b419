import type { Finding } from "@linge/domain/insight/episode.ts";
import { Worker } from "node:worker_threads";
import type { ScanRequest } from "./scanStreams.ts";

/**
 * Scans as of several days in a thread of its own, so that the desk does not wait for statistics.
 * @param found called for each day in turn
 */
export function scanInWorker(
  request: Omit<ScanRequest, "day">,
  days: number[],
  found: (day: number, findings: Finding[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./scanWorker.ts", import.meta.url), {
      workerData: { request, days },
      // The thread needs none of the test runner's or inspector's flags.
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    signal?.addEventListener("abort", () => void worker.terminate());
    worker.on("message", ({ day, findings }: { day: number; findings: Finding[] }) => found(day, findings));
    worker.on("error", reject);
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error("the scan was stopped"))));
  });
}
