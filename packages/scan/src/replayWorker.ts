import { parentPort, workerData } from "node:worker_threads";
import { dayScanner, type History } from "./replay.ts";

/** A thread of a replay: takes one day after the other until none is left. */
const { history, next } = workerData as { history: History; next: Int32Array };
const scanDay = dayScanner(history);
const { from, to } = history.settings;
for (let day = from + Atomics.add(next, 0, 1); day <= to; day = from + Atomics.add(next, 0, 1))
  parentPort!.postMessage(scanDay(day));
