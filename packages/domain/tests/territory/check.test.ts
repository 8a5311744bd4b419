import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { dissolve } from "@linge/domain/territory/dissolve.ts";
import { areaId } from "@linge/domain/territory/identity.ts";
import { areaOf, centreOf } from "@linge/domain/territory/shape.ts";
import type { Fault } from "@linge/domain/territory/fault.ts";
import type { Grid, MultiPolygon, Position, Territory } from "@linge/domain/territory/types.ts";
import { putuo as city, zhoushan } from "./zhoushan.ts";

type LandGrid = Grid & { geometry: MultiPolygon };

const land = city.grids.filter((grid): grid is LandGrid => grid.geometry !== undefined);
const anyGrid = fc.integer({ min: 0, max: land.length - 1 }).map((i) => land[i]!);
const gridOf = (code: string): LandGrid => land.find((grid) => grid.code === code)!;
const metre = 1 / 111_195;

/** The city with some of its grids changed, and others added; the levels above stay as they were. */
function withGrids(changed: Grid[], left: string[] = []): Territory {
  const codes = new Set([...changed.map(({ code }) => code), ...left]);
  return { ...city, grids: [...city.grids.filter(({ code }) => !codes.has(code)), ...changed] };
}

/** A square of the given side in metres around a position, turned by some angle. */
function squareAround([lon, lat]: Position, side: number, angle = 0.3): MultiPolygon {
  const radius = (side / Math.SQRT2) * metre;
  const corners = [0, 1, 2, 3, 0].map((quarter): Position => {
    const turn = angle + (quarter * Math.PI) / 2;
    return [lon + (radius * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180), lat + radius * Math.sin(turn)];
  });
  return { type: "MultiPolygon", coordinates: [[corners]] };
}

const distance = (a: Position, b: Position) =>
  Math.hypot((a[0] - b[0]) * Math.cos((b[1] * Math.PI) / 180), a[1] - b[1]) / metre;

const shapes = (faults: Fault[]) => faults.filter(({ area }) => area !== undefined);
const sizeOf = (faults: Fault[]) => faults.reduce((sum, { area }) => sum + area!, 0);

/** How much room there is around a grid's centre, in metres. */
function room(grid: LandGrid): number {
  const at = centreOf(grid.geometry);
  const corners = grid.geometry.coordinates.flat(2);
  return Math.min(...corners.map((corner) => distance(corner, at)), 400) / 3;
}

