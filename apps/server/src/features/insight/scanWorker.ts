import { parentPort, workerData } from "node:worker_threads";
import { scanStreams, type ScanRequest } from "./scanStreams.ts";

/** Scans as of each of the days it is given, beside the server's own thread. */
const { request, days } = workerData as { request: Omit<ScanRequest, "day">; days: number[] };
for (const day of days) parentPort!.postMessage({ day, findings: scanStreams({ ...request, day }) });
