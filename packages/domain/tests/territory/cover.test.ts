import fc from "fast-check";
import { difference, intersection } from "polyclip-ts";
import { expect, it } from "vitest";
import { checkCover } from "@linge/domain/territory/cover/check.ts";
import { areaOf } from "@linge/domain/territory/shape.ts";
import type { Fault } from "@linge/domain/territory/fault.ts";
import type { Area, MultiPolygon, PolygonRings } from "@linge/domain/territory/types.ts";
import { zhoushan } from "./zhoushan.ts";

type Shaped = Area & { geometry: MultiPolygon };
const communities = zhoushan.areas.filter((area): area is Shaped => area.level === "community");

const sizeOf = (faults: Fault[], kind: Fault["of"]) =>
  faults.filter((fault) => (fault.of ?? fault.kind) === kind).reduce((sum, { area }) => sum + area!, 0);
const clipped = (coordinates: unknown) => areaOf({ type: "MultiPolygon", coordinates: coordinates as PolygonRings[] });

/** Polygon clipping is slow and knows nothing of levels, but it is another way to the same sizes. */
it("gaps, strays and overlaps are as large as polygon clipping says", () => {
  const any = fc.integer({ min: 0, max: communities.length - 1 });
  const shift = fc.double({ min: -0.004, max: 0.004, noNaN: true });
  fc.assert(
    fc.property(any, shift, shift, (i, east, north) => {
      const parent = communities[i]!;
      const grids = zhoushan.grids.filter(
        (grid): grid is typeof grid & Shaped => grid.parentCode === parent.code && Boolean(grid.geometry),
      );
      const [first, ...rest] = grids as [Shaped, ...Shaped[]];
      const moved: Shaped = {
        ...first,
        geometry: {
          type: "MultiPolygon",
          coordinates: first.geometry.coordinates.map((polygon) =>
            polygon.map((ring) => ring.map(([x, y]) => [x + east, y + north])),
          ),
        },
      };
      const faults = checkCover([moved, ...rest], parent, { tolerance: 0 });
      const others = rest.flatMap(({ geometry }) => geometry.coordinates);
      const all = [moved.geometry.coordinates, ...rest.map(({ geometry }) => geometry.coordinates)];
      const expected = {
        gap: clipped(difference(parent.geometry.coordinates, ...all)),
        stray: clipped(difference(moved.geometry.coordinates, parent.geometry.coordinates)),
        overlap: others.length > 0 ? clipped(intersection(moved.geometry.coordinates, others)) : 0,
      };
      for (const kind of ["gap", "stray", "overlap"] as const) {
        expect(Math.abs(sizeOf(faults, kind) - expected[kind])).toBeLessThan(1 + expected[kind] * 1e-4);
      }
    }),
    { numRuns: 40 },
  );
});
