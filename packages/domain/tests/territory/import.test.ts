import { describe, expect, it } from "vitest";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { applyImport, planImport } from "@linge/domain/territory/import.ts";
import { readTerritory } from "@linge/domain/territory/read.ts";
import { isGrid, type Area } from "@linge/domain/territory/types.ts";
import { zhoushan } from "./zhoushan.ts";

const city = "330900000000";
const day = "2026-11-25";
const current: Area[] = [...zhoushan.areas, ...zhoushan.grids];
const community = zhoushan.grids.find(
  (grid, i) => grid.geometry && zhoushan.grids[i + 1]?.parentCode === grid.parentCode,
)!.parentCode;
const grids = zhoushan.grids.filter(({ parentCode, geometry }) => parentCode === community && geometry);

const geoJson = (features: object[]): { name: string; text: string } => ({
  name: "grids.geojson",
  text: JSON.stringify({ type: "FeatureCollection", features }),
});
const read = (files: { name: string; text: string }[]) =>
  readTerritory(files, { from: "WGS84", validFrom: day, indicative: true });
const feature = (grid: Area, change: object = {}): object => ({
  type: "Feature",
  properties: { code: grid.code, name: grid.names.zh, focus: grid.focus, grid_kind: grid.kind, ...change },
  geometry: grid.geometry,
});

describe("an import", () => {
  it("of what is in force changes nothing", () => {
    const plan = planImport(current, read([geoJson(grids.map((grid) => feature(grid)))]), city);
    expect(plan).toMatchObject({ added: [], changed: [], absent: [], foreign: [] });
    expect(plan.unchanged).toHaveLength(grids.length);
  });

  it("of names alone keeps the lines, and makes a new version that names the old one", () => {
    const [grid] = grids as [Area];
    const files = [{ name: "names.csv", text: `code,name,focus,grid_kind\n${grid.code},灯塔网格,重点,专属\n` }];
    const plan = planImport(current, read(files), city);
    expect(plan.changed.map(({ before }) => before.code)).toEqual([grid.code]);
    const versions = applyImport(current, plan, day, { endAbsent: false }).filter(({ code }) => code === grid.code);
    expect(versions).toHaveLength(2);
    expect(versions[0]).toEqual({ ...grid, validTo: day });
    expect(versions[1]).toMatchObject({
      names: { zh: "灯塔网格" },
      focus: "key",
      kind: "dedicated",
      geometry: grid.geometry,
      indicative: grid.indicative,
      validFrom: day,
      predecessors: [grid.id],
    });
  });

  it("of a list of names without more leaves focus and kind as they are", () => {
    const key = zhoushan.grids.find(({ focus }) => focus === "key")!;
    const files = [{ name: "names.csv", text: `code,name\n${key.code},${key.names.zh}\n` }];
    expect(planImport(current, read(files), city)).toMatchObject({ changed: [], unchanged: [key.code] });
  });

  it("of a merge ends the old grids if that is wanted, and the new one knows them; the city stays covered", () => {
    const merged = { ...grids[0]!, code: `${community}900`, names: { zh: "合并网格" } };
    const geometry = {
      type: "MultiPolygon",
      coordinates: [grids[0]!, grids[1]!].flatMap((grid) => grid.geometry!.coordinates),
    };
    const file = geoJson([
      { ...feature(merged), geometry },
      ...grids.slice(2).map((grid) => feature(grid)),
      ...zhoushan.grids
        .filter(({ parentCode, geometry }) => parentCode === community && !geometry)
        .map((grid) => ({ ...feature(grid, { vessels: grid.vessels!.map(({ name }) => name) }), geometry: null })),
    ]);
    const plan = planImport(current, read([file]), city);
    expect(plan.added.map(({ code }) => code)).toEqual([merged.code]);
    expect(plan.absent.map(({ code }) => code)).toEqual([grids[0]!.code, grids[1]!.code]);
    const versions = applyImport(current, plan, day, { endAbsent: true });
    const made = versions.find(({ code }) => code === merged.code)!;
    expect(made.predecessors.toSorted()).toEqual([grids[0]!.id, grids[1]!.id].toSorted());
    const faults = checkTerritory({ areas: versions.filter((area) => !isGrid(area)), grids: versions.filter(isGrid) });
    expect(faults.filter(({ kind }) => kind === "gap" || kind === "stray")).toEqual([]);
    expect(applyImport(current, plan, day, { endAbsent: false }).filter(({ validTo }) => validTo)).toEqual([]);
  });

  it("of another city's areas leaves them out and says so", () => {
    const plan = planImport(current, read([{ name: "x.csv", text: "code,name\n330200000000,宁波市\n" }]), city);
    expect(plan).toMatchObject({ added: [], changed: [], foreign: ["330200000000"] });
  });

  it("cannot begin before what it replaces", () => {
    const files = [{ name: "names.csv", text: `code,name\n${grids[0]!.code},灯塔网格\n` }];
    const plan = planImport(current, read(files), city);
    expect(() => applyImport(current, plan, grids[0]!.validFrom, { endAbsent: false })).toThrow(RangeError);
  });
});
