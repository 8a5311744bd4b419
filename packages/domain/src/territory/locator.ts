import Flatbush from "flatbush";
import { holds, packOutlines, squaredDistance } from "./outline.ts";
import type { Area, PolygonRings } from "./types.ts";

/** Where a point is: in an area, at sea or on a road near one (distance in metres), or out of reach of all. */
export type Located =
  | { place: "inside"; area: Area }
  | { place: "near"; nearest: Area; distance: number }
  | { place: "outside" };

/** Finds areas by position, among areas that do not overlap: today's grids, or all townships. */
export type Locator = {
  /** The area that holds the point. Positions are WGS84 degrees; anything else (NaN too) is simply not found. */
  locate(lon: number, lat: number): Area | undefined;
  /** The same, and where nothing holds the point the nearest area within `reach` metres (5,000 unless told). */
  seek(lon: number, lat: number, reach?: number): Located;
};

/** Mean length of a degree of latitude in metres (IUGG mean radius 6,371,008.8 m). */
const metresPerDegree = 111_195.08;

/** Builds the index once. Areas without geometry (maritime grids) are never found by position. */
export function makeLocator(areas: readonly Area[]): Locator {
  const polygons: PolygonRings[] = [];
  const owners: Area[] = [];
  for (const area of areas) {
    for (const polygon of area.geometry?.coordinates ?? []) {
      polygons.push(polygon);
      owners.push(area);
    }
  }
  if (polygons.length === 0) return { locate: () => undefined, seek: () => ({ place: "outside" }) };
  const outlines = packOutlines(polygons);
  const boxes = polygons.map(boxOf);
  const index = indexBoxes(boxes);
  const narrowing = Math.cos((((index.minY + index.maxY) / 2) * Math.PI) / 180);

  const polygonAt = (lon: number, lat: number): number => {
    let found = -1;
    index.search(lon, lat, lon, lat, (polygon) => {
      if (found < 0 && holds(outlines, polygon, lon, lat)) found = polygon;
      return false;
    });
    return found;
  };

  // Boxes come in order of their distance; a box further than the best border found cannot hold a nearer border.
  // The index measures in plain degrees, which are never shorter than narrowed ones: hence the division.
  const nearestPolygon = (lon: number, lat: number, reach: number) => {
    let best = { polygon: -1, distance: reach };
    for (const polygon of index.neighbors(lon, lat, Infinity, reach / narrowing)) {
      if (boxDistance(boxes[polygon]!, lon, lat, narrowing) > best.distance) continue;
      const distance = Math.sqrt(squaredDistance(outlines, polygon, lon, lat, narrowing));
      if (distance <= best.distance) best = { polygon, distance };
    }
    return best;
  };

  return {
    locate: (lon, lat) => owners[polygonAt(lon, lat)],
    seek(lon, lat, reach = 5000) {
      const polygon = polygonAt(lon, lat);
      if (polygon >= 0) return { place: "inside", area: owners[polygon]! };
      if (!Number.isFinite(lon) || !Number.isFinite(lat)) return { place: "outside" };
      const nearest = nearestPolygon(lon, lat, reach / metresPerDegree);
      if (nearest.polygon < 0) return { place: "outside" };
      return { place: "near", nearest: owners[nearest.polygon]!, distance: nearest.distance * metresPerDegree };
    },
  };
}

type Box = [west: number, south: number, east: number, north: number];

/** West, south, east and north of a polygon. */
export function boxOf(polygon: PolygonRings): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygon[0] ?? []) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function boxDistance([west, south, east, north]: Box, x: number, y: number, narrowing: number): number {
  const offX = Math.max(west - x, 0, x - east) * narrowing;
  const offY = Math.max(south - y, 0, y - north);
  return Math.hypot(offX, offY);
}

/** A spatial index of boxes; there must be at least one. */
export function indexBoxes(boxes: readonly Box[]): Flatbush {
  const index = new Flatbush(boxes.length);
  for (const box of boxes) index.add(...box);
  index.finish();
  return index;
}
