import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import pg from "pg";
import type { House } from "../../../platform/house.ts";
import { settleAll } from "../../tallies/settle.ts";
import type { DemoEvent } from "../events.ts";
import { seeded } from "../random.ts";
import { drawTime } from "../rhythm.ts";
import { chunkCases, type Chunk } from "./chunk.ts";
import { putBackIndexes, takeOffIndexes } from "./indexes.ts";

/** What is to be lived: as the plan of a demo city fixed it at its first start. */
export type BulkPlan = { seed: number; cases: number; from: number; now: number; events: readonly DemoEvent[] };

/** Events first, then everyday reports in the order of time. Keys and seeds are the same at every start. */
export function* chunksOf({ seed, cases, from, now, events }: BulkPlan): Generator<Chunk> {
  let key = 0;
  const next = (): { key: number; seed: number } => ({ key: ++key, seed: seed + 2 + key * 2 });
  for (const event of events)
    for (let left = event.cases; left > 0; left -= chunkCases)
      yield { ...next(), event, count: Math.min(chunkCases, left) };
  const everyday = Math.max(0, cases - events.reduce((sum, event) => sum + event.cases, 0));
  const random = seeded(seed);
  // Times first, for all of them: eight bytes each, and the rhythm of day and week is kept exactly.
  const times = Float64Array.from({ length: everyday }, () => drawTime(random, from, now)).sort();
  for (let i = 0; i < everyday; i += chunkCases) yield { ...next(), times: times.slice(i, i + chunkCases) };
}

const sizeOf = (chunk: Chunk): number => ("times" in chunk ? chunk.times.length : chunk.count);

/** Shares chunks among threads, each asking for the next when it is done; one that fails stops them all. */
async function liveInThreads(
  house: House,
  now: number,
  chunks: Iterator<Chunk>,
  told: (cases: number) => void,
): Promise<void> {
  const { address, cityId } = house;
  const workers = Array.from(
    { length: Math.max(2, availableParallelism()) },
    () =>
      new Worker(new URL("./worker.ts", import.meta.url), {
        workerData: { address, cityId, now },
        execArgv: ["--disable-warning=ExperimentalWarning"],
      }),
  );
  const works = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on("message", ({ cases }: { cases: number }) => {
          told(cases);
          const { value, done } = chunks.next();
          worker.postMessage(done ? "end" : value);
        });
        worker.on("error", reject);
        worker.on("exit", () => resolve());
      }),
  );
  try {
    await Promise.all(works);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function chunksDone(owner: pg.Client, cityId: string): Promise<Set<number>> {
  const found = await owner.query<{ version: number }>(
    "select version from settings where city_id = $1 and kind = 'demoChunk'",
    [cityId],
  );
  return new Set(found.rows.map((row) => row.version));
}

/** Sums of the whole city, which the threads did not keep. */
async function sumUp(owner: pg.Client, house: House): Promise<void> {
  await owner.query("begin");
  await owner.query("delete from case_shifts where city_id = $1", [house.cityId]);
  await owner.query("delete from case_tallies where city_id = $1", [house.cityId]);
  await owner.query(
    `insert into case_shifts (city_id, shift, area_code, cell, unit_ids, confidential, published, queues)
    select city_id, count(*), area_code, cell, unit_ids, visibility = 'confidential', published, case_queues(state, marks)
    from cases where city_id = $1 group by 1, 3, 4, 5, 6, 7, 8`,
    [house.cityId],
  );
  await owner.query("delete from settings where city_id = $1 and kind = 'demoChunk'", [house.cityId]);
  await owner.query("commit");
  await settleAll(house);
}

/**
 * Lets a very large demo city live: in threads, with COPY, and with indexes made at the end. Every life is decided by the
 * same rules as in a small one. Goes on after a kill with the chunks that are missing.
 */
export async function liveInBulk(house: House, plan: BulkPlan, progress: (line: string) => void): Promise<void> {
  const owner = new pg.Client(house.address.owner);
  // A connection that is cut fails the next query, which is where it is dealt with.
  owner.on("error", () => {});
  await owner.connect();
  try {
    await takeOffIndexes(owner, house.cityId);
    const done = await chunksDone(owner, house.cityId);
    const started = Date.now();
    let made = 0;
    let known = 0;
    let told = started;
    const missing = chunksOf(plan).filter((chunk) => {
      if (!done.has(chunk.key)) return true;
      known += sizeOf(chunk);
      return false;
    });
    const tell = (cases: number): void => {
      made += cases;
      if (Date.now() - told < 1000) return;
      told = Date.now();
      const rate = Math.round((made / (told - started)) * 1000);
      const [lived, all] = [made + known, plan.cases].map((count) => count.toLocaleString("en"));
      progress(`the demo city comes to life: ${lived} of ${all} cases, ${rate.toLocaleString("en")} a second`);
    };
    await liveInThreads(house, plan.now, missing, tell);
    await putBackIndexes(owner, house.cityId, progress);
    progress("the demo city's sums are made");
    await sumUp(owner, house);
    await owner.query("vacuum (analyze) cases, case_events, work_orders, ledger_leaves, case_days");
  } finally {
    await owner.end();
  }
}
