import { cpus } from "node:os";
import { replay, scan, scanStreams, thresholdForBudget, type ScanSettings, type Stream } from "../src/index.ts";
import { makeCity } from "./city.ts";
import { phasesOf } from "./phases.ts";
import { curve, timed, type Row } from "./row.ts";

/** G1 to G3, G5 and G7, from arrays to explained clusters, threads started and stopped within the time. */
export async function rows(): Promise<Row[]> {
  const large = makeCity(2000, 100_000, 365, 13);
  const huge = makeCity(5000, 1_000_000, 365, 14);
  const middle = makeCity(1000, 20_000, 180, 12);
  return [
    await scanned("G1 2,000 places, 100,000 cases, up to 50 %, 999 replicates", large, { maxShare: 0.5 }, 1),
    await scanned("G2 5,000 places, 1,000,000 cases, up to 10 %, 999 replicates", huge, { maxShare: 0.1 }, 3),
    await scanned(
      "G3 retrospective, 1,000 places, 20,000 cases, up to 10 %, 999 replicates",
      middle,
      { maxShare: 0.1, type: "retrospective" },
      5,
    ),
    await nightly(),
    await replayed(),
    await growth("places (50,000 cases, 10 %)", [500, 1000, 2000, 4000], (n) => [makeCity(n, 50_000, 365, 3), 999]),
    await growth("cases (1,000 places, 10 %)", [1000, 10_000, 100_000, 1_000_000], (n) => [
      makeCity(1000, n, 365, 4),
      999,
    ]),
    await growth("replicates (1,000 places, 50,000 cases, 10 %)", [99, 999, 9999], (n) => [
      makeCity(1000, 50_000, 365, 5),
      n,
    ]),
  ];
}

type City = ReturnType<typeof makeCity>;

async function scanned(goal: string, input: City, settings: ScanSettings, target: number): Promise<Row> {
  // Once without measuring, so that the code is warm, as in a server that scans every night.
  await scan(input, { ...settings, replicates: 99 });
  const { seconds, busy } = await timed(3, () => scan(input, settings));
  return {
    goal,
    target: `≤ ${target} s`,
    measured: `${seconds.toFixed(2)} s`,
    reached: seconds <= target,
    note: `${busy.toFixed(2)} s of processor time on ${cpus().length} processors; ${phasesOf(input, settings)}`,
  };
}

const CATEGORIES = 300;
/** False alarms a month that an operator accepts, over all categories together. */
const BUDGET = 4;

/** 300 categories whose sizes fall off as they do in a city, with a threshold that keeps the budget of all together. */
async function nightly(): Promise<Row> {
  const { places } = makeCity(2000, 1, 365, 1);
  const streams: Stream[] = Array.from({ length: CATEGORIES }, (_, i) => ({
    key: `category ${i}`,
    cases: makeCity(2000, Math.round(30_000 / (1 + i / 8)), 365, 100 + i).cases,
  }));
  const alarmP = thresholdForBudget(BUDGET, CATEGORIES);
  let [replicates, alarms] = [0, 0];
  const { seconds, busy } = await timed(1, () => {
    for (const { result } of scanStreams({ places }, streams, { alarmP, replicates: 9999, maxShare: 0.1 })) {
      replicates += result?.replicates ?? 0;
      if ((result?.clusters[0]?.p ?? 1) <= alarmP) alarms++;
    }
  });
  return {
    goal: "G5 300 categories nightly with joint control, 2,000 places, up to 10 %",
    target: "≤ 60 s",
    measured: `${seconds.toFixed(1)} s`,
    reached: seconds <= 60,
    note: `one thread, ${busy.toFixed(1)} s of processor time; p of an alarm ${alarmP.toPrecision(3)} for ${BUDGET} false alarms a month over all, ${alarms} alarms; of 9,999 replicates ${Math.round(replicates / CATEGORIES)} were needed on average`,
  };
}

/** Three years of daily alarms of a category with 30,000 cases a year. */
async function replayed(): Promise<Row> {
  const input = makeCity(2000, 120_000, 4 * 365, 21);
  const settings = { from: 365, to: 365 + 3 * 365 - 1, maxShare: 0.1, alarmP: 1 / 365, replicates: 999 };
  let [days, alarms, replicates] = [0, 0, 0];
  const { seconds, busy } = await timed(1, async () => {
    for await (const day of replay(input, settings)) {
      days++;
      replicates += day.replicates;
      if (day.clusters.length > 0) alarms++;
    }
  });
  return {
    goal: "G7 replay of 3 years of daily alarms, 2,000 places, 30,000 cases a year, up to 10 %",
    target: "≤ 60 s",
    measured: `${seconds.toFixed(1)} s`,
    reached: seconds <= 60,
    note: `${busy.toFixed(1)} s of processor time; ${days} days, ${alarms} with an alarm (p at most 1/365); ${(replicates / days).toFixed(0)} replicates a day on average`,
  };
}

async function growth(of: string, sizes: number[], make: (size: number) => [City, number]): Promise<Row> {
  const points: [string, number][] = [];
  for (const size of sizes) {
    const [input, replicates] = make(size);
    const { busy } = await timed(1, () => scan(input, { maxShare: 0.1, replicates }));
    points.push([size.toLocaleString("en"), busy]);
  }
  return curve(`Growth with ${of}, processor time`, points, "s");
}
