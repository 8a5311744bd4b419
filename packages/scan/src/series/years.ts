import { SeriesInputError } from "./series.ts";

/** How a series lies in the year. */
export type Calendar = {
  /** Points in a year: 365, 52 or 12. */
  readonly period: number;
  /** Days since 1970-01-01, evenly spaced by a day or a week; without them the same time of a year is `period` before. */
  readonly dates?: ArrayLike<number>;
};

const DAY = 86_400_000;

/**
 * The index itself and the same time of each of `years` earlier years. With dates that is the same day of the year, for
 * weekly series moved to the nearest date of the series; without, `period` points before.
 */
export function sameTimeOfYears(index: number, years: number, calendar: Calendar): number[] {
  return Array.from({ length: years + 1 }, (_, year) => oldestPoint(index, year, calendar));
}

/** The same time `years` years ago; negative where the series starts too late. */
export function oldestPoint(index: number, years: number, { period, dates }: Calendar): number {
  if (!dates || years === 0) return index - years * period;
  const spacing = dates[1]! - dates[0]!;
  return index - Math.round((dates[index]! - yearsBefore(dates[index]!, years)) / spacing);
}

/** The same day of an earlier year; 29 February becomes 1 March where there is none. */
function yearsBefore(day: number, years: number): number {
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()) / DAY;
}

/** Refuse dates that are not in order or not evenly spaced by whole days. */
export function checkCalendar(length: number, { dates }: Calendar): void {
  if (!dates) return;
  if (dates.length !== length) throw new SeriesInputError("the series must have a date for every count");
  for (let i = 1; i < length; i++) {
    const spacing = dates[i]! - dates[i - 1]!;
    if (!(spacing > 0)) throw new SeriesInputError(`date ${i + 1} of the series is not after the one before`);
    if (spacing !== dates[1]! - dates[0]!)
      throw new SeriesInputError(
        `there is a gap before date ${i + 1} of the series; give a 0 where there were no cases`,
      );
  }
}
