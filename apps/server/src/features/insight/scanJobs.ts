import type { Looks } from "@linge/domain/insight/finding.ts";
import { familiesOfPart, partsFor } from "@linge/domain/insight/parts.ts";
import type { PastDay } from "@linge/domain/insight/replaying.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import type { JobKind, Task } from "../../platform/jobs/kind.ts";
import { ask, cancel } from "../../platform/jobs/queue.ts";
import { countSeparateReports } from "../figures/separate.ts";
import { concludeNight } from "./concludeNight.ts";
import { concludeReplay } from "./concludeReplay.ts";
import { dayName, hourAt, lastWholeDay } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { spaceOf } from "./places.ts";
import { insertScan, keepPart, newestScan, partsOf, scanById, type Purpose, type Scan } from "./scans.ts";
import { categoriesOf, familyWeights, firstDay } from "./streams.ts";
import { scanInThread } from "./work.ts";

/** Reports of the last days may still be merged, corrected or withdrawn: they are counted again every night. */
const recountDays = 45;
/** The night's scan begins after this hour in the city, when phones of the evening have sent what they had. */
const nightHour = 2;

type Payload = { purpose: Purpose; days?: number };
type PartPayload = { scanId: string; part: string };

/** Counts what stands for itself: everything once, then what may have changed. */
async function recount(house: House, since: number, last: number): Promise<void> {
  const counted = await newestScan(house, "nightly", true);
  const from = counted ? Math.max(since, Math.min(counted.lastDay, last) - recountDays) : since;
  await countSeparateReports(house, dayName(from), dayName(last));
}

/** Lays a scan out: counts, cuts it into parts, asks for each. */
const plan: JobKind = {
  kind: "insightScan",
  line: "long",
  async work(house: House, task: Task) {
    const { purpose, days = 1 } = task.payload as Payload;
    const lastDay = lastWholeDay(house.clock());
    const since = await firstDay(house);
    if (since === undefined || since > lastDay) return task.finish(async () => {});
    await recount(house, since, lastDay);
    const first = Math.max(since, lastDay - days + 1);
    const scan: Scan = {
      id: newId(),
      purpose,
      firstDay: first,
      lastDay,
      since,
      options: await currentDocument(house, "scanOptions"),
      parts: partsFor(await familyWeights(house, lastDay), lastDay - first + 1),
      askedAt: momentOf(house),
    };
    await task.finish(async (tx) => {
      await insertScan(tx, house.cityId, scan);
      const parts = scan.parts.map((part) => ({
        kind: "insightPart",
        key: `${scan.id}/${part}`,
        payload: { scanId: scan.id, part },
      }));
      await ask({ db: tx, cityId: house.cityId }, parts, house.clock());
    });
  },
};

/** Scans one part in a thread beside the server's own; whoever ends the last part asks for the conclusion. */
const part: JobKind = {
  kind: "insightPart",
  line: "long",
  async work(house: House, task: Task) {
    const { scanId, part: name } = task.payload as PartPayload;
    const scan = await scanById(house, scanId);
    if (!scan) return task.finish(async () => {});
    const started = performance.now();
    const days: PastDay[] = [];
    let looks: Looks = { where: 0, howMuch: 0 };
    const { firstDay: first, lastDay: last, since, options } = scan;
    const { address, cityId } = house;
    const space = spaceOf(house, options);
    const categoryIds = categoriesOf(house, familiesOfPart(name));
    const order = { address, cityId, categoryIds, space, since, firstDay: first, lastDay: last, options };
    await scanInThread(
      order,
      ({ day, findings, looks: latest }) => {
        days.push({ day, findings });
        looks = latest;
        task.progress(days.length, last - first + 1);
      },
      task.signal,
    );
    const seconds = (performance.now() - started) / 1000;
    await task.finish(async (tx) => {
      if (await keepPart(tx, house.cityId, scanId, { part: name, days, looks, seconds }))
        await ask({ db: tx, cityId: house.cityId }, [{ kind: "insightConclude", key: scanId }], house.clock());
    });
  },
};

