import { parentPort } from "node:worker_threads";
import { bench } from "./bench.ts";
import { takeReplicates, type Task } from "./replicates.ts";

/** A thread of a crew: draws and searches replicates of the studies it is given. */
parentPort!.on("message", (task: Task) => {
  const work = bench(task.study, task.plain);
  const taking = takeReplicates(task, work);
  while (!taking.next().done);
  work.close();
  parentPort!.postMessage("done");
});
