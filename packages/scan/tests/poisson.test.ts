import { describe, expect, it } from "vitest";
import { expectedFromStrata, populationOfPeriods, scanNow, type ScanInput } from "../src/index.ts";
import { noOracles, readOracle, readReport, readRows, threeSigma } from "./oracles.ts";

type Zone = { ids: string[]; llr: number; pvalue: number; cases: number; expected: number };
type Oracle = Record<"smerc_scan.test", { clusters: Zone[] }> & { SpatialEpi_kulldorff: { mlc: Zone } };

function spatial(path: string, amount: number): ScanInput {
  const rows = readRows(path).slice(1);
  return {
    places: rows.map((row) => ({ id: row[0]!, x: Number(row[1]), y: Number(row[2]) })),
    cases: rows.map((row, place) => ({ place, day: 0, count: Number(row[3]) })),
    population: rows.map((row) => Number(row[amount])),
  };
}

const replicates = 4999;
const spatialSettings = { model: "poisson", maxShare: 0.5, replicates, seed: 5 } as const;

describe("the spatial Poisson scan", () => {
  it.skipIf(noOracles)("finds the leukemia clusters of SaTScan and smerc, not the rounded ratio of SpatialEpi", () => {
    const { clusters } = scanNow(spatial("ny_leukemia/input.csv", 4), spatialSettings);
    for (const [i, theirs] of readReport("ny_leukemia/satscan_poisson.txt").entries()) {
      if (!clusters[i]) continue;
      expect(clusters[i].locations.toSorted()).toEqual(theirs.ids.toSorted());
      expect(Math.abs(clusters[i].llr - theirs.llr)).toBeLessThan(1e-6);
      expect(Math.abs(clusters[i].p - theirs.p)).toBeLessThan(threeSigma(theirs.p, replicates, 9999));
    }
    const oracle = JSON.parse(readOracle("ny_leukemia/oracle_R.json")) as Oracle;
    for (const [i, theirs] of oracle["smerc_scan.test"].clusters.entries()) {
      expect(clusters[i]!.locations.toSorted()).toEqual(theirs.ids.toSorted());
      expect(Math.abs(clusters[i]!.llr - theirs.llr)).toBeLessThan(1e-6);
      expect(clusters[i]!.expected).toBeCloseTo(theirs.expected, 8);
    }
    // SpatialEpi cuts the expected total to a whole number, which moves its ratio by 0.1.
    const cut = oracle.SpatialEpi_kulldorff.mlc.llr;
    expect(clusters[0]!.llr - cut).toBeGreaterThan(0.09);
    expect(clusters[0]!.recurrenceInterval).toBeNull();
  });

  it.skipIf(noOracles)("takes expected cases that were adjusted for age, sex and race", () => {
    const expected = readRows("penn_lung/input.csv").slice(1);
    const index = new Map(expected.map((row, i) => [row[0]!, i]));
    const strata = readRows("penn_lung/strata.csv")
      .slice(1)
      .map(([county, cases, population, ...stratum]) => ({
        cell: index.get(county!)!,
        stratum: stratum.join(),
        cases: Number(cases),
        population: Number(population),
      }));
    const ours = expectedFromStrata(strata, index.size);
    expected.forEach((row, i) => expect(ours[i]).toBeCloseTo(Number(row[5]), 6));
    const { clusters } = scanNow({ ...spatial("penn_lung/input.csv", 5), population: ours }, spatialSettings);
    const oracle = JSON.parse(readOracle("penn_lung/oracle_R.json")) as Oracle;
    for (const [i, theirs] of oracle["smerc_scan.test"].clusters.entries()) {
      expect(clusters[i]!.locations.toSorted()).toEqual(theirs.ids.toSorted());
      expect(Math.abs(clusters[i]!.llr - theirs.llr)).toBeLessThan(1e-6);
      expect(Math.abs(clusters[i]!.p - theirs.pvalue)).toBeLessThan(threeSigma(theirs.pvalue, replicates, 999));
    }
  });

  it.skipIf(noOracles)("agrees with SaTScan when given the rounded populations that SaTScan was given", () => {
    const population = readRows("penn_lung/sat_expected.pop", " ").map((row) => Number(row[2]));
    const { clusters } = scanNow({ ...spatial("penn_lung/input.csv", 5), population }, spatialSettings);
    for (const [i, theirs] of readReport("penn_lung/satscan_poisson.txt").entries()) {
      if (!clusters[i]) continue;
      expect(clusters[i].locations.toSorted()).toEqual(theirs.ids.toSorted());
      expect(Math.abs(clusters[i].llr - theirs.llr)).toBeLessThan(1e-6);
      expect(Math.abs(clusters[i].p - theirs.p)).toBeLessThan(threeSigma(theirs.p, replicates, 9999));
    }
  });
});