/** Brings the parts together: the night's episodes, or what the past would have brought. */
const conclude: JobKind = {
  kind: "insightConclude",
  line: "quick",
  async work(house: House, task: Task) {
    const scan = await scanById(house, task.key);
    if (!scan || scan.finishedAt) return task.finish(async () => {});
    const found = await partsOf(house, scan);
    await task.finish((tx) =>
      scan.purpose === "nightly" ? concludeNight(house, tx, scan, found) : concludeReplay(house, tx, scan, found),
    );
  },
};

export const scanJobs: readonly JobKind[] = [plan, part, conclude];

/** Asks for a scan as of the last whole day, now; one that is under way is joined. */
export async function askForScan(house: House): Promise<void> {
  const { asked } = await stateOfScan(house, "nightly");
  if (asked) return;
  const key = `${dayName(lastWholeDay(house.clock()))} ${newId()}`;
  await ask(house, [{ kind: "insightScan", key, payload: { purpose: "nightly" } }], house.clock());
}

/** Asks for a replay of the last days. */
export async function askForReplay(house: House, days: number): Promise<void> {
  const { asked } = await stateOfScan(house, "replay");
  if (asked) return;
  await ask(
    house,
    [{ kind: "insightScan", key: `replay ${newId()}`, payload: { purpose: "replay", days } }],
    house.clock(),
  );
}

export type ScanState = { asked: boolean; done: number; of: number; problem?: string };
type JobRow = { kind: string; state: string; progress: { done: number } | null; problem: string | null };

/** How far the newest scan of a purpose is, in days of parts; whichever server works on it. */
export async function stateOfScan(house: House, purpose: Purpose): Promise<ScanState> {
  const { db, cityId } = house;
  const plans = await sql<JobRow>`
    select kind, state, progress, problem from jobs where city_id = ${cityId} and kind = 'insightScan'
      and payload->>'purpose' = ${purpose} and state in ('waiting', 'running', 'failed') order by id desc limit 1`.execute(
    db,
  );
  const planning = plans.rows[0];
  const scan = await newestScan(house, purpose, false);
  if (planning && planning.state !== "failed") return { asked: true, done: 0, of: 0 };
  if (!scan || scan.finishedAt) return { asked: false, done: 0, of: 0, problem: planning?.problem ?? undefined };
  const jobs = await sql<JobRow>`
    select kind, state, progress, problem from jobs where city_id = ${cityId} and kind in ('insightPart', 'insightConclude')
      and key ^@ ${scan.id}`.execute(db);
  return progressOf(scan, jobs.rows);
}

function progressOf(scan: Scan, jobs: readonly JobRow[]): ScanState {
  const days = scan.lastDay - scan.firstDay + 1;
  const parts = jobs.filter(({ kind }) => kind === "insightPart");
  const done = parts.reduce((sum, { state, progress }) => sum + (state === "done" ? days : (progress?.done ?? 0)), 0);
  const stuck = jobs.find(({ state }) => state === "failed");
  const stopped = stuck !== undefined || jobs.some(({ state }) => state === "cancelled");
  return { asked: !stopped, done, of: days * scan.parts.length, problem: stuck?.problem ?? undefined };
}

/** Stops a replay that waits or runs, wherever it runs. */
export async function stopReplay(house: House): Promise<void> {
  const scan = await newestScan(house, "replay", false);
  await cancel(house, "insightScan", "replay ", house.clock());
  if (scan && !scan.finishedAt) await cancel(house, "insightPart", scan.id, house.clock());
}

/** The night's scan: asked for from its hour on until the day is over, so that a server that was off catches up. */
export function nightlyScan(house: House): { kind: string; key: string; payload: object }[] {
  const now = house.clock();
  if (hourAt(now) < nightHour) return [];
  return [{ kind: plan.kind, key: dayName(lastWholeDay(now)), payload: { purpose: "nightly" } }];
}
