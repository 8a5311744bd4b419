import { populationOfPeriods, ScanInputError, type Census, type Model } from "@linge/scan";
import { stratumOf, type CaseFile } from "./cases.ts";
import { CONTROLS, COUNT, DAY, ID, POPULATION } from "./columns.ts";
import { dayReader } from "./days.ts";
import type { PlaceFile } from "./places.ts";
import { column, columnOf, openTable } from "./table.ts";

/** Columns that cases and population have in common besides the usual ones, such as age and sex. */
export function sharedStrata(population: string, cases: string): string[] {
  const usual = [...ID, ...DAY, ...COUNT, ...POPULATION, ...CONTROLS];
  const { names } = openTable(cases);
  return openTable(population).names.filter((name) => name !== "" && names.includes(name) && !usual.includes(name));
}

type Span = { readonly start?: number; readonly end?: number };

/**
 * Read population (Poisson), or cases and controls (Bernoulli), per place or per place and day. A Poisson population
 * that is not given for every day runs along straight lines between the days that are; where cases and population
 * share columns such as age and sex, each stratum has a rate of its own and the result is expected cases.
 */
export function readPopulation(
  path: string,
  { places, index }: PlaceFile,
  cases: CaseFile,
  model: Model,
  span: Span,
  strataNames: readonly string[],
): Float64Array {
  const table = openTable(path);
  const id = column(table, ID);
  const controls = model === "bernoulli" ? columnOf(table, CONTROLS) : -1;
  const amount = controls >= 0 ? controls : column(table, [...POPULATION, ...COUNT]);
  const day = columnOf(table, DAY);
  const strata = strataNames.map((name) => column(table, [name]));
  const stratified = strata.length > 0;
  const days = dayReader(path);
  const rows: Census[] = [];
  table.each((row) =>
    rows.push({
      place: index.find(path, row, id),
      time: day < 0 ? 0 : days.read(row, day),
      stratum: stratified ? stratumOf(row, strata) : "",
      population: row.number(amount),
    }),
  );
  const kind = days.kind();
  if (kind && cases.kind && kind !== cases.kind)
    throw new ScanInputError(`${path} has ${kind}s where the cases have ${cases.kind}s`);
  const { first, last } = day < 0 && !stratified ? { first: 0, last: 0 } : studyOf(cases, span);
  const byStratum = stratified ? cases.byStratum : [];
  if (day < 0 && stratified) return populationOfPeriods(rows, places.length, { edges: [0, 1] }, byStratum);
  if (model === "bernoulli")
    return withCases(sumByDay(rows, places.length, first, last), controls >= 0, cases, day, span);
  if (day < 0) return sumByDay(rows, places.length, first, last);
  const yearly = table.names[day] === "year" && cases.yearly;
  const periods = yearly ? { edges: newYears(first, last) } : { firstDay: first, lastDay: last };
  const censuses = yearly ? rows.map((row) => ({ ...row, time: middleOf(row.time) })) : rows;
  return populationOfPeriods(censuses, places.length, periods, byStratum);
}

/** First and last day of the study: as wanted, or of the cases. */
function studyOf({ columns: { day, count } }: CaseFile, span: Span): { first: number; last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < day.length; i++) {
    if (count[i]! === 0) continue;
    first = Math.min(first, day[i]!);
    last = Math.max(last, day[i]!);
  }
  first = span.start ?? first;
  last = span.end ?? last;
  if (!(last - first >= 0 && last - first < 100_000)) throw new ScanInputError("there are no days with cases to match");
  return { first, last };
}

function sumByDay(rows: readonly Census[], places: number, first: number, last: number): Float64Array {
  const days = last - first + 1;
  const sums = new Float64Array(places * days);
  for (const { place, time, population } of rows)
    if (time >= first && time <= last) sums[place * days + time - first]! += population;
  return sums;
}

/** Controls alone, as SaTScan wants them, become cases and controls together. */
function withCases(people: Float64Array, alone: boolean, cases: CaseFile, dayColumn: number, span: Span): Float64Array {
  if (!alone) return people;
  const { place, day, count } = cases.columns;
  const { first, last } = studyOf(cases, span);
  const days = dayColumn < 0 ? 1 : last - first + 1;
  for (let i = 0; i < day.length; i++)
    if (day[i]! >= first && day[i]! <= last)
      people[place[i]! * days + (dayColumn < 0 ? 0 : day[i]! - first)]! += count[i]!;
  return people;
}

const DAY_MS = 86_400_000;
/** A population of a year is that of its middle. */
const middleOf = (year: number) => Date.UTC(year, 6, 1) / DAY_MS;
const newYears = (first: number, last: number) =>
  Array.from({ length: last - first + 2 }, (_, i) => Date.UTC(first + i, 0, 1) / DAY_MS);
