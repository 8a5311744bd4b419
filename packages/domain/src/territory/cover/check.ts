import type { Fault } from "../fault.ts";
import { boxOf, indexBoxes } from "../locator.ts";
import { holds, packOutlines } from "../outline.ts";
import type { Area, MultiPolygon, PolygonRings, Position } from "../types.ts";
import { bundles, cutBy } from "./bundles.ts";
import { facesOf } from "./faces.ts";
import type { Face } from "./faces.ts";
import { residue } from "./residue.ts";
import { patchesBetween } from "./slabs.ts";

type Shaped = Area & { geometry: MultiPolygon };

export type CoverOptions = {
  /** Faults thinner than this many metres (mean width) are rounding and not reported; 0.02 unless told. */
  tolerance?: number;
  /** Faults thinner than this many metres are called slivers; 3 unless told. */
  sliverWidth?: number;
};

/**
 * Compares a parent with its children: every gap, overlap and stray with place and size. Without a parent's geometry
 * only overlaps can be told.
 */
export function checkCover(children: readonly Shaped[], parent: Area, options: CoverOptions = {}): Fault[] {
  const { tolerance = 0.02, sliverWidth = 3 } = options;
  const { left, cancelled } = residue(
    children.map(({ geometry }) => geometry),
    parent.geometry,
  );
  if (left.length === 0) return [];
  const labelOf = labelling(children, parent);
  return bundles(left)
    .flatMap((bundle) => facesOf(patchesBetween(cutBy(bundle, cancelled)), labelOf))
    .filter(({ label, width }) => label !== "" && width > tolerance)
    .map((face) => shapeFault(face, sliverWidth));
}

/** Says of a place with a wrong count what it is and whom it concerns: "overlap 330902… 330903…". */
function labelling(children: readonly Shaped[], parent: Area): (count: number, at: Position) => string {
  const holdersOf = finder(children);
  const parentHolds = parent.geometry ? finder([parent as Shaped]) : undefined;
  return (count, at) => {
    if (count < 0) return `gap ${parent.code}`;
    if (!parentHolds) return count > 1 ? ["overlap", ...holdersOf(at)].join(" ") : "";
    const inParent = parentHolds(at).length > 0;
    return inParent ? ["overlap", ...holdersOf(at)].join(" ") : ["stray", ...holdersOf(at), parent.code].join(" ");
  };
}

function shapeFault({ label, width, area, at }: Face, sliverWidth: number): Fault {
  const [of, ...codes] = label.split(" ") as ["gap" | "overlap" | "stray", ...string[]];
  if (width >= sliverWidth) return { kind: of, codes, at, area, ...texts[of]() };
  return { kind: "sliver", of, codes, at, area, ...texts[of](width.toFixed(2)) };
}

const texts = {
  gap: (width?: string) => ({
    zh: `下级未覆盖${width ? `，宽约 ${width} 米` : ""}`,
    en: `no part covers this${width ? `, about ${width} m wide` : ""}`,
  }),
  overlap: (width?: string) => ({
    zh: `同属多个下级${width ? `，宽约 ${width} 米` : ""}`,
    en: `held by more than one part${width ? `, about ${width} m wide` : ""}`,
  }),
  stray: (width?: string) => ({
    zh: `超出上级范围${width ? `，宽约 ${width} 米` : ""}`,
    en: `outside its parent${width ? `, about ${width} m wide` : ""}`,
  }),
};

/** Says which areas hold a position; indexed once, since faults come in crowds. */
function finder(areas: readonly Shaped[]): (at: Position) => string[] {
  const polygons = areas.flatMap(({ code, geometry }) =>
    geometry.coordinates.map((rings: PolygonRings) => ({ code, rings })),
  );
  if (polygons.length === 0) return () => [];
  const outlines = packOutlines(polygons.map(({ rings }) => rings));
  const index = indexBoxes(polygons.map(({ rings }) => boxOf(rings)));
  return ([lon, lat]) => {
    const holders = index.search(lon, lat, lon, lat, (i) => holds(outlines, i, lon, lat));
    return [...new Set(holders.map((i) => polygons[i]!.code))].toSorted();
  };
}
