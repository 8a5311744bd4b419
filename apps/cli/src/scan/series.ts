import { SeriesInputError } from "@linge/scan";
import { COUNT, DAY } from "./columns.ts";
import { dateOf, dayReader } from "./days.ts";
import { column, columnOf, openTable } from "./table.ts";

/** A series from a file: a count per row, in order; dates where the file has them. */
export type FileSeries = {
  readonly counts: Float64Array;
  readonly labels: readonly (string | number)[];
  readonly dates: number[] | undefined;
};

/** Read a count per row and, where it is there, its date or number. */
export function readSeries(path: string): FileSeries {
  const table = openTable(path);
  const count = column(table, [...COUNT, "value"]);
  const named = columnOf(table, ["date", ...DAY, "week", "month"]);
  const days = dayReader(path);
  const counts: number[] = [];
  const numbers: number[] = [];
  table.each((row) => {
    const cases = row.number(count);
    if (!Number.isInteger(cases) || cases < 0)
      throw new SeriesInputError(`${path}, line ${row.line}: the count is ${cases}; counts are whole numbers from 0`);
    counts.push(cases);
    numbers.push(named < 0 ? counts.length : days.read(row, named));
  });
  if (counts.length === 0) throw new SeriesInputError(`${path} has no rows`);
  const dated = days.kind() === "date";
  return {
    counts: Float64Array.from(counts),
    labels: dated ? numbers.map(dateOf) : numbers,
    dates: dated ? numbers : undefined,
  };
}

/** Points in a year, from the distance of the first two dates. */
export function periodOf(dates: readonly number[] | undefined): number | undefined {
  if (!dates || dates.length < 2) return undefined;
  const spacing = dates[1]! - dates[0]!;
  return spacing === 1 ? 365 : spacing === 7 ? 52 : spacing >= 28 && spacing <= 31 ? 12 : undefined;
}
