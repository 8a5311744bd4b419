import { readFileSync } from "node:fs";
import { ScanInputError } from "@linge/scan";
import { typedPath } from "../command.ts";

const [NEWLINE, COMMA, QUOTE, RETURN] = [10, 44, 34, 13];

/** A CSV file with a line of names; rows are read one at a time, so that ten million fit. */
export type Table = { names: string[]; rows(): Generator<string[]> };

/** Open a simple CSV file (cells may be quoted; no commas within). */
export function readTable(path: string): Table {
  let bytes: Buffer;
  try {
    bytes = readFileSync(typedPath(path));
  } catch {
    throw new ScanInputError(`cannot read ${path}`);
  }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const first = cellsFrom(bytes, start);
  if (!first) throw new ScanInputError(`${path} is empty`);
  const names = first.cells.map((name) => name.toLowerCase());
  return {
    names,
    *rows() {
      let line = 1;
      for (let at = first.next; at < bytes.length;) {
        const read = cellsFrom(bytes, at);
        line++;
        if (!read) return;
        at = read.next;
        if (read.cells.length === 1 && read.cells[0] === "") continue;
        if (read.cells.length !== names.length)
          throw new ScanInputError(`${path}, line ${line}: expected ${names.length} cells, found ${read.cells.length}`);
        yield read.cells;
      }
    },
  };
}

/** The cells of the line at `from`, and where the next line begins. */
function cellsFrom(bytes: Buffer, from: number): { cells: string[]; next: number } | undefined {
  if (from >= bytes.length) return undefined;
  const found = bytes.indexOf(NEWLINE, from);
  const next = found < 0 ? bytes.length : found;
  const end = bytes[next - 1] === RETURN && next > from ? next - 1 : next;
  const cells: string[] = [];
  let begin = from;
  for (let at = from; at <= end; at++) {
    if (at < end && bytes[at] !== COMMA) continue;
    const quoted = bytes[begin] === QUOTE && bytes[at - 1] === QUOTE && at - begin > 1;
    cells.push((quoted ? bytes.toString("utf8", begin + 1, at - 1) : bytes.toString("utf8", begin, at)).trim());
    begin = at + 1;
  }
  return { cells, next: next + 1 };
}

/** The position of the first of `wanted` among the names. */
export function column(path: string, names: string[], wanted: string[]): number {
  const at = names.findIndex((name) => wanted.includes(name));
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
