import module from "gcoord";
import type { MultiPolygon, Position } from "./types.ts";

/**
 * Chinese maps shift positions by some hundred metres: Amap and Tencent use GCJ-02, Baidu BD-09. Everything inside is
 * WGS84 (practically CGCS2000), so positions are converted once, where they come in.
 */
export const coordinateSystems = ["WGS84", "GCJ02", "BD09"] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

/** Its types describe an ES module; Node loads the CommonJS one, whose exports are the default. */
const gcoord = module as unknown as (typeof module)["default"];

/** One position to WGS84, rounded to 7 decimals (a centimetre), so that shared corners stay shared. */
export function toWgs84(position: Position, from: CoordinateSystem): Position {
  if (from === "WGS84") return position;
  const [lon, lat] = gcoord.transform([position[0], position[1]], gcoord[from], gcoord.WGS84) as Position;
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

export function geometryToWgs84(geometry: MultiPolygon, from: CoordinateSystem): MultiPolygon {
  if (from === "WGS84") return geometry;
  const coordinates = geometry.coordinates.map((polygon) =>
    polygon.map((ring) => ring.map((position) => toWgs84(position, from))),
  );
  return { type: "MultiPolygon", coordinates };
}

/** Says what was done, for the person who imports. */
export function conversionNote(from: CoordinateSystem, language: "zh" | "en" = "en"): string {
  if (from === "WGS84")
    return language === "zh" ? "坐标为 WGS84，未转换" : "coordinates are WGS84 and were not converted";
  const name = from === "GCJ02" ? "GCJ-02" : "BD-09";
  return language === "zh" ? `坐标已由 ${name} 转换为 WGS84` : `coordinates were converted from ${name} to WGS84`;
}
