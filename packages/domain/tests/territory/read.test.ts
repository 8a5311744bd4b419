import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { toWgs84 } from "@linge/domain/territory/coordinates.ts";
import { readTerritory } from "@linge/domain/territory/read.ts";
import type { CoordinateSystem } from "@linge/domain/territory/coordinates.ts";
import type { MultiPolygon, Position } from "@linge/domain/territory/types.ts";
import { packText, zhoushan } from "./zhoushan.ts";

const square = (west: number, south: number, side = 0.01): Position[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];

const feature = (properties: Record<string, unknown>, geometry: unknown) => ({ type: "Feature", properties, geometry });
const collection = (...features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });
const names =
  "code,name,parent_code\n110100000000,示例市,\n110101000000,一区,110100000000\n110101001000,一街道,110101000000\n110101001001,一社区,110101001000\n";
const read = (files: [string, string][], from: CoordinateSystem = "WGS84") =>
  readTerritory(
    files.map(([name, text]) => ({ name, text })),
    { from, validFrom: "2026-01-01" },
  );

describe("any city's files", () => {
  it("complete each other by code: names from CSV, shapes from GeoJSON", () => {
    const shapes = collection(
      feature(
        { 网格编码: "110101001001001", 网格名称: "第一网格", 网格类别: "重点网格" },
        { type: "Polygon", coordinates: [square(116.4, 39.9)] },
      ),
    );
    const { areas, grids, problems } = read([
      ["names.csv", names],
      ["grids.geojson", shapes],
    ]);
    expect(problems).toEqual([]);
    expect(areas.map(({ code, level }) => [code, level])).toEqual([
      ["110100000000", "city"],
      ["110101000000", "county"],
      ["110101001000", "township"],
      ["110101001001", "community"],
    ]);
    expect(grids[0]).toMatchObject({
      code: "110101001001001",
      names: { zh: "第一网格" },
      focus: "key",
      kind: "general",
      parentCode: "110101001001",
    });
  });

  it("short and numeric codes are understood", () => {
    const { areas } = read([["a.geojson", collection(feature({ adcode: 110101, name: "一区" }, null))]]);
    expect(areas[0]).toMatchObject({ code: "110101000000", level: "county" });
  });

  it("rosters of vessels make maritime grids", () => {
    const { grids } = read([["sea.csv", "code,name,vessels\n110101001001009,海上网格,甲1;甲2、甲3\n"]]);
    expect(grids[0]!.vessels).toEqual([{ name: "甲1" }, { name: "甲2" }, { name: "甲3" }]);
  });

  it("the pack's own lists and lines read back as the pack", () => {
    const { areas, grids, problems } = read([
      ["divisions.csv", packText("zhoushan_divisions.csv")],
      ["grids.geojson", packText("demo-grids.geojson")],
    ]);
    expect(problems).toEqual([]);
    expect(areas.map(({ code }) => code)).toEqual(zhoushan.areas.map(({ code }) => code));
    expect(grids.map(({ geometry }) => geometry)).toEqual(zhoushan.grids.map(({ geometry }) => geometry));
    expect(checkTerritory({ areas, grids })).toEqual([]);
  });

  it("grids of different communities that overlap are found although the levels between have no lines", () => {
    const grid = (code: string, west: number) =>
      feature({ code, name: code }, { type: "Polygon", coordinates: [square(west, 39.9)] });
    const shapes = collection(grid("110101001001001", 116.4), grid("110101001002001", 116.405));
    const { areas, grids } = read([
      ["n.csv", `${names}110101001002,二社区,110101001000\n`],
      ["g.geojson", shapes],
    ]);
    expect(checkTerritory({ areas, grids })).toMatchObject([
      { kind: "overlap", codes: ["110101001001001", "110101001002001"] },
    ]);
  });
});

describe("what cannot be read is named with its file and place, and the rest is read", () => {
  const point = { type: "Point", coordinates: [1, 2] };
  it.each([
    ["bad.geojson", "{", "the file", /is not JSON/u],
    ["bad.geojson", "[]", "the file", /FeatureCollection/u],
    ["bad.geojson", "null", "the file", /is not JSON|FeatureCollection/u],
    ["bad.geojson", collection(feature({ name: "x" }, null)), "feature 1", /has no code/u],
    ["bad.geojson", collection(null), "feature 1", /has no code/u],
    ["bad.geojson", collection(feature({ code: "110101", name: "x" }, point)), "feature 1", /Point/u],
    [
      "bad.geojson",
      collection(feature({ code: "110101", name: "x" }, { type: "Polygon", coordinates: [[["a"]]] })),
      "feature 1",
      /malformed/u,
    ],
    [
      "bad.geojson",
      collection(feature({ code: "110101", name: "x" }, { type: "Polygon", coordinates: [square(4e7, 3e6)] })),
      "feature 1",
      /degrees/u,
    ],
    ["bad.csv", "code,name\n12x,甲\n", "line 2", /not a code/u],
    ["bad.csv", "code,name,focus\n110101001001001,甲,特别\n", "line 2", /focus/u],
  ])("%s %s", (file, text, place, message) => {
    const { problems, areas } = read([
      ["names.csv", names],
      [file, text],
    ]);
    expect(problems).toContainEqual({ file, place, en: expect.stringMatching(message) });
    expect(areas.length).toBeGreaterThanOrEqual(4);
  });

  it("any text at all is answered, never thrown at", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom("x.csv", "x.geojson"), (text, file) => {
        expect(Array.isArray(read([[file, text]]).problems)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("coordinates", () => {
  // One place in Beijing in the three systems, to about 20 m: enough to tell a conversion from none, or from the wrong one.
  it.each<[CoordinateSystem, Position]>([
    ["GCJ02", [116.397428, 39.90923]],
    ["BD09", [116.403847, 39.915526]],
  ])("are converted from %s and said so", (from, at) => {
    const [lon, lat] = toWgs84(at, from);
    expect(Math.abs(lon - 116.39119)).toBeLessThan(2e-4);
    expect(Math.abs(lat - 39.90783)).toBeLessThan(2e-4);
    expect(read([["n.csv", names]], from).conversion).toMatch(/converted from (GCJ-02|BD-09) to WGS84/u);
  });

  it("keep shared corners shared, so that a converted city covers as the original did", () => {
    const county = packText("demo-grids.geojson");
    const { areas, grids } = read(
      [
        ["d.csv", packText("zhoushan_divisions.csv")],
        ["g.geojson", county],
      ],
      "GCJ02",
    );
    expect(checkTerritory({ areas, grids })).toEqual([]);
    const moved = (grids[0]!.geometry as MultiPolygon).coordinates[0]![0]![0]!;
    const original = zhoushan.grids[0]!.geometry!.coordinates[0]![0]![0]!;
    expect(Math.hypot(moved[0] - original[0], moved[1] - original[1])).toBeGreaterThan(0.003);
  });
});
