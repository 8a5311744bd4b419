import { ScanInputError, type CaseColumns, type ChosenSettings } from "./input.ts";
import type { Sites } from "./sites.ts";

/** Cases in a study: per site and day, only the cells that hold any, by site and then by day. */
export type Counts = {
  readonly site: Int32Array;
  readonly day: Int32Array;
  readonly count: Int32Array;
  readonly total: number;
  readonly firstDay: number;
  readonly days: number;
};

/** A table of all sites and days is filled in whole up to this many cells, 256 MB. */
const MOST_CELLS = 64_000_000;

/** Cases between the first and the last day of the study, added up, so that the order of rows means nothing. */
export function countCases(cases: CaseColumns, sites: Sites, settings: ChosenSettings): Counts {
  const { first, last } = spanOf(cases, settings);
  const days = last - first + 1;
  if (days > 100_000) throw new ScanInputError("the study is longer than 100,000 days");
  const nothing = () => new ScanInputError(`there are no cases between day ${first} and day ${last}`);
  if (days < 1) throw nothing();
  const study = { siteOf: sites.siteOf, first, days };
  const cells = sites.placesOf.length * days;
  const counts = cells <= MOST_CELLS ? throughTable(cases, study, cells) : throughMap(cases, study);
  if (counts.total === 0) throw nothing();
  return { ...counts, firstDay: first, days };
}

function spanOf({ day, count }: CaseColumns, settings: ChosenSettings): { first: number; last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < day.length; i++) {
    if (count[i]! <= 0) continue;
    if (day[i]! < first) first = day[i]!;
    if (day[i]! > last) last = day[i]!;
  }
  return { first: settings.start ?? first, last: settings.end ?? last };
}

type Study = { readonly siteOf: Int32Array; readonly first: number; readonly days: number };
type Sums = Omit<Counts, "firstDay" | "days">;

function throughTable({ place, day, count }: CaseColumns, { siteOf, first, days }: Study, cells: number): Sums {
  const table = new Int32Array(cells);
  let [used, total] = [0, 0];
  for (let i = 0; i < day.length; i++) {
    const at = day[i]! - first;
    const cases = count[i]!;
    if (at < 0 || at >= days || cases === 0) continue;
    const cell = siteOf[place[i]!]! * days + at;
    if (table[cell] === 0) used++;
    table[cell]! += cases;
    total += cases;
  }
  const sums = columns(used, total);
  let next = 0;
  for (let cell = 0; cell < cells; cell++) if (table[cell]! > 0) fill(sums, next++, cell, days, table[cell]!);
  return sums;
}

/** Where a table would be too large only the cells that hold cases are kept, and then put in order. */
function throughMap({ place, day, count }: CaseColumns, { siteOf, first, days }: Study): Sums {
  const cells = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < day.length; i++) {
    const at = day[i]! - first;
    if (at < 0 || at >= days || count[i] === 0) continue;
    const cell = siteOf[place[i]!]! * days + at;
    cells.set(cell, (cells.get(cell) ?? 0) + count[i]!);
    total += count[i]!;
  }
  const sums = columns(cells.size, total);
  Float64Array.from(cells.keys())
    .sort()
    .forEach((cell, next) => fill(sums, next, cell, days, cells.get(cell)!));
  return sums;
}

const columns = (used: number, total: number): Sums => ({
  site: new Int32Array(used),
  day: new Int32Array(used),
  count: new Int32Array(used),
  total,
});

function fill(sums: Sums, at: number, cell: number, days: number, count: number): void {
  const site = Math.floor(cell / days);
  sums.site[at] = site;
  sums.day[at] = cell - site * days;
  sums.count[at] = count;
}
