import type { Fault } from "../fault.ts";
import { holds, packOutlines } from "../outline.ts";
import type { Area, MultiPolygon, PolygonRings, Position } from "../types.ts";
import { bundles } from "./bundles.ts";
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
  const left = residue(
    children.map(({ geometry }) => geometry),
    parent.geometry,
  );
  if (left.length === 0) return [];
  const allowed = parent.geometry ? 0 : 1;
  const faces = bundles(left)
    .flatMap((bundle) => facesOf(patchesBetween(bundle)))
    .filter(({ count, width }) => (count < 0 || count > allowed) && width > tolerance);
  const holdersOf = finder(children);
  const parentHolds = parent.geometry ? finder([parent as Shaped]) : undefined;
  return faces.map((face) => {
    const holders = holdersOf(face.at);
    const inParent = !parentHolds || parentHolds(face.at).length > 0;
    return shapeFault(face, holders, inParent, parent, sliverWidth);
  });
}

function shapeFault(face: Face, holders: string[], inParent: boolean, parent: Area, sliverWidth: number): Fault {
  const of = face.count < 0 ? "gap" : inParent ? "overlap" : "stray";
  const codes = of === "gap" ? [parent.code] : of === "overlap" ? holders : [...holders, parent.code];
  const kind = face.width < sliverWidth ? "sliver" : of;
  const thin = kind === "sliver" ? { of, ...texts[of](face.width.toFixed(2)) } : texts[of]();
  return { kind, codes, at: face.at, area: face.area, ...thin } as Fault;
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

/** Says which areas hold a position; packed once, since faults come in crowds. */
function finder(areas: readonly Shaped[]): (at: Position) => string[] {
  const polygons = areas.flatMap(({ code, geometry }) =>
    geometry.coordinates.map((rings: PolygonRings) => ({ code, rings })),
  );
  const outlines = packOutlines(polygons.map(({ rings }) => rings));
  return ([lon, lat]) => [...new Set(polygons.filter((_, i) => holds(outlines, i, lon, lat)).map(({ code }) => code))];
}
