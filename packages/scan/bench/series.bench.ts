import { cusum, earsColumns, farrington, farringtonFlexible, glrnb } from "../src/index.ts";
import { fitSeasons, outbreakWeights } from "../src/series/regression.ts";
import { randomStream } from "../src/random.ts";
import { curve, threadTime, type Row } from "./row.ts";

/** G6: series detectors on one thread, in its processor time. */
export async function rows(): Promise<Row[]> {
  const weekly = counts(300, 6);
  const daily = counts(1500, 6);
  const week = () => farringtonFlexible(weekly, { period: 52, from: weekly.length - 1 });
  const day = () => farringtonFlexible(daily, { period: 365, years: 3, from: daily.length - 1 });
  const year = counts(3 * 365, 20);
  const long = Int32Array.from(counts(1_000_000, 20));
  const c2 = () => earsColumns(year, { method: "c2" });
  const flexible = perRound(2000, week);
  return [
    row("G6 Farrington flexible, one fit (weekly, 4 years)", 0.1, flexible, "ms", phasesOfFit(flexible)),
    row("G6 Farrington flexible, one fit (daily, 3 years)", 0.1, perRound(1000, day), "ms", "R surveillance: 9.2 ms"),
    row("G6 60,000 series, one week each", 5, perRound(20_000, week) * 60, "s", "R surveillance: 5.5 ms a fit"),
    row(
      "G6 EARS C2, one point, series of 3 years by day",
      20,
      (perRound(2000, c2) / year.length) * 1e6,
      "ns",
      "a square root and two divisions that do not wait for each other take about 3 ns; R surveillance: 11,900 ns",
    ),
    row(
      "G6 EARS C2, one point, a million in one series",
      20,
      perRound(5, () => earsColumns(long, { method: "c2" })),
      "ns",
      "fresh pages of 25 MB for the answer included",
    ),
    curve(
      "Growth of Farrington flexible with years of history (weekly)",
      [2, 4, 8].map((years) => {
        const series = counts(52 * (years + 2), 6);
        const one = () => farringtonFlexible(series, { period: 52, years, from: series.length - 1 });
        return [`${years} years`, perRound(1000, one) * 1000];
      }),
      "µs",
    ),
    curve(
      "Others, one point",
      [
        ["C1", (perRound(2000, () => earsColumns(year, { method: "c1" })) / year.length) * 1000],
        ["C3", (perRound(2000, () => earsColumns(year, { method: "c3" })) / year.length) * 1000],
        ["Farrington 1996", perRound(2000, () => farrington(weekly, { period: 52, from: 299 })) * 1000],
        ["glrnb", (perRound(20, () => glrnb(weekly, { period: 52, from: 240 })) / 60) * 1000],
        ["cusum", (perRound(2000, () => cusum(year, { from: 365 })) / 730) * 1000],
      ],
      "µs",
    ),
  ];
}

/** Milliseconds of processor time that one round takes once the code is warm; the clock is too coarse for less. */
function perRound(rounds: number, work: () => unknown): number {
  for (let i = 0; i < rounds / 5; i++) work();
  let best = Infinity;
  for (let time = 0; time < 3; time++) {
    let [done, busy] = [0, 0];
    while (busy < 60) {
      busy += threadTime(() => {
        for (let i = 0; i < rounds; i++) work();
      });
      done += rounds;
    }
    best = Math.min(best, busy / done);
  }
  return best;
}

/** How the time of a fit is spent: two regressions, weights between them, and the bound. */
function phasesOfFit(all: number): string {
  const size = 188;
  const series = counts(size, 6);
  const runs = Array.from({ length: 32 }, (_, i) => ({
    season: i % 10,
    from: Math.floor((i * size) / 32),
    to: Math.floor(((i + 1) * size) / 32),
    time: Math.floor((i * size) / 32) - 240,
  }));
  const baseline = {
    counts: Float64Array.from(series),
    weights: new Float64Array(size).fill(1),
    runs,
    seasonCount: 10,
  };
  const fit = fitSeasons(baseline, true);
  const regression = perRound(2000, () => fitSeasons(baseline, true));
  const weights = perRound(2000, () => outbreakWeights(baseline, fit, 2.58));
  const share = (part: number) => `${Math.min(100, (100 * part) / all).toFixed(0)} %`;
  return `regressions ${share(2 * regression)}, outbreak weights ${share(weights)}, the rest gathers the history and draws the bound; R surveillance: 5.5 ms`;
}

function row(goal: string, target: number, measured: number, unit: string, note: string): Row {
  return {
    goal,
    target: `≤ ${target} ${unit}`,
    measured: `${measured.toPrecision(3)} ${unit}`,
    reached: measured <= target,
    note,
  };
}

function counts(length: number, mean: number): number[] {
  const random = randomStream(5, length);
  return Array.from({ length }, (_, i) =>
    Math.floor((mean * (1 + 0.5 * Math.sin(i / 8)) * (random(1000) + random(1000))) / 1000),
  );
}
