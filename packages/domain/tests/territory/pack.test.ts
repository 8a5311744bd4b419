import { describe, expect, it } from "vitest";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { checkCover } from "@linge/domain/territory/cover/check.ts";
import { drawGrids } from "@linge/domain/territory/partition/draw.ts";
import { readSketch, writeDrawnGrids } from "@linge/domain/territory/partition/file.ts";
import { areaOf } from "@linge/domain/territory/shape.ts";
import type { Area, MultiPolygon } from "@linge/domain/territory/types.ts";
import { packText, zhoushan } from "./zhoushan.ts";

const ofLevel = (level: string) => zhoushan.areas.filter((area) => area.level === level);

describe("the Zhoushan pack", () => {
  it("has the city's 469 real divisions and 1,230 demonstration grids, 266 of them at sea", () => {
    expect(["city", "county", "township", "community"].map((level) => ofLevel(level).length)).toEqual([1, 4, 36, 428]);
    expect(zhoushan.grids).toHaveLength(1230);
    expect(zhoushan.grids.filter(({ vessels }) => vessels)).toHaveLength(266);
    expect(zhoushan.grids.filter(({ geometry }) => geometry)).toHaveLength(964);
  });

  it("says of every line that it is indicative, and of every boat that it is invented", () => {
    expect([...zhoushan.areas, ...zhoushan.grids].every(({ indicative }) => indicative)).toBe(true);
    expect(zhoushan.grids.flatMap(({ vessels }) => vessels ?? []).every(({ name }) => name.includes("示"))).toBe(true);
    expect(zhoushan.organisations.every(({ synthetic }) => synthetic)).toBe(true);
  });

  it("passes the check", () => {
    expect(checkTerritory(zhoushan)).toEqual([]);
  });

  // The levels above the grids are unions of them, so they agree among themselves whatever the grids are like. The
  // townships' own file is the independent witness.
  it("covers each township of the source, to the width of a hand", () => {
    const sources = readSketch(
      packText("zhoushan_townships_approx.geojson"),
      packText("zhoushan_villages.csv"),
    ).townships;
    for (const { code, geometry } of sources) {
      const grids = zhoushan.grids.filter((grid): grid is typeof grid & { geometry: MultiPolygon } =>
        Boolean(grid.geometry && grid.code.startsWith(code.slice(0, 9))),
      );
      const source = { ...ofLevel("township").find((area) => area.code === code)!, geometry } satisfies Area;
      expect(checkCover(grids, source, { tolerance: 0.15 })).toEqual([]);
    }
  });

  it("has the land of the source, within 10 m² of 1,335 km²", () => {
    const { townships } = readSketch(packText("zhoushan_townships_approx.geojson"), packText("zhoushan_villages.csv"));
    const source = townships.reduce((sum, { geometry }) => sum + areaOf(geometry), 0);
    const drawn = zhoushan.grids.reduce((sum, { geometry }) => sum + (geometry ? areaOf(geometry) : 0), 0);
    expect(Math.abs(drawn - source)).toBeLessThan(10);
  });

  it("numbers the grids of a community from 1 without holes", () => {
    for (const { code } of ofLevel("community")) {
      const numbers = zhoushan.grids
        .filter(({ parentCode }) => parentCode === code)
        .map((grid) => Number(grid.code.slice(12)));
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    }
  });

  it("is drawn alike every time: the committed grids are what the drawing gives today", () => {
    const sketch = readSketch(packText("zhoushan_townships_approx.geojson"), packText("zhoushan_villages.csv"));
    const text = writeDrawnGrids(drawGrids(sketch, { land: 964, maritime: 266 }), "");
    expect(text.split("\n").slice(1)).toEqual(packText("demo-grids.geojson").split("\n").slice(1));
  });
});
