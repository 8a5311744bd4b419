import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersection } from "polyclip-ts";
import { makeLocator } from "@linge/domain/territory/locator.ts";
import { centreOf } from "@linge/domain/territory/shape.ts";
import type { Area, MultiPolygon, Position } from "@linge/domain/territory/types.ts";
import { zhoushan } from "./zhoushan.ts";

const land = zhoushan.grids.filter(
  (grid): grid is typeof grid & { geometry: MultiPolygon } => grid.geometry !== undefined,
);
const locator = makeLocator(zhoushan.grids);
const anyGrid = fc.integer({ min: 0, max: land.length - 1 }).map((i) => land[i]!);

/** Independent of ray casting: sums the angles under which a ring's edges are seen from the point. */
function turns(ring: Position[], [x, y]: Position): number {
  let angle = 0;
  for (let i = 1; i < ring.length; i++) {
    const [px, py, qx, qy] = [ring[i - 1]![0] - x, ring[i - 1]![1] - y, ring[i]![0] - x, ring[i]![1] - y];
    angle += Math.atan2(px * qy - py * qx, px * qx + py * qy);
  }
  return Math.round(angle / (2 * Math.PI));
}

function holdersByAngle(at: Position): Area[] {
  return land.filter(({ geometry }) =>
    geometry.coordinates.some((polygon) => polygon.some((ring) => turns(ring, at) !== 0)),
  );
}

describe("a point is located", () => {
  it("in the grid that an independent computation finds, anywhere in the city's waters", () => {
    const point = fc.tuple(
      fc.double({ min: 121.5, max: 123.3, noNaN: true }),
      fc.double({ min: 29.5, max: 31, noNaN: true }),
    );
    fc.assert(
      fc.property(point, (at) => {
        expect(locator.locate(...at)?.code).toBe(holdersByAngle(at)[0]?.code);
      }),
      { numRuns: 150 },
    );
  });

  it("right beside borders, on both sides, and on islands", () => {
    const side = fc.double({ min: -3e-5, max: 3e-5, noNaN: true });
    fc.assert(
      fc.property(
        anyGrid,
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        side,
        side,
        (grid, p, i, share, dx, dy) => {
          const ring = grid.geometry.coordinates[p % grid.geometry.coordinates.length]![0]!;
          const [a, b] = [ring[i % (ring.length - 1)]!, ring[(i % (ring.length - 1)) + 1]!];
          const at: Position = [a[0] + share * (b[0] - a[0]) + dx, a[1] + share * (b[1] - a[1]) + dy];
          // On the very border the angles add up to half a turn and decide nothing.
          fc.pre(toBorder(at) > 1e-9);
          expect(locator.locate(...at)?.code).toBe(holdersByAngle(at)[0]?.code);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("in agreement with polygon clipping: a tiny square meets the grid found, and no other", () => {
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const [x, y] = centreOf(grid.geometry);
        const r = 1e-7;
        const square: Position[] = [
          [x - r, y - r],
          [x + r, y - r],
          [x + r, y + r],
          [x - r, y + r],
          [x - r, y - r],
        ];
        const near = land.filter(({ parentCode }) => parentCode === grid.parentCode);
        const met = near.filter(({ geometry }) => intersection([[square]], geometry.coordinates).length > 0);
        expect(met.map(({ code }) => code)).toEqual([locator.locate(x, y)?.code]);
      }),
      { numRuns: 60 },
    );
  });

  it("in exactly one grid when it lies on a border that two share", () => {
    const single = land.map((grid) => makeLocator([grid]));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: land.length - 1 }),
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (g, i, share) => {
          const ring = land[g]!.geometry.coordinates[0]![0]!;
          const at = i % (ring.length - 1);
          const [a, b] = [ring[at]!, ring[at + 1]!];
          const shared = land.filter((other) =>
            other.geometry.coordinates.some((polygon) =>
              polygon[0]!.some((c, k, all) => c.join() === b.join() && all[k + 1]?.join() === a.join()),
            ),
          );
          fc.pre(shared.length === 1);
          const [lon, lat]: Position = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
          const holders = single.filter((one) => one.locate(lon, lat));
          expect(holders).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("on every island: each polygon of each grid is found from a point within", () => {
    for (const grid of land) {
      for (const polygon of grid.geometry.coordinates) {
        const within = centreOf({ type: "MultiPolygon", coordinates: [polygon] });
        expect(locator.locate(...within)?.code).toBe(grid.code);
      }
    }
  });
});

describe("a point that no grid holds", () => {
  it("is near the grid whose border is nearest, with the distance", () => {
    const point = fc.tuple(
      fc.double({ min: 121.9, max: 122.6, noNaN: true }),
      fc.double({ min: 29.7, max: 30.5, noNaN: true }),
    );
    fc.assert(
      fc.property(point, ([lon, lat]) => {
        const found = locator.seek(lon, lat, 4000);
        const { distance } = nearestCorner([lon, lat]);
        if (found.place === "inside") return;
        // Corners are never nearer than borders, and borders at most a long edge nearer than their corners.
        if (found.place === "outside") expect(distance).toBeGreaterThan(3990);
        else expect(found.distance).toBeLessThanOrEqual(distance * 1.01 + 1);
        if (distance < 3900) expect(found.place).toBe("near");
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["at 0, 0", 0, 0],
    ["in Beijing", 116.39, 39.9],
    ["with latitude first", 30.02, 122.1],
    ["not a number", Number.NaN, 30],
    ["infinite", Infinity, 30],
  ])("is outside %s", (_, lon, lat) => {
    expect(locator.locate(lon, lat)).toBeUndefined();
    expect(locator.seek(lon, lat)).toEqual({ place: "outside" });
  });

  it("is outside where there are no grids at all", () => {
    expect(makeLocator([]).seek(122.1, 30.02)).toEqual({ place: "outside" });
  });
});

/** Distance in degrees to the nearest border of any grid. */
function toBorder([lon, lat]: Position): number {
  let least = Infinity;
  for (const ring of land.flatMap(({ geometry }) => geometry.coordinates.flat())) {
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!];
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const share = Math.max(0, Math.min(1, ((lon - ax) * (bx - ax) + (lat - ay) * (by - ay)) / length));
      least = Math.min(least, Math.hypot(ax + share * (bx - ax) - lon, ay + share * (by - ay) - lat));
    }
  }
  return least;
}

function nearestCorner([lon, lat]: Position): { distance: number } {
  let distance = Infinity;
  for (const [x, y] of land.flatMap(({ geometry }) => geometry.coordinates.flat(2))) {
    distance = Math.min(distance, Math.hypot((x - lon) * Math.cos((lat * Math.PI) / 180), y - lat) * 111_195);
  }
  return { distance };
}