describe("every planted fault is found, with place and size", () => {
  it("a grid left out is a gap of its size", () => {
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const faults = checkTerritory(withGrids([], [grid.code]));
        expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(["gap"]));
        expect(faults.every(({ codes }) => codes[0] === grid.parentCode)).toBe(true);
        expect(sizeOf(faults) / areaOf(grid.geometry)).toBeCloseTo(1, 3);
      }),
      { numRuns: 25, examples: [[gridOf("330903104208001")]] },
    );
  });

  it("a hole in a grid is a gap where it was cut", () => {
    fc.assert(
      fc.property(anyGrid, fc.double({ min: 0, max: 1.5, noNaN: true }), (grid, angle) => {
        const at = centreOf(grid.geometry);
        const side = Math.min(room(grid), 60);
        fc.pre(side > 6);
        const [hole] = squareAround(at, side, angle).coordinates;
        const [first] = grid.geometry.coordinates.filter((polygon) => polygonHolds(polygon[0]!, at));
        const rest = grid.geometry.coordinates.filter((polygon) => polygon !== first);
        const geometry: MultiPolygon = {
          type: "MultiPolygon",
          coordinates: [...rest, [...first!, hole![0]!.toReversed()]],
        };
        const [fault, ...more] = checkTerritory(withGrids([{ ...grid, geometry }]));
        expect(more).toEqual([]);
        expect(fault).toMatchObject({ kind: "gap", codes: [grid.parentCode] });
        expect(distance(fault!.at!, at)).toBeLessThan(side);
        expect(fault!.area! / side ** 2).toBeCloseTo(1, 2);
      }),
      { numRuns: 40 },
    );
  });

  it("land taken from a neighbour of the same community is an overlap of both", () => {
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const neighbour = land.find(({ parentCode, code }) => parentCode === grid.parentCode && code !== grid.code);
        fc.pre(neighbour !== undefined);
        const at = centreOf(grid.geometry);
        const side = Math.min(room(grid), 50);
        fc.pre(side > 6);
        const geometry: MultiPolygon = {
          type: "MultiPolygon",
          coordinates: [...neighbour!.geometry.coordinates, ...squareAround(at, side).coordinates],
        };
        const [fault, ...more] = checkTerritory(withGrids([{ ...neighbour!, geometry }]));
        expect(more).toEqual([]);
        expect(fault!.kind).toBe("overlap");
        expect(fault!.codes.toSorted()).toEqual([grid.code, neighbour!.code].toSorted());
        expect(distance(fault!.at!, at)).toBeLessThan(side);
        expect(fault!.area! / side ** 2).toBeCloseTo(1, 2);
      }),
      { numRuns: 40 },
    );
  });

  it("an island far out at sea, or in another community, is a stray", () => {
    fc.assert(
      fc.property(anyGrid, fc.option(anyGrid), fc.double({ min: 8, max: 300, noNaN: true }), (grid, other, size) => {
        fc.pre(other === null || (other.parentCode !== grid.parentCode && room(other) > 20));
        const at: Position = other ? centreOf(other.geometry) : [123.4, 29.6];
        const side = other ? Math.min(size, room(other)) : size;
        const geometry: MultiPolygon = {
          type: "MultiPolygon",
          coordinates: [...grid.geometry.coordinates, ...squareAround(at, side).coordinates],
        };
        const [fault, ...more] = checkTerritory(withGrids([{ ...grid, geometry }]));
        expect(more).toEqual([]);
        expect(fault).toMatchObject({ kind: "stray", codes: [grid.code, grid.parentCode] });
        expect(distance(fault!.at!, at)).toBeLessThan(side);
        expect(fault!.area! / side ** 2).toBeCloseTo(1, 2);
      }),
      { numRuns: 40 },
    );
  });

  it("a corner moved by half a metre or more is a sliver or worse, next to that corner", () => {
    const shift = fc.double({ min: 0.5, max: 40, noNaN: true });
    const turn = fc.double({ min: 0, max: 6.28, noNaN: true });
    fc.assert(
      fc.property(anyGrid, fc.nat(), shift, turn, (grid, pick, metres, angle) => {
        const ring = grid.geometry.coordinates[0]![0]!;
        const i = 1 + (pick % (ring.length - 2));
        const corner = ring[i]!;
        const moved: Position = [
          corner[0] + metres * metre * Math.cos(angle),
          corner[1] + metres * metre * Math.sin(angle),
        ];
        const [before, after] = [ring[i - 1]!, ring[i + 1]!];
        fc.pre(
          Math.min(offLine(moved, before, corner), offLine(moved, corner, after)) > metres / 4 ||
            offLine(moved, before, after) > metres,
        );
        fc.pre(doubleArea(before, corner, moved) > 4 || doubleArea(corner, after, moved) > 4);
        const [first, ...others] = grid.geometry.coordinates;
        const changed = [ring.with(i, moved), ...first!.slice(1)];
        const geometry: MultiPolygon = { type: "MultiPolygon", coordinates: [changed, ...others] };
        const faults = checkTerritory(withGrids([{ ...grid, geometry }]));
        expect(faults.length).toBeGreaterThan(0);
        const reach = Math.max(distance(before, corner), distance(after, corner)) + metres;
        for (const { at } of shapes(faults)) expect(distance(at!, corner)).toBeLessThan(reach);
      }),
      { numRuns: 60 },
    );
  });

  it("a strip a metre wide between two grids is a sliver, not a gap", () => {
    const pair = land.find(({ geometry }) => geometry.coordinates[0]![0]!.length > 6)!;
    const ring = pair.geometry.coordinates[0]![0]!;
    const longest = ring
      .slice(1)
      .map((b, i) => ({ i: i + 1, length: distance(ring[i]!, b) }))
      .toSorted((a, b) => b.length - a.length)[0]!;
    const [a, b] = [ring[longest.i - 1]!, ring[longest.i]!];
    const normal: Position = [-(b[1] - a[1]), b[0] - a[0]];
    const scale = metre / Math.hypot(...normal);
    const inwards = (p: Position, q: Position, share: number): Position => [
      p[0] + (q[0] - p[0]) * share + normal[0] * scale,
      p[1] + (q[1] - p[1]) * share + normal[1] * scale,
    ];
    const geometry: MultiPolygon = {
      type: "MultiPolygon",
      coordinates: [
        [ring.toSpliced(longest.i, 0, inwards(a, b, 0.01), inwards(a, b, 0.99))],
        ...pair.geometry.coordinates.slice(1),
      ],
    };
    const [fault] = checkTerritory(withGrids([{ ...pair, geometry }]));
    expect(fault!.kind).toBe("sliver");
    expect(fault!.area! / longest.length).toBeGreaterThan(0.8);
    expect(fault!.area! / longest.length).toBeLessThan(1.2);
  });

  it("several faults at once are all found", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyGrid, { minLength: 2, maxLength: 6, selector: ({ parentCode }) => parentCode }),
        (grids) => {
          const left = grids.map(({ code }) => code);
          const found = new Set(checkTerritory(withGrids([], left)).map(({ codes }) => codes[0]));
          expect(found).toEqual(new Set(grids.map(({ parentCode }) => parentCode)));
        },
      ),
      { numRuns: 15 },
    );
  });

  it("a wrong township line is found at the level above too", () => {
    const townships = city.areas.filter(({ level }) => level === "township");
    const [a, b] = [townships[0]!, townships[1]!];
    const swallowed: MultiPolygon = dissolve([
      a.geometry!,
      city.areas.find(({ parentCode }) => parentCode === b.code)!.geometry!,
    ]);
    const areas = city.areas.map((area) => (area === a ? { ...area, geometry: swallowed } : area));
    const kinds = checkTerritory({ ...city, areas }).map(({ kind, codes }) => `${kind} ${codes.toSorted().join(" ")}`);
    expect(kinds.some((line) => line === `overlap ${a.code} ${b.code}`)).toBe(true);
    expect(kinds.some((line) => line === `gap ${a.code}`)).toBe(true);
  });
});

