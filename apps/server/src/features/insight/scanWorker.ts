import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { connect } from "../../platform/db/database.ts";
import type { DatabaseAddress } from "../../platform/db/pool.ts";
import { scanDays, type ScanRequest } from "./scanDays.ts";
import { baselineDays, loadStreams, seriesDays } from "./streams.ts";

/** A part of a scan: the thread reads its counts itself, so that no million rows pass through the server's own. */
export type ScanOrder = Omit<ScanRequest, "streams"> & {
  address: DatabaseAddress;
  cityId: string;
  categoryIds: string[];
};

// On Linux a thread has a priority of its own: whoever reports or handles a case goes first. Tests wait for the scan.
if (process.platform === "linux" && process.env.NODE_ENV !== "test") setPriority(19);

const { address, cityId, categoryIds, ...order } = workerData as ScanOrder;
const opened = connect(address, cityId, 1);
const indexOf = new Map(order.space.places.map(({ id }, i) => [id, i]));
const from = order.firstDay - Math.max(baselineDays, seriesDays);
const streams = await loadStreams(opened, categoryIds, indexOf, from, order.lastDay);
await opened.close();

/** Tells day by day. */
for (const day of scanDays({ ...order, streams })) parentPort!.postMessage(day);
