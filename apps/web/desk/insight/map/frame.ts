import type { Feature } from "../api.ts";

export type Box = { west: number; south: number; east: number; north: number };
/** How a piece of the earth lies on paper: x and y of a position, and the height for the width. */
export type Frame = { width: number; height: number; at(lon: number, lat: number): [number, number] };

const positionsOf = (feature: Feature): [number, number][] => feature.geometry?.coordinates.flat(2) ?? [];

const nothing = (): Box => ({ west: Infinity, south: Infinity, east: -Infinity, north: -Infinity });

function stretch(box: Box, positions: readonly [number, number][]): void {
  for (const [lon, lat] of positions) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
}

/** The box around features, or undefined when none of them has an outline. */
export function boxOf(features: readonly Feature[]): Box | undefined {
  const box = nothing();
  for (const feature of features) stretch(box, positionsOf(feature));
  return box.west < box.east ? box : undefined;
}

/** The box around the larger islands: rocks far out would make all others small. */
export function mainBoxOf(features: readonly Feature[], least = 0.06): Box | undefined {
  const box = nothing();
  for (const feature of features)
    for (const polygon of feature.geometry?.coordinates ?? []) {
      const own = nothing();
      stretch(own, polygon[0] ?? []);
      if (own.east - own.west >= least || own.north - own.south >= least) stretch(box, polygon[0]!);
    }
  return box.west < box.east ? box : boxOf(features);
}

/** A box with some sea around it, no smaller than `least` degrees, so that one grid does not fill the page. */
export function padded({ west, south, east, north }: Box, share: number, least = 0.02): Box {
  const [lon, lat] = [Math.max(least - (east - west), 0) / 2, Math.max(least - (north - south), 0) / 2];
  const [x, y] = [(east - west) * share + lon, (north - south) * share + lat];
  return { west: west - x, south: south - y, east: east + x, north: north + y };
}

/** Lays a box on paper of a width and a height, as large as fits; degrees of longitude are narrower here than at the equator. */
export function frameOf({ west, south, east, north }: Box, width: number, height: number): Frame {
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(width / ((east - west) * narrowing), height / (north - south));
  const [left, top] = [(width - (east - west) * narrowing * scale) / 2, (height - (north - south) * scale) / 2];
  return {
    width,
    height,
    at: (lon, lat) => [left + (lon - west) * narrowing * scale, top + (north - lat) * scale],
  };
}

/** An outline as an SVG path. */
export function pathOf(feature: Feature, frame: Frame): string {
  return (feature.geometry?.coordinates ?? [])
    .flat()
    .map(
      (ring) =>
        `M${ring
          .map(([lon, lat]) =>
            frame
              .at(lon, lat)
              .map((value) => value.toFixed(1))
              .join(","),
          )
          .join("L")}Z`,
    )
    .join("");
}
