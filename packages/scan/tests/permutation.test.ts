import { describe, expect, it } from "vitest";
import { scanNow, type ScanInput, type ScanSettings } from "../src/index.ts";
import { dateOf, dayOf, noOracles, readReport, readRows, threeSigma } from "./oracles.ts";

function city(name: string): ScanInput {
  const places = readRows(`synthetic_city/${name}/locations.csv`)
    .slice(1)
    .map(([id, x, y]) => ({ id: id!, x: Number(x), y: Number(y) }));
  const start = dayOf("2023/01/02");
  const cases = readRows(`synthetic_city/${name}/cases.csv`)
    .slice(1)
    .map(([id, day, count]) => ({ place: Number(id), day: start + Number(day), count: Number(count) }));
  return { places, cases };
}

function fever(): ScanInput {
  const places = readRows("satscan_samples/NYCfever.geo", /\s+/).map(([id, lat, lon]) => ({
    id: id!,
    x: Number(lon),
    y: Number(lat),
  }));
  const index = new Map(places.map((place, i) => [place.id, i]));
  const cases = readRows("satscan_samples/NYCfever.cas", /\s+/).map(([id, count, day]) => ({
    place: index.get(id!)!,
    day: dayOf(day!),
    count: Number(count),
  }));
  return { places, cases };
}

const feverSettings: ScanSettings = {
  start: dayOf("2001/11/1"),
  end: dayOf("2001/11/24"),
  windows: { from: 1, to: 7 },
  maxShare: 0.5,
  maxRadius: 3,
  coordinates: "lonlat",
};

const sets = [
  {
    name: "city S",
    input: () => city("S"),
    settings: { maxShare: 0.5 },
    report: "synthetic_city/S/stp_d14_s50_r999.txt",
    ours: 2999,
    theirs: 999,
  },
  {
    name: "city M",
    input: () => city("M"),
    settings: { maxShare: 0.5 },
    report: "synthetic_city/M/stp_d14_s50_r999.txt",
    ours: 499,
    theirs: 999,
  },
  {
    name: "city L",
    input: () => city("L"),
    settings: { maxShare: 0.1 },
    report: "synthetic_city/L/stp_d14_s10_r999.txt",
    ours: 199,
    theirs: 999,
  },
  {
    name: "fever in New York",
    input: fever,
    settings: feverSettings,
    report: "satscan_samples/NYCfever_full9999.txt",
    ours: 9999,
    theirs: 9999,
  },
];

describe("the space-time permutation finds the clusters of SaTScan", () => {
  for (const { name, input, settings, report, ours, theirs } of sets)
    it.skipIf(noOracles)(name, () => {
      const { clusters } = scanNow(input(), { ...settings, replicates: ours, seed: 7 });
      const expected = readReport(report);
      expect(clusters.length).toBeGreaterThan(0);
      // The last ones are reported or not by the chance of a few replicates.
      expected.slice(0, clusters.length).forEach((theirCluster, i) => {
        const cluster = clusters[i]!;
        expect(cluster.locations.toSorted()).toEqual(theirCluster.ids.toSorted());
        expect(cluster.days.map(dateOf)).toEqual(theirCluster.days);
        expect(Math.abs(cluster.llr - theirCluster.llr)).toBeLessThan(1e-6);
        expect(Math.abs(cluster.p - theirCluster.p)).toBeLessThan(threeSigma(theirCluster.p, ours, theirs));
        expect(cluster.recurrenceInterval).toBeCloseTo(1 / cluster.p, 9);
      });
    });

  it.skipIf(noOracles)("a sequential test stops at 50 exceedances and gives the same p-value within its error", () => {
    const full = readReport("satscan_samples/NYCfever_full9999.txt")[0]!;
    const { clusters, replicates } = scanNow(fever(), { ...feverSettings, pValue: "sequential", seed: 3 });
    expect(replicates).toBeLessThan(999);
    expect(clusters[0]!.p).toBeCloseTo(50 / replicates, 12);
    expect(Math.abs(clusters[0]!.p - full.p)).toBeLessThan(threeSigma(full.p, replicates, 9999));
  });

  it.skipIf(noOracles)("a Gumbel tail agrees with the Monte Carlo p-value", () => {
    const { clusters } = scanNow(city("M"), { maxShare: 0.1, pValue: "gumbel", replicates: 199 });
    expect(clusters[0]!.p).toBeGreaterThan(0.0005);
    expect(clusters[0]!.p).toBeLessThan(0.012);
  });
});
