import { describe, expect, it } from "vitest";
import { islandsOf } from "../../src/territory/islands.ts";
import type { Area } from "../../src/territory/types.ts";
import { partsFor } from "../../src/insight/parts.ts";

const square = (code: string, x: number, y: number): Area => ({
  id: code,
  code,
  level: "grid",
  parentCode: code.slice(0, 12),
  names: { zh: code },
  indicative: true,
  validFrom: "2026-01-01",
  predecessors: [],
  geometry: {
    type: "MultiPolygon",
    coordinates: [
      [
        [
          [x, y],
          [x + 1, y],
          [x + 1, y + 1],
          [x, y + 1],
          [x, y],
        ],
      ],
    ],
  },
});
const [east, west, far] = [
  square("330901001001001", 0, 0),
  square("330901001001002", 1, 0),
  square("330901002001001", 9, 9),
];
const atSea: Area = { ...square("330901002001002", 0, 0), geometry: undefined, vessels: [] };

describe("islands", () => {
  it("are grids that hang together; a fleet is where its community is; a bridge joins two", () => {
    const islands = islandsOf([east, west, far, atSea]);
    expect(islands.get(east.code)).toBe(islands.get(west.code));
    expect(islands.get(far.code)).not.toBe(islands.get(east.code));
    expect(islands.get(atSea.code)).toBe(islands.get(far.code));
    const joined = islandsOf([east, west, far, atSea], [[west.code, far.code]]);
    expect(new Set(joined.values()).size).toBe(1);
  });
});

describe("parts of a scan", () => {
  const weights = new Map([
    ["a", 60],
    ["b", 30],
    ["c", 29],
    ["d", 1],
  ]);
  it("are one for a small city, and about equal for a large one, with every family in one of them", () => {
    expect(partsFor(weights, 1)).toEqual(["a+b+c+d"]);
    expect(partsFor(weights, 1000)).toEqual(["a", "b+c+d"]);
    expect(partsFor(weights, 1_000_000).sort()).toEqual(["a", "b", "c", "d"]);
    expect(partsFor(new Map([["a", 0]]), 1)).toEqual(["a"]);
  });
});
