import type { House } from "../platform/house.ts";
import type { JobKind, Timetable } from "../platform/jobs/kind.ts";
import type { Asked } from "../platform/jobs/queue.ts";
import { endSuspensions } from "./cases/suspensions.ts";
import { publishDue } from "./figures/monthly.ts";
import { dayAt, dayName, hourAt } from "./insight/day.ts";
import { reportJob, reportsDue } from "./insight/reports.ts";
import { nightlyScan, scanJobs } from "./insight/scanJobs.ts";
import { takeEffect } from "./planning/keep.ts";
import { releaseDue } from "./openData/release.ts";
import { retentionNight } from "./privacy/retention/nightly.ts";

/** Work that looks for itself what is due, and may be repeated without harm. */
function looking(kind: string, line: JobKind["line"], look: (house: House) => Promise<void>): JobKind {
  return {
    kind,
    line,
    async work(house, task) {
      await look(house);
      await task.finish(async () => {});
    },
  };
}

/** Everything that the house does besides answering: one way in, shared by all servers. */
export const jobKinds: readonly JobKind[] = [
  ...scanJobs,
  reportJob,
  looking("endSuspensions", "quick", async (house) => void (await endSuspensions(house))),
  looking("gridPlans", "quick", async (house) => void (await takeEffect(house))),
  looking("publishFigures", "quick", publishDue),
  looking("releaseOpenData", "long", releaseDue),
  looking("retention", "long", retentionNight),
];

/** Retention goes through its tables when the city sleeps. */
const retentionHour = 3;

/** Clocks of promises that stood still run again within so many minutes of their time. */
const clockMinutes = 5;

/** Looked for every few minutes, each hour of the city, and once in each of its days. */
function byTheClock(house: House): Asked[] {
  const now = house.clock();
  const [day, hour] = [dayName(dayAt(now)), hourAt(now)];
  const slot = Math.floor(now / (clockMinutes * 60_000));
  return [
    { kind: "endSuspensions", key: String(slot) },
    { kind: "gridPlans", key: String(slot) },
    { kind: "publishFigures", key: `${day} ${hour}` },
    { kind: "releaseOpenData", key: day },
    ...(hour >= retentionHour ? [{ kind: "retention", key: `${day} ${hour}` }] : []),
  ];
}

/** What comes with the clock. */
export const timetable: Timetable = async (house) => [
  ...nightlyScan(house),
  ...(await reportsDue(house)),
  ...byTheClock(house),
];