describe("the space-time Poisson scan", () => {
  it.skipIf(noOracles)("finds the brain cancer cluster of scanstatistics among 15 nearest county seats", () => {
    type Scan = { mlc: { ids: string[]; duration: number; score: number }; MC_pvalue: number };
    const oracle = JSON.parse(readOracle("nm_brain/oracle_R.json")) as Record<string, Scan>;
    const brain = brainCancer();
    // scanstatistics expects the same number of cases each year, shared out by the population of that year.
    const people = Array.from(brain.population!);
    const everyone = [0, 1, 2, 3].map((year) => people.reduce((sum, n, i) => sum + (i % 4 === year ? n : 0), 0));
    const population = people.map((n, i) => n / everyone[i % 4]!);
    const settings = {
      model: "poisson",
      windows: { from: 1, to: 4 },
      maxShare: 1,
      maxPlaces: 15,
      minCases: 1,
    } as const;
    const { clusters } = scanNow({ ...brain, population }, { ...settings, coordinates: "lonlat", replicates });
    const theirs = oracle["scan_pb_poisson"]!;
    expect(clusters[0]!.locations.toSorted()).toEqual(theirs.mlc.ids.toSorted());
    expect(clusters[0]!.days).toEqual([1986, 1989]);
    expect(Math.abs(clusters[0]!.llr - theirs.mlc.score)).toBeLessThan(1e-6);
    expect(Math.abs(clusters[0]!.p - theirs.MC_pvalue)).toBeLessThan(threeSigma(theirs.MC_pvalue, replicates, 999));
  });

  it.skipIf(noOracles)("permutes the same counts to the same cluster as scanstatistics", () => {
    type Scan = { mlc: { ids: string[]; duration: number; score: number }; MC_pvalue: number };
    const oracle = JSON.parse(readOracle("nm_brain/oracle_R.json")) as Record<string, Scan>;
    const { population: _unused, ...counts } = brainCancer();
    const settings = { windows: { from: 1, to: 4 }, maxShare: 1, maxPlaces: 15, minCases: 1 } as const;
    const { clusters } = scanNow(counts, { ...settings, coordinates: "lonlat", replicates });
    const theirs = oracle["scan_permutation"]!;
    expect(clusters[0]!.locations.toSorted()).toEqual(theirs.mlc.ids.toSorted());
    expect(clusters[0]!.days).toEqual([1989, 1989]);
    expect(Math.abs(clusters[0]!.llr - theirs.mlc.score)).toBeLessThan(1e-6);
  });

  it.skipIf(noOracles)("finds the clusters of SaTScan with strata and a population between censuses", () => {
    const years = 19;
    const places = readRows("satscan_samples/nm.geo", /\s+/).map(([id, lat, lon]) => ({
      id: id!,
      x: Number(lon),
      y: Number(lat),
    }));
    const index = new Map(places.map((place, i) => [place.id, i]));
    const cases = readRows("satscan_samples/nm.cas", /\s+/).map(([id, count, year, age, sex]) => ({
      place: index.get(id!)!,
      day: Number(year),
      count: Number(count),
      stratum: `${age} ${sex}`,
    }));
    const newYears = Array.from({ length: years + 1 }, (_, i) => Date.UTC(1973 + i, 0, 1) / 86_400_000);
    const population = populationOfPeriods(
      readRows("satscan_samples/nm.pop", /\s+/).map(([id, year, people, age, sex]) => ({
        place: index.get(id!)!,
        // A population of a year is that of its middle.
        time: Date.UTC(1900 + Number(year), 6, 1) / 86_400_000,
        stratum: `${age} ${sex}`,
        population: Number(people),
      })),
      places.length,
      { edges: newYears },
      cases.map(({ count, stratum }) => ({ stratum, cases: count })),
    );
    const { clusters } = scanNow(
      { places, cases: cases.map(({ place, day, count }) => ({ place, day, count })), population },
      {
        model: "poisson",
        type: "retrospective",
        windows: { from: 1, to: 9 },
        maxShare: 0.5,
        coordinates: "lonlat",
        start: 1973,
        end: 1991,
        replicates: 999,
      },
    );
    const reports = readReport("satscan_samples/nm_full9999.txt");
    reports.slice(0, 2).forEach((theirs, i) => {
      expect(clusters[i]!.locations.toSorted()).toEqual(theirs.ids.toSorted());
      expect(clusters[i]!.days).toEqual(theirs.days.map((day) => Number(day.slice(0, 4))));
      expect(Math.abs(clusters[i]!.llr - theirs.llr)).toBeLessThan(1e-6);
      expect(Math.abs(clusters[i]!.p - theirs.p)).toBeLessThan(threeSigma(theirs.p, 999, 9999));
    });
  });
});

function brainCancer(): ScanInput {
  const counts = readRows("nm_brain/counts_1986_1989.csv");
  const people = readRows("nm_brain/pop_1986_1989.csv");
  const seats = new Map(
    readRows("nm_brain/NM_geo.csv")
      .slice(1)
      .map((row) => [row[0]!, row]),
  );
  const names = counts[0]!.slice(1);
  return {
    places: names.map((id) => ({ id, x: Number(seats.get(id)![3]), y: Number(seats.get(id)![4]) })),
    cases: counts
      .slice(1)
      .flatMap((row) => names.map((_, place) => ({ place, day: Number(row[0]), count: Number(row[place + 1]) }))),
    population: names.flatMap((_, place) => people.slice(1).map((row) => Number(row[place + 1]))),
  };
}
