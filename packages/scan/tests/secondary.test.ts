import { describe, expect, it } from "vitest";
import { scanNow, type ScanInput } from "../src/index.ts";

/** A quiet town of nine blocks in which block 4 is loud twice. */
const cases = Array.from({ length: 9 * 60 }, (_, i) => ({ place: i % 9, day: Math.floor(i / 9), count: 1 }));
const loud = (days: number[], count: number) => days.map((day) => ({ place: 4, day, count }));
const places = Array.from({ length: 9 }, (_, i) => ({ id: `p${i}`, x: (i % 3) * 10, y: Math.floor(i / 3) * 10 }));
const settings = { windows: { from: 1, to: 7 }, maxShare: 0.5, replicates: 19 } as const;

describe("clusters after the first", () => {
  it("may be at the same places in a retrospective scan when they are apart in time", () => {
    const twice: ScanInput = { places, cases: [...cases, ...loud([20, 21], 12), ...loud([40, 41], 9)] };
    const { clusters } = scanNow(twice, { ...settings, type: "retrospective" });
    expect(clusters.slice(0, 2).map(({ locations, days }) => [locations, days])).toEqual([
      [["p4"], [20, 21]],
      [["p4"], [40, 41]],
    ]);
  });

  it("share no place when they meet in time, not even a place without cases", () => {
    // Two loud blocks with an empty one between, which lies in the circle of either.
    const row = ["a", "empty", "b", "far", "farther"].map((id, i) => ({ id, x: [0, 9, 19, 90, 190][i]!, y: 0 }));
    const input: ScanInput = {
      places: row,
      cases: [
        ...Array.from({ length: 80 }, (_, i) => ({ place: [0, 2, 3, 4][i % 4]!, day: Math.floor(i / 4), count: 2 })),
        { place: 0, day: 19, count: 9 },
        { place: 2, day: 19, count: 9 },
      ],
    };
    const { clusters } = scanNow(input, { ...settings, replicates: 99 });
    const seen = clusters.flatMap((cluster) => cluster.locations);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
