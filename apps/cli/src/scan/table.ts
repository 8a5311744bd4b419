import { readFileSync } from "node:fs";
import { ScanInputError } from "@linge/scan";
import { typedPath } from "../command.ts";

/** Rows of a simple CSV file (no quotes needed for ids and numbers), with the names of its first line. */
export function readTable(path: string): { names: string[]; rows: string[][] } {
  let text: string;
  try {
    text = readFileSync(typedPath(path), "utf8");
  } catch {
    throw new ScanInputError(`cannot read ${path}`);
  }
  const [names, ...rows] = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => line.split(",").map((cell) => cell.trim()));
  if (!names) throw new ScanInputError(`${path} is empty`);
  const short = rows.findIndex((row) => row.length !== names.length);
  if (short >= 0) throw new ScanInputError(`${path}, row ${short + 2}: expected ${names.length} cells`);
  return { names, rows };
}

/** The position of the first of `wanted` among the names. */
export function column(path: string, names: string[], wanted: string[]): number {
  const at = names.findIndex((name) => wanted.includes(name.toLowerCase()));
  if (at < 0) throw new ScanInputError(`${path} has no column ${wanted.join(" or ")}`);
  return at;
}

/** A number, or an error that names the file and what stands there. */
export function number(path: string, cell: string): number {
  const value = Number(cell);
  if (cell === "" || !Number.isFinite(value)) throw new ScanInputError(`${path}: "${cell}" is not a number`);
  return value;
}

/** A whole day: an integer as it is, an ISO date as days since 1970-01-01. */
export function dayNumber(path: string, cell: string): number {
  if (/^-?\d+$/.test(cell)) return Number(cell);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(`${cell}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== cell)
    throw new ScanInputError(`${path}: "${cell}" is neither a whole number nor a date such as 2026-11-24`);
  return time / 86_400_000;
}

/** True for an ISO date. */
export const isDate = (cell: string) => /^\d{4}-/.test(cell);
