import { writeFileSync } from "node:fs";
import { surveyBlocks, type Outline } from "@linge/regions";
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
};

type Feature = { id?: string | number; properties: Record<string, unknown> | null; geometry: Outline | null };

/** Blocks and their common borders from GeoJSON polygons, as the files that `plan` reads; properties become columns. */
export function writeBlocks({
  polygons,
  nodes,
  edges,
  id = "id",
  snap = "2",
  coordinates = "lonlat",
}: Options): number {
  if (!polygons || !nodes || !edges)
    throw new RegionInputFileError("give --polygons FILE.geojson, and --nodes FILE and --edges FILE to write");
  if (coordinates !== "lonlat" && coordinates !== "metres")
    throw new RegionInputFileError("--coordinates is lonlat or metres");
  const features = readFeatures(polygons);
  const outlined = features.map((feature, at) => {
    const name = feature.properties?.[id] ?? feature.id;
    if (name === undefined || name === null || name === "")
      throw new RegionInputFileError(`${polygons}: feature ${at + 1} has no ${id}; name the property with --id`);
    if (feature.geometry?.type !== "Polygon" && feature.geometry?.type !== "MultiPolygon")
      throw new RegionInputFileError(`${polygons}: ${String(name)} is no polygon`);
    return { id: String(name), outline: feature.geometry };
  });
  const { blocks, links, parts } = surveyBlocks(outlined, { coordinates, snap: Number(snap) });
  const reserved = new Set([id, "id", "area_km2", "perimeter_km"]);
  const columns = [...new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})))].filter(
    (name) => !reserved.has(name),
  );
  const rows = blocks.map((block, at) => [
    block.id,
    block.area.toFixed(6),
    block.perimeter.toFixed(6),
    ...columns.map((name) => features[at]!.properties?.[name] ?? ""),
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
  try {
    writeFileSync(typedPath(path), `${rows.map((row) => row.map(cell).join(",")).join("\n")}\n`);
  } catch (error) {
    throw new RegionInputFileError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
