import { readCsv } from "./csv.ts";
import type { Problem } from "./read.ts";
import type { MultiPolygon, PolygonRings, Position } from "./types.ts";

/** What one line of a CSV or one feature of a GeoJSON file says of an area. */
export type Row = {
  file: string;
  /** "line 7" or "feature 7". */
  place: string;
  code: string;
  name?: string;
  en?: string;
  parentCode?: string;
  focus?: string;
  kind?: string;
  vessels?: string[];
  geometry?: MultiPolygon;
};

/** How files name things, most telling first. */
const fields = {
  code: ["code12", "code", "网格编码", "区划代码", "编码", "gridCode", "grid_code", "adcode", "id"],
  name: ["short_name", "name", "zh", "网格名称", "名称"],
  en: ["en", "name_en"],
  parentCode: ["parent_code", "parentCode", "上级编码"],
  focus: ["focus", "网格类别"],
  kind: ["grid_kind", "网格类型"],
  vessels: ["vessels", "船舶", "船名"],
} as const;

/** The rows of one file; what cannot be read is added to `problems`. */
export function readFile(file: string, text: string, problems: Problem[]): Row[] {
  const isCsv = /\.csv$/iu.test(file);
  const rows = isCsv ? csvRows(text) : geoJsonRows(file, text, problems);
  return rows.flatMap(({ place, properties, geometry }) => {
    const code = pick(properties, fields.code);
    if (code === undefined) {
      problems.push({ file, place, en: `has no code (looked for ${fields.code.join(", ")})` });
      return [];
    }
    return [
      withoutGaps({ file, place, code, geometry: shapeOf(geometry, file, place, problems), ...textsOf(properties) }),
    ];
  });
}

type RawRow = { place: string; properties: Record<string, unknown>; geometry?: unknown };

function csvRows(text: string): RawRow[] {
  return readCsv(text).map((properties, i) => ({ place: `line ${i + 2}`, properties }));
}

function geoJsonRows(file: string, text: string, problems: Problem[]): RawRow[] {
  try {
    const { features } = JSON.parse(text) as { features?: unknown };
    if (Array.isArray(features)) {
      return features.map((feature: { id?: unknown; properties?: Record<string, unknown>; geometry?: unknown }, i) => ({
        place: `feature ${i + 1}`,
        properties: { id: feature?.id, ...feature?.properties },
        geometry: feature?.geometry ?? undefined,
      }));
    }
    problems.push({ file, place: "the file", en: "is not a GeoJSON FeatureCollection: it has no list of features" });
  } catch (error) {
    problems.push({ file, place: "the file", en: `is not JSON: ${(error as Error).message}` });
  }
  return [];
}

function pick(properties: Record<string, unknown>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = properties[name];
    if ((typeof value === "string" && value.trim() !== "") || typeof value === "number") return String(value).trim();
  }
  return undefined;
}

function textsOf(properties: Record<string, unknown>): Partial<Row> {
  const list = properties.vessels;
  const vessels = Array.isArray(list) ? list.map(String) : pick(properties, fields.vessels)?.split(/[;；、]/u);
  return {
    name: pick(properties, fields.name),
    en: pick(properties, fields.en),
    parentCode: pick(properties, fields.parentCode),
    focus: pick(properties, fields.focus),
    kind: pick(properties, fields.kind) ?? gridKind(properties.kind),
    vessels: vessels?.map((name) => name.trim()).filter((name) => name !== ""),
  };
}

/** Lists of divisions use the column `kind` for other things (subdistrict, village): only our own words count. */
function gridKind(kind: unknown): string | undefined {
  return kind === "general" || kind === "dedicated" ? kind : undefined;
}

function withoutGaps(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row;
}

function shapeOf(geometry: unknown, file: string, place: string, problems: Problem[]): MultiPolygon | undefined {
  if (geometry === undefined || geometry === null) return undefined;
  const { type, coordinates } = geometry as { type?: string; coordinates?: unknown };
  const polygons = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : undefined;
  if (!isPolygons(polygons)) {
    const en =
      polygons === undefined
        ? `its geometry is a ${type}, expected Polygon or MultiPolygon`
        : "its coordinates are malformed";
    problems.push({ file, place, en });
    return undefined;
  }
  const off = polygons.flat(2).find(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90);
  if (off) {
    const en = `position ${off.join(", ")} is not longitude, latitude in degrees (projected coordinates must be converted first)`;
    problems.push({ file, place, en });
    return undefined;
  }
  const flat = polygons.map((polygon) => polygon.map((ring) => ring.map(([lon, lat]): Position => [lon, lat])));
  return { type: "MultiPolygon", coordinates: flat };
}

function isPolygons(value: unknown): value is PolygonRings[] {
  return isListOf(value, (polygon) => isListOf(polygon, (ring) => isListOf(ring, isPosition)));
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isItem);
}

function isPosition(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 2 && value.every(Number.isFinite);
}
