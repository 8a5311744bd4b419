import { askForReplay, askForScan, stateOfScan, stopReplay } from "../../apps/server/src/features/insight/scanJobs.ts";
import { newestScan } from "../../apps/server/src/features/insight/scans.ts";
import { jobKinds } from "../../apps/server/src/features/jobs.ts";
import { keepWorking, workOff } from "../../apps/server/src/platform/jobs/work.ts";
import type { House } from "../../apps/server/src/platform/house.ts";
import type { BenchRow } from "../../scripts/bench/main.ts";
import { openCity } from "./city.ts";
import { report } from "./report.ts";

const cases = 12_000;
const perSecond = 60;
const seconds = 5;
const turns = 5;
/** Reports come at their own pace, whether or not earlier ones are done. @returns the 95th percentile in ms */
async function pacedP95(house: House): Promise<number> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = performance.now();
    under.push(report(house).then(() => void times.push(performance.now() - due)));
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
  }
  await Promise.all(under);
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!;
}

const middle = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

/** The night's scan, and intake with and without scanning beside it, turn by turn in one run. */
export async function rows(): Promise<BenchRow[]> {
  const city = await openCity(cases, 8);
  const { house } = city;
  try {
    const began = performance.now();
    await askForScan(house);
    await workOff(house, jobKinds);
    const night = (performance.now() - began) / 1000;
    const scan = (await newestScan(house, "nightly", true))!;
    await pacedP95(house);
    const alone: number[] = [];
    const beside: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      alone.push(await pacedP95(house));
      const server = keepWorking(house, jobKinds, async () => []);
      await askForReplay(house, 300);
      // Only a scan that is really running counts.
      while (!(await stateOfScan(house, "replay")).done) await new Promise((resolve) => setTimeout(resolve, 200));
      beside.push(await pacedP95(house));
      await stopReplay(house);
      await server.stop();
    }
    const [quiet, busy] = [middle(alone), middle(beside)];
    return [
      {
        goal: `p95 of intake at ${perSecond}/s beside a scan that never pauses`,
        target: "≤ +20 %",
        measured: `${quiet.toFixed(1)} → ${busy.toFixed(1)} ms (${((100 * busy) / quiet - 100).toFixed(0)} %)`,
        reached: busy <= quiet * 1.2,
        note: `medians of ${turns} turns of ${seconds} s; alone ${alone.map((each) => each.toFixed(1)).join(", ")}; beside ${beside.map((each) => each.toFixed(1)).join(", ")}`,
      },
      {
        goal: `the night of a city of ${cases.toLocaleString("en")} cases a year, its first: count, scan, follow`,
        target: "≤ 60 s (G5)",
        measured: `${night.toFixed(1)} s`,
        reached: night <= 60,
        note: `${scan.looks!.where} streams for places, ${scan.looks!.howMuch} series`,
      },
    ];
  } finally {
    await city.close();
  }
}