describe("codes, hierarchy and rosters", () => {
  const [grid, other] = land as [LandGrid, LandGrid];
  const boats = city.grids.filter(({ vessels }) => vessels) as [Grid, Grid];
  it.each<[string, Grid, Partial<Fault>]>([
    ["a code with a letter", { ...grid, code: "33090300100100A" }, { kind: "wrongCode" }],
    [
      "a grid under a community that is not its own",
      { ...grid, parentCode: land.at(-1)!.parentCode },
      { kind: "wrongCode" },
    ],
    ["a code of a micro-grid on a grid", { ...grid, code: `${grid.code}001` }, { kind: "wrongCode" }],
    ["a grid without a focus", { ...grid, focus: undefined as never }, { kind: "hierarchy", codes: [grid.code] }],
    [
      "a predecessor nobody knows",
      { ...grid, predecessors: [areaId("x", "y")] },
      { kind: "hierarchy", codes: [grid.code] },
    ],
    ["a code used twice", { ...other, code: grid.code }, { kind: "hierarchy", codes: [grid.code] }],
    ["an open ring", { ...grid, geometry: opened(grid.geometry) }, { kind: "geometry", codes: [grid.code] }],
    [
      "latitude before longitude",
      { ...grid, geometry: swapped(grid.geometry) },
      { kind: "geometry", codes: [grid.code] },
    ],
    ["an empty roster", { ...boats[0], vessels: [] }, { kind: "gap", codes: [boats[0].code] }],
    [
      "a boat on two rosters",
      { ...boats[0], vessels: boats[1].vessels! },
      { kind: "overlap", codes: [boats[0].code, boats[1].code] },
    ],
  ])("%s", (_, changed, expected) => {
    const replaced = city.grids.map((each) => (each.id === changed.id ? changed : each));
    expect(checkTerritory({ ...city, grids: replaced })).toContainEqual(expect.objectContaining(expected));
  });

  it("a county that is missing", () => {
    const areas = zhoushan.areas.filter(({ code }) => code !== "330921000000");
    const faults = checkTerritory({ ...zhoushan, areas });
    expect(faults.some(({ kind, codes }) => kind === "hierarchy" && codes[0] === "330921100000")).toBe(true);
    expect(faults.some(({ kind, codes }) => kind === "gap" && codes[0] === "330900000000")).toBe(true);
  });
});

function opened({ coordinates }: MultiPolygon): MultiPolygon {
  return { type: "MultiPolygon", coordinates: coordinates.map((polygon) => polygon.map((ring) => ring.slice(0, -1))) };
}

function swapped({ coordinates }: MultiPolygon): MultiPolygon {
  return {
    type: "MultiPolygon",
    coordinates: coordinates.map((polygon) => polygon.map((ring) => ring.map(([x, y]): Position => [y, x]))),
  };
}

function doubleArea(a: Position, b: Position, c: Position): number {
  return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / metre ** 2;
}

function offLine(p: Position, a: Position, b: Position): number {
  return doubleArea(a, b, p) / Math.max(distance(a, b), 1e-9);
}

function polygonHolds(ring: Position[], [x, y]: Position): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [p, q] = [ring[i - 1]!, ring[i]!];
    if (p[1] > y !== q[1] > y && x < p[0] + ((y - p[1]) / (q[1] - p[1])) * (q[0] - p[0])) inside = !inside;
  }
  return inside;
}
