import { readCsv } from "../csv.ts";
import type { MultiPolygon, PolygonRings } from "../types.ts";
import type { DrawnGrid, Sketch } from "./draw.ts";

type Outline = {
  properties: { code12: string };
  geometry: MultiPolygon | { type: "Polygon"; coordinates: PolygonRings };
};

/** What to draw into, from township outlines (GeoJSON, property `code12`) and a list of communities (CSV). */
export function readSketch(townships: string, communities: string): Sketch {
  const { features } = JSON.parse(townships) as { features: Outline[] };
  return {
    townships: features.map(({ properties, geometry }) => ({
      code: properties.code12,
      geometry: {
        type: "MultiPolygon",
        coordinates: geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
      },
    })),
    communities: readCsv(communities).map((row) => ({
      code: row.code!,
      townshipCode: row.township_code!.padEnd(12, "0"),
      zh: row.short_name || row.name!,
      urban: row.kind === "community",
    })),
  };
}

/** The grids as GeoJSON, a feature a line, so that a change can be read in a diff. */
export function writeDrawnGrids(grids: readonly DrawnGrid[], note: string): string {
  const lines = grids.map(({ code, zh, focus, kind, geometry, vessels }) =>
    JSON.stringify({
      type: "Feature",
      id: code,
      properties: { name: zh, focus, kind, ...(vessels ? { vessels: vessels.map(({ name }) => name) } : {}) },
      geometry,
    }),
  );
  return `{"type":"FeatureCollection","note":${JSON.stringify(note)},"features":[\n${lines.join(",\n")}\n]}\n`;
}
