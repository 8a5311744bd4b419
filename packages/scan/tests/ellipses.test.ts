import { describe, expect, it } from "vitest";
import { scanNow, type ScanInput } from "../src/index.ts";
import { noOracles, readOracle, readRows } from "./oracles.ts";

const line: ScanInput = {
  // A long street from west to east between quiet blocks.
  places: Array.from({ length: 121 }, (_, i) => ({ id: `p${i}`, x: i % 11, y: Math.floor(i / 11) })),
  cases: Array.from({ length: 121 }, (_, place) => ({
    place,
    day: 0,
    count: Math.floor(place / 11) === 5 && place % 11 > 1 && place % 11 < 9 ? 9 : 2,
  })),
  population: Array.from({ length: 121 }, () => 100),
};
const settings = { model: "poisson", maxShare: 0.5, replicates: 19 } as const;

describe("ellipses", () => {
  it("find a long street that a circle does not fit", () => {
    const [circle] = scanNow(line, settings).clusters;
    const [ellipse] = scanNow(line, { ...settings, shape: "ellipse" }).clusters;
    expect(ellipse!.llr).toBeGreaterThan(circle!.llr);
    expect(ellipse!.ellipse!.elongation).toBe(4);
    expect(ellipse!.ellipse!.angle % 180).toBeCloseTo(0, 9);
    expect(ellipse!.locations.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `p${57 + i}`).toSorted());
    expect(circle!.ellipse).toBeUndefined();
  });

  it("count for less the narrower they are, unless no penalty is wanted", () => {
    const llr = (penalty: "none" | "medium" | "strong") =>
      scanNow(line, { ...settings, shape: "ellipse", penalty }).clusters[0]!.llr;
    const narrow = (4 * 4) / 5 ** 2;
    expect(llr("medium") / llr("none")).toBeCloseTo(Math.sqrt(narrow), 9);
    expect(llr("strong")).toBeGreaterThanOrEqual(llr("none") * narrow * (1 - 1e-9));
  });

  it("are searched by vector instructions and plain TypeScript alike", () => {
    for (const each of [settings, { ...settings, windows: { from: 1, to: 4 }, type: "retrospective" } as const]) {
      const cases = (line.cases as { place: number; day: number; count: number }[]).map((row) => ({
        ...row,
        day: (row.place * 7) % 10,
      }));
      const input = "windows" in each ? { ...line, cases } : line;
      const [fast, plain] = [false, true].map((slow) => scanNow(input, { ...each, shape: "ellipse" }, { plain: slow }));
      expect(Array.from(fast!.maxima)).toEqual(Array.from(plain!.maxima));
      expect(fast!.clusters).toEqual(plain!.clusters);
    }
  });

  it("need a plane", () => {
    expect(() => scanNow(line, { ...settings, shape: "ellipse", coordinates: "lonlat" })).toThrow(/planar/);
  });

  it.skipIf(noOracles)("find the leukemia cluster of smerc, whose first ellipse stands upright", () => {
    const rows = readRows("ny_leukemia/input.csv").slice(1);
    const input = {
      places: rows.map((row) => ({ id: row[0]!, x: Number(row[1]), y: Number(row[2]) })),
      cases: rows.map((row, place) => ({ place, day: 0, count: Number(row[3]) })),
      population: rows.map((row) => Number(row[4])),
    };
    const oracle = JSON.parse(readOracle("ny_leukemia/oracle_R.json")) as Record<
      string,
      { mlc: { ids: string[]; llr: number; pvalue: number; expected: number } }
    >;
    const theirs = oracle["smerc_elliptic.test"]!.mlc;
    const [ours] = scanNow(input, { ...settings, shape: "ellipse", firstAngle: 90, replicates: 99 }).clusters;
    expect(ours!.locations.toSorted()).toEqual(theirs.ids.toSorted());
    expect(Math.abs(ours!.llr - theirs.llr)).toBeLessThan(1e-6);
    expect(ours!.expected).toBeCloseTo(theirs.expected, 8);
    expect(ours!.p).toBe(theirs.pvalue);
  });
});
