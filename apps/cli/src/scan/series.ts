import { SeriesInputError } from "@linge/scan";
import { column, dayNumber, isDate, number, readTable } from "./table.ts";

/** A series from a file: a count per row, in order; dates where the file has them. */
export type FileSeries = { counts: number[]; labels: (string | number)[]; dates: number[] | undefined };

/** Read `count` and, where it is there, `date`, `day` or `t`. */
export function readSeries(path: string): FileSeries {
  const table = readTable(path);
  const count = column(path, table.names, ["count", "cases", "observed"]);
  const named = ["date", "day", "t"].map((name) => table.names.indexOf(name)).find((at) => at >= 0);
  const counts: number[] = [];
  const labels: (string | number)[] = [];
  for (const row of table.rows()) {
    counts.push(number(path, row[count]!));
    const cell = named === undefined ? String(counts.length) : row[named]!;
    labels.push(isDate(cell) ? cell : dayNumber(path, cell));
  }
  const dated = labels.length > 0 && labels.every((label) => typeof label === "string");
  if (!dated && labels.some((label) => typeof label === "string"))
    throw new SeriesInputError(`${path} mixes dates and numbers`);
  return { counts, labels, dates: dated ? labels.map((label) => dayNumber(path, String(label))) : undefined };
}

/** Points in a year, from the distance of the first two dates. */
export function periodOf(dates: number[] | undefined): number | undefined {
  if (!dates || dates.length < 2) return undefined;
  const spacing = dates[1]! - dates[0]!;
  return spacing === 1 ? 365 : spacing === 7 ? 52 : spacing >= 28 && spacing <= 31 ? 12 : undefined;
}
