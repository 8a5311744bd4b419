import { parents, type ParentId } from "@linge/domain/category/parents.ts";
import type { ReleasedCell } from "@linge/domain/openData/release.ts";
import type { House } from "../../platform/house.ts";
import type { OpenCase } from "./published.ts";
import type { OpenRelease } from "./release.ts";

export type Feature = { type: "Feature"; id: string; geometry: object | null; properties: Record<string, unknown> };

export function caseFeature({ place, ...properties }: OpenCase): Feature {
  return {
    type: "Feature",
    id: properties.number,
    geometry: place ? { type: "Point", coordinates: place } : null,
    properties,
  };
}

/** A released cell in words. An empty count stands for fewer than five. */
export function countProperties(house: House, { month, revision }: OpenRelease, cell: ReleasedCell) {
  const area = house.territory.area(cell.area);
  const family = parents[cell.family as ParentId];
  return {
    month,
    revision,
    area: cell.area,
    areaZh: area?.names.zh ?? cell.area,
    areaEn: area?.names.en ?? area?.names.zh ?? cell.area,
    family: cell.family,
    familyZh: cell.family === "*" ? "各类" : (family?.zh ?? cell.family),
    familyEn: cell.family === "*" ? "all kinds" : (family?.en ?? cell.family),
    rest: cell.rest,
    ...cell.counts,
  };
}

export function countFeature(house: House, release: OpenRelease, cell: ReleasedCell): Feature {
  return {
    type: "Feature",
    id: `${release.month}.${cell.area}.${cell.family}`,
    geometry: (house.territory.area(cell.area)?.geometry as object | undefined) ?? null,
    properties: countProperties(house, release, cell),
  };
}

const quoted = (cell: string): string => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
// A spreadsheet would take words that begin like this for a formula and run it.
const harmless = (cell: string): string => (/^[=+\-@\t]/u.test(cell) ? `'${cell}` : cell);

/** A line of CSV (RFC 4180). Numbers stay numbers, words cannot become formulas. */
export function csvLine(cells: readonly unknown[]): string {
  const texts = cells.map((cell) => {
    if (cell === null || cell === undefined) return "";
    return typeof cell === "string" ? quoted(harmless(cell)) : String(cell);
  });
  return `${texts.join(",")}\r\n`;
}

export const caseColumns = [
  "number",
  "category",
  "categoryZh",
  "categoryEn",
  "state",
  "stateZh",
  "stateEn",
  "reportedOn",
  "closedOn",
  "area",
  "areaZh",
  "areaEn",
  "unitZh",
  "unitEn",
  "text",
  "synthetic",
] as const satisfies readonly (keyof OpenCase)[];

export const caseHeads = [...caseColumns, "lon", "lat"];
export const caseCells = (item: OpenCase): unknown[] => [
  ...caseColumns.map((column) => item[column]),
  ...(item.place ?? ["", ""]),
];
