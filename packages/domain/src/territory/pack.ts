import { readCsv } from "./csv.ts";
import { dissolve } from "./dissolve.ts";
import { areaId } from "./identity.ts";
import { demoOrganisations } from "./demoOrganisations.ts";
import { centreOf } from "./shape.ts";
import type { Area, Focus, Grid, GridKind, Level, MultiPolygon, Territory, Vessel } from "./types.ts";

/**
 * A city pack is a folder of files with a `pack.json` that names them. Reading files is the caller's; here texts become
 * a territory.
 */
export type PackManifest = {
  /** 12-digit code of the city. */
  city: string;
  /** The day the codes stand for, from which all areas of the pack are in force. */
  validFrom: string;
  /** CSV: code, short_name (or name), parent_code of every division down to communities. */
  divisions: string;
  /** GeoJSON of the grids; the areas above are their unions. */
  grids: string;
  /** CSV: code, en. */
  namesEn?: string;
  /** Whether the lines are approximations (示意). */
  indicative: boolean;
};

/** Reads `pack.json`; throws a plain error that names what is missing. */
export function parseManifest(text: string): PackManifest {
  const manifest = JSON.parse(text) as PackManifest;
  for (const key of ["city", "validFrom", "divisions", "grids"] as const) {
    if (typeof manifest[key] !== "string") throw new Error(`pack.json must have "${key}", a text.`);
  }
  return { ...manifest, indicative: manifest.indicative !== false };
}

/** The files, beside pack.json, that `parseCityPack` wants the texts of. */
export function filesOfPack(manifest: PackManifest): string[] {
  return [manifest.divisions, manifest.grids, manifest.namesEn].filter((name) => name !== undefined);
}

/**
 * The territory of a pack, ready to be stored: areas from the city down to communities, grids, and (for a demonstration
 * city) invented organisations. Geometry of the upper levels is the exact union of the grids within.
 *
 * @param texts the texts of `pack.json` and of the files it names, by file name
 */
export function parseCityPack(texts: Record<string, string>): Territory {
  const manifest = parseManifest(textOf(texts, "pack.json"));
  const english = manifest.namesEn ? readCsv(textOf(texts, manifest.namesEn)) : [];
  const namesEn = new Map(english.map((row) => [row.code!, row.en!]));
  const grids = readGrids(textOf(texts, manifest.grids), manifest);
  const shapes = new Map<string, MultiPolygon>();
  for (const grid of grids) if (grid.geometry) shapes.set(grid.code, grid.geometry);
  const areas = readCsv(textOf(texts, manifest.divisions)).map((row): Area => {
    const { code } = row as { code: string };
    const level = divisionLevels[row.level ?? ""];
    if (!level) throw new Error(`${manifest.divisions}: ${code} has level "${row.level}", expected 2 to 5.`);
    return {
      id: areaId(code, manifest.validFrom),
      code,
      level,
      parentCode: level === "city" ? null : row.parent_code!,
      names: { zh: row.short_name || row.name!, ...(namesEn.has(code) ? { en: namesEn.get(code)! } : {}) },
      indicative: manifest.indicative,
      validFrom: manifest.validFrom,
      predecessors: [],
    };
  });
  uniteUpwards(areas, shapes);
  return { areas, grids, organisations: demoOrganisations(areas, grids) };
}

/** The statistics bureau counts the province as level 1. */
const divisionLevels: Record<string, Level> = { "2": "city", "3": "county", "4": "township", "5": "community" };

function textOf(texts: Record<string, string>, name: string): string {
  const text = texts[name];
  if (text === undefined) throw new Error(`The city pack lacks ${name}.`);
  return text;
}

type GridFeature = {
  id: string;
  properties: { name: string; focus: Focus; kind: GridKind; vessels?: string[] };
  geometry: MultiPolygon | null;
};

function readGrids(text: string, { validFrom, indicative }: PackManifest): Grid[] {
  const { features } = JSON.parse(text) as { features: GridFeature[] };
  return features.map(({ id: code, properties: { name, focus, kind, vessels }, geometry }) => ({
    id: areaId(code, validFrom),
    code,
    level: "grid",
    parentCode: code.slice(0, 12),
    names: { zh: name },
    ...(geometry ? { geometry, centre: centreOf(geometry) } : {}),
    indicative,
    validFrom,
    predecessors: [],
    focus,
    kind,
    ...(vessels ? { vessels: vessels.map((vessel): Vessel => ({ name: vessel })) } : {}),
  }));
}

/** Gives every area the union of its children, from communities up to the city. */
function uniteUpwards(areas: Area[], shapes: Map<string, MultiPolygon>): void {
  const parts = new Map<string, MultiPolygon[]>();
  const addPart = (parent: string, shape: MultiPolygon) => {
    const known = parts.get(parent);
    if (known) known.push(shape);
    else parts.set(parent, [shape]);
  };
  for (const [code, shape] of shapes) addPart(code.slice(0, 12), shape);
  for (const level of ["community", "township", "county", "city"] as const) {
    for (const area of areas.filter((candidate) => candidate.level === level)) {
      const within = parts.get(area.code);
      if (!within) continue;
      area.geometry = dissolve(within);
      area.centre = centreOf(area.geometry);
      if (area.parentCode !== null) addPart(area.parentCode, area.geometry);
    }
  }
}
