import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { OpenDatabase } from "../../platform/db/database.ts";
import { auditSubjects, type AuditedPage } from "./auditCases.ts";

type City = Pick<OpenDatabase, "db" | "cityId" | "address">;
type Member = { audit(ids: string[]): Promise<AuditedPage>; leave(): Promise<unknown> };

/** Pages that are looked at without help: a thread takes longer to begin than a small city to audit. */
const alone = 8;

function member({ address, cityId }: City): Member {
  const worker = new Worker(new URL("./auditWorker.ts", import.meta.url), {
    workerData: { address, cityId },
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  return {
    audit: (ids) =>
      new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.once("message", (audited: AuditedPage) => {
          worker.off("error", reject);
          resolve(audited);
        });
        worker.postMessage(ids);
      }),
    leave: () => worker.terminate(),
  };
}

/** Looks at pages of subjects as they come, with as many threads as the machine has cores once there is enough to do. */
export async function auditPages(
  city: City,
  pages: AsyncIterable<string[]>,
  report: (audited: AuditedPage) => void,
): Promise<void> {
  const free: Member[] = [{ audit: (ids) => auditSubjects(city.db, city.cityId, ids), leave: async () => {} }];
  const members: Member[] = [];
  const under = new Set<Promise<void>>();
  let seen = 0;
  try {
    for await (const ids of pages) {
      seen += 1;
      if (seen === alone) {
        free.pop();
        members.push(...Array.from({ length: Math.min(4, availableParallelism()) }, () => member(city)));
        free.push(...members);
      }
      const one = free.pop()!;
      const work = one.audit(ids).then((audited) => {
        free.push(one);
        under.delete(work);
        report(audited);
      });
      under.add(work);
      if (free.length === 0) await Promise.race(under);
    }
    await Promise.all(under);
  } finally {
    await Promise.all(members.map((each) => each.leave()));
  }
}
