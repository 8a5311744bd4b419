import { ScanInputError } from "@linge/scan";
import { filed, type Row } from "./table.ts";

const MS = 86_400_000;

/** 2026-11-24 or 2026/11/24; a time of day behind it does not matter. */
const DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/;

/** How days are written in a file: as whole numbers or as dates. */
export type DayKind = "number" | "date";

/** A whole day: an integer as it is, a date as days since 1970-01-01. */
export function dayNumber(where: string, cell: string): number {
  if (/^-?\d+$/.test(cell)) return Number(cell);
  const found = DATE.exec(cell);
  if (found) {
    const [year, month, day] = found.slice(1, 4).map(Number) as [number, number, number];
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return date.getTime() / MS;
  }
  throw new ScanInputError(`${where}: "${cell}" is neither a whole number nor a date such as 2026-11-24`);
}

/** True for what is written as a date, right or wrong. */
export const isDate = (cell: string) => DATE.test(cell);

/** The date of a day as it is written. */
export const dateOf = (day: number) => new Date(day * MS).toISOString().slice(0, 10);

/** Reads the days of a file, all of one kind. */
export function dayReader(path: string) {
  const known = filed();
  let kind: DayKind | undefined;
  const keep = (here: DayKind, row: Row) => {
    if (kind && kind !== here)
      throw new ScanInputError(`${path}, line ${row.line}: the file mixes dates and day numbers`);
    kind = here;
  };
  return {
    kind: () => kind,
    read: (row: Row, column: number): number => {
      const whole = row.whole(column);
      if (!Number.isNaN(whole)) {
        if (kind !== "number") keep("number", row);
        return whole;
      }
      const before = row.find(column, known);
      if (before !== undefined) return before;
      const text = row.text(column);
      const day = dayNumber(`${path}, line ${row.line}`, text);
      keep(isDate(text) ? "date" : "number", row);
      known.file(text, day);
      return day;
    },
  };
}
