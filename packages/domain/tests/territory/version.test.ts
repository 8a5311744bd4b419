import { describe, expect, it } from "vitest";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { dissolve } from "@linge/domain/territory/dissolve.ts";
import { numberingOrder } from "@linge/domain/territory/numbering.ts";
import { missingStaff } from "@linge/domain/territory/staffing.ts";
import { inForceOn, livesOnIn, replaceAreas } from "@linge/domain/territory/version.ts";
import type { Grid } from "@linge/domain/territory/types.ts";
import { putuo } from "./zhoushan.ts";

const pair = putuo.grids
  .filter(({ geometry, parentCode }) => geometry && parentCode === putuo.grids[0]!.parentCode)
  .slice(0, 2) as [Grid, Grid];
const merged = replaceAreas(
  putuo.grids,
  pair.map(({ code }) => code),
  [{ ...pair[0], code: `${pair[0].parentCode}101`, geometry: dissolve(pair.map(({ geometry }) => geometry!)) }],
  "2026-07-01",
);

describe("dated versions", () => {
  it("a merge ends the old grids, keeps them as predecessors, and the city stays covered", () => {
    const successor = merged.at(-1)!;
    expect(successor.predecessors).toEqual(pair.map(({ id }) => id));
    expect(merged.find(({ id }) => id === pair[0].id)).toMatchObject({ validTo: "2026-07-01" });
    expect(checkTerritory({ areas: putuo.areas, grids: merged as Grid[] })).toEqual([]);
  });

  it("the day decides which version is in force", () => {
    const codesOn = (day: string) => inForceOn(merged, day).map(({ code }) => code);
    expect(codesOn("2026-06-30")).toContain(pair[0].code);
    expect(codesOn("2026-07-01")).not.toContain(pair[0].code);
    expect(codesOn("2026-07-01")).toContain(`${pair[0].parentCode}101`);
    expect(codesOn("2020-01-01")).toEqual([]);
  });

  it("an old id leads to what it became, through a merge and a split", () => {
    const code = `${pair[0].parentCode}101`;
    const split = replaceAreas(
      merged,
      [code],
      pair.map((grid, i) => ({ ...grid, code: `${grid.parentCode}20${i}` })),
      "2026-09-01",
    );
    expect(livesOnIn(split, pair[1].id).map((area) => area.code)).toEqual([
      `${pair[0].parentCode}200`,
      `${pair[0].parentCode}201`,
    ]);
    expect(livesOnIn(split, putuo.grids[9]!.id).map(({ id }) => id)).toEqual([putuo.grids[9]!.id]);
  });

  it("what is not in force, or began today, is not replaced", () => {
    expect(() => replaceAreas(merged, [pair[0].code], [], "2026-08-01")).toThrow(/not in force/u);
    expect(() => replaceAreas(putuo.grids, [pair[0].code], [], "2023-06-30")).toThrow(/next day/u);
  });
});

it("grids are numbered west to east, and the rows from north to south", () => {
  const centres: [number, number][] = [
    [2, 0],
    [1, 1.05],
    [2, 1],
    [1, 0.1],
    [3, 1.02],
  ];
  expect(numberingOrder(centres)).toEqual([1, 2, 4, 3, 0]);
  expect(numberingOrder([[122, 30]])).toEqual([0]);
});

it("a grid with more need wants more staff", () => {
  expect(missingStaff("key", { leaders: 1, fullTime: 1, partTime: 2 })).toEqual({
    leaders: 0,
    fullTime: 1,
    partTime: 0,
  });
  expect(missingStaff("liaison", { leaders: 1, fullTime: 1, partTime: 0 })).toBeNull();
});
