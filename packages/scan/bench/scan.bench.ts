import { cpus } from "node:os";
import { scan, scanStreams, type ScanSettings, type Stream } from "../src/index.ts";
import { makeCity } from "./city.ts";

type Row = { goal: string; target: string; measured: string; reached: boolean; note?: string };

/** G1, G2, G3 and G5: from arrays to explained clusters, threads started and stopped within the time. */
export async function rows(): Promise<Row[]> {
  return [
    await scanned(
      "G1 2,000 places, 100,000 cases, up to 50 %, 999 replicates",
      makeCity(2000, 100_000, 365, 13),
      { maxShare: 0.5 },
      1,
    ),
    await scanned(
      "G2 5,000 places, 1,000,000 cases, up to 10 %, 999 replicates",
      makeCity(5000, 1_000_000, 365, 14),
      { maxShare: 0.1 },
      3,
    ),
    await scanned(
      "G3 retrospective, 1,000 places, 20,000 cases, up to 10 %, 999 replicates",
      makeCity(1000, 20_000, 180, 12),
      { maxShare: 0.1, type: "retrospective" },
      5,
    ),
    nightly(),
  ];
}

async function scanned(
  goal: string,
  input: ReturnType<typeof makeCity>,
  settings: ScanSettings,
  target: number,
): Promise<Row> {
  // Once without measuring, so that the code is warm, as in a server that scans every night.
  await scan(input, { ...settings, replicates: 99 });
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const { clusters, replicates } = await scan(input, settings);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const busy = (used.user + used.system) / 1e6;
  return {
    goal,
    target: `≤ ${target} s`,
    measured: `${seconds.toFixed(2)} s`,
    reached: seconds <= target,
    note: `${busy.toFixed(2)} s of processor time on ${cpus().length} processors; ${replicates} replicates, ${clusters.length} clusters`,
  };
}

/** 300 categories whose sizes fall off as they do in a city, each until its test stops. */
function nightly(): Row {
  const { places } = makeCity(2000, 1, 365, 1);
  const streams: Stream[] = Array.from({ length: 300 }, (_, i) => ({
    key: `category ${i}`,
    cases: makeCity(2000, Math.round(30_000 / (1 + i / 8)), 365, 100 + i).cases,
  }));
  const began = performance.now();
  let replicates = 0;
  for (const { result } of scanStreams({ places }, streams, { pValue: "sequential", maxShare: 0.1 }))
    replicates += result?.replicates ?? 0;
  const seconds = (performance.now() - began) / 1000;
  return {
    goal: "G5 300 categories nightly, 2,000 places, up to 10 %",
    target: "≤ 60 s",
    measured: `${seconds.toFixed(1)} s`,
    reached: seconds <= 60,
    note: `one thread; ${Math.round(replicates / 300)} replicates a category on average`,
  };
}
