import type { MultiPolygon, PolygonRings, Position, Ring } from "./types.ts";

/** Measures of polygons given in degrees. */

const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

/** Signed area of a ring on the sphere in m², positive when counter-clockwise (Chamberlain and Duquette, JPL 2007). */
export function ringArea(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1]!, ring[i]!];
    // Relative to the first corner, so that a grid of a few metres is not lost among the digits of a whole hemisphere.
    const [sinA, sinB] = [a, b].map(([, lat]) => sineDifference(lat, ring[0]![1])) as [number, number];
    sum -= (b[0] - a[0]) * radians * (sinA + sinB);
  }
  return (sum * earthRadius * earthRadius) / 2;
}

function sineDifference(a: number, b: number): number {
  return 2 * Math.cos(((a + b) / 2) * radians) * Math.sin(((a - b) / 2) * radians);
}

/** Area of a multi-polygon in m², holes taken off. */
export function areaOf(geometry: MultiPolygon): number {
  return geometry.coordinates.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
}

export function polygonArea([outer, ...holes]: PolygonRings): number {
  return Math.abs(ringArea(outer ?? [])) - holes.reduce((sum, hole) => sum + Math.abs(ringArea(hole)), 0);
}

/**
 * A position within the largest polygon, for a label: the middle of the widest stretch of land on one of 15 parallels.
 */
export function centreOf(geometry: MultiPolygon): Position {
  const largest = geometry.coordinates.toSorted((a, b) => polygonArea(b) - polygonArea(a))[0]!;
  const latitudes = largest[0]!.map(([, lat]) => lat);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  let best: { width: number; at: Position } = { width: -1, at: largest[0]![0]! };
  for (let i = 1; i < 16; i++) {
    // The odd shift keeps the parallel off corners that lie on round positions.
    const lat = south + (north - south) * ((i + 0.0137) / 16.03);
    const crossings = largest.flatMap((ring) => crossingsAt(ring, lat)).toSorted((a, b) => a - b);
    // The nearer the middle, the better the label sits: a stretch counts for less towards the ends.
    const weight = 1 - Math.abs(i - 8) / 12;
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const width = (crossings[k + 1]! - crossings[k]!) * weight;
      if (width > best.width) best = { width, at: [(crossings[k]! + crossings[k + 1]!) / 2, lat] };
    }
  }
  return best.at.map((degrees) => Math.round(degrees * 1e6) / 1e6) as Position;
}

function crossingsAt(ring: Ring, lat: number): number[] {
  const crossings: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1]!, ring[i]!];
    if (a[1] > lat !== b[1] > lat) crossings.push(a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  }
  return crossings;
}
