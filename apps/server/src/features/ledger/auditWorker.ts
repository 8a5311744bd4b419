import { parentPort, workerData } from "node:worker_threads";
import { connect, type OpenDatabase } from "../../platform/db/database.ts";
import { auditSubjects } from "./auditCases.ts";

// A thread of an audit: compares the pages of subjects that it is sent, over a connection of its own.
const { address, cityId } = workerData as Pick<OpenDatabase, "address" | "cityId">;
const { db } = connect(address, cityId, 3);
parentPort!.on("message", (ids: string[]) => {
  void auditSubjects(db, cityId, ids).then((audited) => parentPort!.postMessage(audited));
});
