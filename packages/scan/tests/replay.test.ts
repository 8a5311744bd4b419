import { describe, expect, it } from "vitest";
import { replay, scan, scanNow, type ReplayDay, type ScanInput } from "../src/index.ts";
import { randomStream } from "../src/random.ts";

const random = randomStream(3, 1);
const places = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, x: (i * 17) % 29, y: (i * 23) % 31 }));
const usual = Array.from({ length: 900 }, () => ({ place: random(40), day: 100 + random(90), count: 1 }));
/** Fourteen cases at one place on days 170 to 172. */
const surge = Array.from({ length: 14 }, (_, i) => ({ place: 7, day: 170 + (i % 3), count: 1 }));
const input: ScanInput = { places, cases: [...usual, ...surge] };
const settings = { from: 160, to: 180, history: 50, maxShare: 0.3, alarmP: 0.01, replicates: 199, seed: 4 } as const;

async function collect(days: AsyncIterable<ReplayDay>): Promise<ReplayDay[]> {
  const all: ReplayDay[] = [];
  for await (const day of days) all.push(day);
  return all;
}

describe("a replay", () => {
  it("tells of each day what a scan of that day would have told, on any number of threads", async () => {
    const alone = await collect(replay(input, settings, { threads: 0 }));
    expect(alone.map(({ day }) => day)).toEqual(Array.from({ length: 21 }, (_, i) => 160 + i));
    expect(await collect(replay(input, settings, { threads: 2 }))).toEqual(alone);
    for (const { day, clusters } of alone) {
      const { from: _from, to: _to, history, ...same } = settings;
      const one = scanNow(input, { ...same, start: day - history + 1, end: day, seed: settings.seed + day - 160 });
      expect(clusters).toEqual(one.clusters.filter(({ p }) => p <= settings.alarmP));
    }
  });

  it("finds a surge when it comes, and not before", async () => {
    const alarms = (await collect(replay(input, settings))).filter(({ clusters }) => clusters.length > 0);
    expect(alarms.some(({ clusters }) => clusters[0]!.locations.includes("p7"))).toBe(true);
    const [first] = alarms.filter(({ clusters }) => clusters[0]!.locations.includes("p7"));
    expect(first!.day).toBeGreaterThanOrEqual(170);
    expect(first!.day).toBeLessThanOrEqual(172);
  });

  it("goes over days that cannot be scanned", async () => {
    const [day] = await collect(replay(input, { ...settings, from: 50, to: 50 }, { threads: 0 }));
    expect(day).toMatchObject({ day: 50, clusters: [], refused: expect.stringMatching(/no cases/) as string });
  });

  it("tells its progress and can be stopped", async () => {
    const told: number[] = [];
    await collect(replay(input, { ...settings, to: 163 }, { progress: (done) => told.push(done) }));
    expect(told).toEqual([1, 2, 3, 4]);
    const stopped = replay(input, settings, { signal: AbortSignal.abort(new Error("enough")) });
    await expect(collect(stopped)).rejects.toThrow("enough");
  });

  it("refuses what has no meaning", async () => {
    await expect(collect(replay(input, { ...settings, from: 9, to: 3 }))).rejects.toThrow(/later/);
    await expect(collect(replay(input, { ...settings, model: "poisson" }))).rejects.toThrow(/permutation/);
    await expect(collect(replay(input, { ...settings, alarmP: 0.001 }))).rejects.toThrow(/at least 999/);
  });
});

describe("a scan that only looks for alarms", () => {
  it("decides as the full scan does, after fewer replicates on quiet days", async () => {
    let quieter = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const draw = randomStream(seed, 7);
      const cases = Array.from({ length: 300 }, () => ({ place: draw(40), day: draw(40), count: 1 }));
      const each = { maxShare: 0.3, replicates: 99, seed } as const;
      const full = scanNow({ places, cases }, each);
      const short = scanNow({ places, cases }, { ...each, alarmP: 0.1 });
      const alarm = (full.clusters[0]?.p ?? 1) <= 0.1;
      expect((short.clusters[0]?.p ?? 1) <= 0.1).toBe(alarm);
      if (alarm) expect(short.clusters).toEqual(full.clusters);
      else quieter += full.replicates - short.replicates;
      expect((await scan({ places, cases }, { ...each, alarmP: 0.1 })).clusters).toEqual(short.clusters);
    }
    expect(quieter).toBeGreaterThan(0);
  });
});
