import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { scanDays, type ScanRequest } from "./scanDays.ts";

// On Linux a thread has a priority of its own: whoever reports or handles a case goes first. Tests wait for the scan.
if (process.platform === "linux" && process.env.NODE_ENV !== "test") setPriority(19);

/** Scans beside the server's own thread and tells day by day. */
for (const day of scanDays(workerData as ScanRequest)) parentPort!.postMessage(day);
