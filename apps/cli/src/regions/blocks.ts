import { writeFileSync } from "node:fs";
import { carveBlocks, surveyBlocks, type Outline, type OutlinedBlock, type Position } from "@linge/regions";
import { typedPath } from "../command.ts";
import { readText } from "../territory/files.ts";
import { RegionInputFileError } from "./files.ts";

type Options = {
  polygons?: string | undefined;
  nodes?: string | undefined;
  edges?: string | undefined;
  id?: string | undefined;
  snap?: string | undefined;
  coordinates?: string | undefined;
  lines?: string | undefined;
  blocks?: string | undefined;
  "least-area"?: string | undefined;
};

type Line = { type: "LineString"; coordinates: Position[] } | { type: "MultiLineString"; coordinates: Position[][] };
type Feature = { id?: string | number; properties: Record<string, unknown> | null; geometry: Outline | Line | null };

/**
 * Blocks and their common borders from GeoJSON polygons, as the files that `plan` reads; properties become columns. With
 * `lines` (roads, rivers, shores) the polygons are cut along them first, and the blocks made are written as GeoJSON.
 */
export function writeBlocks({
  polygons,
  nodes,
  edges,
  id = "id",
  snap = "2",
  coordinates = "lonlat",
  lines,
  blocks: made,
  "least-area": leastArea = "1000",
}: Options): number {
  if (!polygons || !nodes || !edges)
    throw new RegionInputFileError("give --polygons FILE.geojson, and --nodes FILE and --edges FILE to write");
  if (coordinates !== "lonlat" && coordinates !== "metres")
    throw new RegionInputFileError("--coordinates is lonlat or metres");
  const features = readFeatures(polygons);
  const given = features.map((feature, at) => {
    const name = feature.properties?.[id] ?? feature.id;
    if (name === undefined || name === null || name === "")
      throw new RegionInputFileError(`${polygons}: feature ${at + 1} has no ${id}; name the property with --id`);
    if (feature.geometry?.type !== "Polygon" && feature.geometry?.type !== "MultiPolygon")
      throw new RegionInputFileError(`${polygons}: ${String(name)} is no polygon`);
    return { id: String(name), outline: feature.geometry, properties: feature.properties ?? {} };
  });
  const measures = { coordinates, snap: number("snap", snap), leastArea: number("least-area", leastArea) } as const;
  const outlined = lines ? carved(given, readLines(lines), measures) : given;
  if (made) writeGeoJson(made, outlined);
  const { blocks, links, parts } = surveyBlocks(outlined, measures);
  const reserved = new Set([id, "id", "area_km2", "perimeter_km"]);
  const columns = [...new Set(outlined.flatMap(({ properties }) => Object.keys(properties)))].filter(
    (name) => !reserved.has(name),
  );
  const rows = blocks.map((block, at) => [
    block.id,
    block.area.toFixed(6),
    block.perimeter.toFixed(6),
    ...columns.map((name) => outlined[at]!.properties[name] ?? ""),
  ]);
  write(nodes, [["id", "area_km2", "perimeter_km", ...columns], ...rows]);
  write(edges, [["i", "j", "shared_km"], ...links.map(({ from, to, length }) => [from, to, length.toFixed(6)])]);
  console.log(`${blocks.length} blocks, ${links.length} common borders`);
  if (parts.length > 1)
    console.error(
      `linge regions: the blocks fall into ${parts.length} parts that do not touch (the smallest around ${parts.at(-1)![0]}); give plan a --ferries file with columns i,j to join them`,
    );
  return 0;
}

type Given = OutlinedBlock & { properties: Record<string, unknown> };

/** The pieces of areas, each with what was said of its area, and the area itself for a hard border. */
function carved(areas: Given[], lines: Position[][], measures: Parameters<typeof carveBlocks>[2]): Given[] {
  const byId = new Map(areas.map((area) => [area.id, area]));
  return carveBlocks(areas, lines, measures).map(({ of, ...block }) => ({
    ...block,
    properties: { ...byId.get(of)!.properties, area: of },
  }));
}

/** Lines of a file, and the rings of its polygons: the shores of lakes and wide rivers. */
function readLines(path: string): Position[][] {
  return readFeatures(path).flatMap(({ geometry }, at) => {
    switch (geometry?.type) {
      case "LineString":
        return [geometry.coordinates];
      case "MultiLineString":
      case "Polygon":
        return geometry.coordinates;
      case "MultiPolygon":
        return geometry.coordinates.flat();
      default:
        throw new RegionInputFileError(`${path}: feature ${at + 1} is neither a line nor a polygon`);
    }
  });
}

function number(name: string, typed: string): number {
  const value = Number(typed);
  if (typed.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new RegionInputFileError(`--${name} is "${typed}"; it must be a number from 0`);
  return value;
}

function writeGeoJson(path: string, blocks: Given[]): void {
  const features = blocks.map(({ id, outline, properties }) => ({
    type: "Feature",
    properties: { ...properties, id },
    geometry: outline,
  }));
  writeText(path, `${JSON.stringify({ type: "FeatureCollection", features })}\n`);
}

function readFeatures(path: string): Feature[] {
  let parsed: { features?: Feature[] };
  try {
    parsed = JSON.parse(readText(typedPath(path)));
  } catch (error) {
    throw new RegionInputFileError(error instanceof SyntaxError ? `${path} is not GeoJSON` : (error as Error).message);
  }
  if (!Array.isArray(parsed?.features) || parsed.features.length === 0)
    throw new RegionInputFileError(`${path} is not a GeoJSON collection of features`);
  return parsed.features;
}

function write(path: string, rows: unknown[][]): void {
  const cell = (value: unknown) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  writeText(path, `${rows.map((row) => row.map(cell).join(",")).join("\n")}\n`);
}

function writeText(path: string, text: string): void {
  try {
    writeFileSync(typedPath(path), text);
  } catch (error) {
    throw new RegionInputFileError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
