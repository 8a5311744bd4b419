import { ScanInputError, type CaseColumns, type StratumCases } from "@linge/scan";
import { COUNT, DAY, ID } from "./columns.ts";
import { dayReader, type DayKind } from "./days.ts";
import type { PlaceIndex } from "./places.ts";
import { column, columnOf, openTable, type Row } from "./table.ts";

export type CaseFile = {
  readonly columns: CaseColumns;
  readonly kind: DayKind | undefined;
  /** Whether days are years. */
  readonly yearly: boolean;
  /** Cases within the study by stratum, where strata were asked for. */
  readonly byStratum: readonly StratumCases[];
};

/**
 * Read cases: place, day and count, where a row without a count is one case. Of other columns only those that are named
 * as `strata` are looked at.
 */
export function readCases(
  path: string,
  index: PlaceIndex,
  span: { readonly start?: number; readonly end?: number },
  strataNames: readonly string[],
): CaseFile {
  const table = openTable(path);
  const id = column(table, ID);
  const day = columnOf(table, DAY);
  const count = columnOf(table, COUNT);
  const days = dayReader(path);
  const strata = strataNames.map((name) => column(table, [name]));
  const byStratum = new Map<string, number>();
  const columns = growing();
  table.each((row) => {
    const at = day < 0 ? 0 : days.read(row, day);
    const cases = count < 0 ? 1 : wholeCount(path, row, count);
    columns.add(index.find(path, row, id), at, cases);
    if (strata.length === 0 || at < (span.start ?? -Infinity) || at > (span.end ?? Infinity)) return;
    const stratum = stratumOf(row, strata);
    byStratum.set(stratum, (byStratum.get(stratum) ?? 0) + cases);
  });
  return {
    columns: columns.done(),
    kind: days.kind(),
    yearly: day >= 0 && table.names[day] === "year",
    byStratum: Array.from(byStratum, ([stratum, cases]) => ({ stratum, cases })),
  };
}

function wholeCount(path: string, row: Row, at: number): number {
  const cases = row.number(at);
  if (!Number.isInteger(cases) || cases < 0 || cases > 2 ** 30)
    throw new ScanInputError(`${path}, line ${row.line}: the count is ${cases}; counts are whole numbers from 0`);
  return cases;
}

export const stratumOf = (row: Row, columns: readonly number[]): string => columns.map((at) => row.text(at)).join(" ");

/** Columns of whole numbers that grow by half when they are full. */
function growing() {
  let place = new Int32Array(4096);
  let day = new Int32Array(4096);
  let count = new Int32Array(4096);
  let used = 0;
  const grow = (column: Int32Array<ArrayBuffer>) => {
    const larger = new Int32Array(Math.ceil(used * 1.5));
    larger.set(column);
    return larger;
  };
  return {
    add: (at: number, on: number, cases: number) => {
      if (used === place.length) {
        place = grow(place);
        day = grow(day);
        count = grow(count);
      }
      place[used] = at;
      day[used] = on;
      count[used++] = cases;
    },
    done: (): CaseColumns => ({
      place: place.subarray(0, used),
      day: day.subarray(0, used),
      count: count.subarray(0, used),
    }),
  };
}
