import { fullCode, levelOfCode, parentOfCode } from "./code.ts";
import { conversionNote, geometryToWgs84 } from "./coordinates.ts";
import type { CoordinateSystem } from "./coordinates.ts";
import { readFile } from "./readFile.ts";
import type { Row } from "./readFile.ts";
import { areaId } from "./identity.ts";
import { centreOf } from "./shape.ts";
import { isGrid } from "./types.ts";
import type { Area, Focus, GridKind, Territory } from "./types.ts";

export type ReadOptions = {
  /** What the files' positions are in. */
  from: CoordinateSystem;
  /** The day the areas come into force, "2026-01-01". */
  validFrom: string;
  /** Whether the lines are approximations (示意). */
  indicative?: boolean;
};

/** Something in the files that could not be used; the rest was read. */
export type Problem = { file: string; place: string; en: string };

export type ReadTerritory = Territory & {
  problems: Problem[];
  /** What was done to the coordinates, in words. */
  conversion: string;
  /** What no file says of an area and was filled in, by its code: a known area keeps its own. */
  assumed: ReadonlyMap<string, readonly Assumable[]>;
};
export type Assumable = "names" | "focus" | "kind";

/**
 * Any city's areas from GeoJSON (features with a code and a name) and CSV (a column `code`, with or without a name,
 * focus, kind and vessels). Rows of the same code in several files complete each other: a list of names and a file of
 * shapes make one area. Whether it all fits together is for `checkTerritory` to say.
 */
export function readTerritory(files: readonly { name: string; text: string }[], options: ReadOptions): ReadTerritory {
  const problems: Problem[] = [];
  const rows = new Map<string, Row>();
  for (const { name, text } of files) {
    for (const row of readFile(name, text, problems)) {
      const code = fullCode(row.code);
      const known = rows.get(code);
      if (known?.geometry && row.geometry) {
        problems.push({ file: name, place: row.place, en: `${code} has a shape already; this one was left out` });
      }
      rows.set(code, { ...row, ...known, code, ...(known ? fill(known, row) : {}) });
    }
  }
  const read = [...rows.values()].map((row) => areaOf(row, options, problems)).filter((area) => area !== undefined);
  return {
    areas: read.filter((area) => !isGrid(area)),
    grids: read.filter(isGrid),
    organisations: [],
    problems,
    conversion: conversionNote(options.from),
    assumed: new Map(Array.from(rows.values(), (row) => [row.code, assumedOf(row)])),
  };
}

function assumedOf({ name, focus, kind }: Row): Assumable[] {
  return [
    ...(name ? [] : (["names"] as const)),
    ...(focus ? [] : (["focus"] as const)),
    ...(kind ? [] : (["kind"] as const)),
  ];
}

function fill(known: Row, row: Row): Partial<Row> {
  return Object.fromEntries(Object.entries(row).filter(([key]) => known[key as keyof Row] === undefined));
}

function areaOf(row: Row, { from, validFrom, indicative = false }: ReadOptions, problems: Problem[]): Area | undefined {
  const { code, file, place } = row;
  const level = levelOfCode(code);
  if (!level) {
    problems.push({ file, place, en: `"${row.code}" is not a code of 12, 15 or 18 digits` });
    return undefined;
  }
  if (!row.name) problems.push({ file, place, en: `${code} has no name; its code stands in for it` });
  const geometry = row.geometry ? geometryToWgs84(row.geometry, from) : undefined;
  return {
    id: areaId(code, validFrom),
    code,
    level,
    parentCode: row.parentCode && level !== "city" ? fullCode(row.parentCode) : parentOfCode(code),
    names: { zh: row.name || code, ...(row.en ? { en: row.en } : {}) },
    ...(geometry ? { geometry, centre: centreOf(geometry) } : {}),
    indicative,
    validFrom,
    predecessors: [],
    ...(level === "grid" ? { focus: focusOf(row, problems), kind: kindOf(row, problems) } : {}),
    ...(row.vessels ? { vessels: row.vessels.map((name) => ({ name })) } : {}),
  };
}

const focusNames: Record<string, Focus> = {
  重点: "key",
  服务: "service",
  联络: "liaison",
  key: "key",
  service: "service",
  liaison: "liaison",
};
const kindNames: Record<string, GridKind> = {
  综合: "general",
  专属: "dedicated",
  general: "general",
  dedicated: "dedicated",
};

function focusOf({ focus, file, place, code }: Row, problems: Problem[]): Focus {
  const found = focus === undefined ? undefined : focusNames[focus.replace(/网格$/u, "")];
  if (focus !== undefined && !found) {
    problems.push({
      file,
      place,
      en: `${code}: focus "${focus}" is none of 重点, 服务, 联络; taken as 服务 (service)`,
    });
  }
  return found ?? "service";
}

function kindOf({ kind, file, place, code }: Row, problems: Problem[]): GridKind {
  const found = kind === undefined ? undefined : kindNames[kind.replace(/网格$/u, "")];
  if (kind !== undefined && !found) {
    problems.push({ file, place, en: `${code}: kind "${kind}" is none of 综合, 专属; taken as 综合 (general)` });
  }
  return found ?? "general";
}
