/** What a detector says about one point of a series; points it cannot judge are left out. */
export type Verdict = {
  /** Index into the series. */
  readonly index: number;
  readonly count: number;
  /** Counts above this are alarms; null where nothing can be said. */
  readonly upperbound: number | null;
  readonly alarm: boolean;
  readonly expected?: number | null;
  readonly p?: number | null;
};

/** The series cannot be judged; the message says what to change. */
export class SeriesInputError extends Error {
  override name = "SeriesInputError";
}

/** Squares of larger counts would not add up exactly. */
const MOST = 30_000_000;

/** Refuse a series with counts that are not whole numbers from 0. */
export function checkCounts(counts: ArrayLike<number>): void {
  if (counts.length === 0) throw new SeriesInputError("the series is empty");
  for (let i = 0; i < counts.length; i++)
    if (!Number.isInteger(counts[i]!) || counts[i]! < 0 || counts[i]! > MOST)
      throw new SeriesInputError(
        `count ${i + 1} of the series is ${counts[i]}; counts are whole numbers from 0 to 30,000,000`,
      );
}

/** The counts as an array of their own, refused where one is not a whole number from 0. */
export function checkedCounts(counts: ArrayLike<number>): Float64Array {
  if (counts.length === 0) throw new SeriesInputError("the series is empty");
  const checked = new Float64Array(counts.length);
  for (let i = 0; i < checked.length; i++) {
    const count = counts[i]!;
    if (!(count >= 0 && count <= MOST && Math.floor(count) === count)) checkCounts(counts);
    checked[i] = count;
  }
  return checked;
}

/** Refuse a number that is not whole or too small. */
export function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new SeriesInputError(`${name} must be a whole number from ${least}`);
}

/** Refuse a chance that is not between 0 and 1. */
export function checkChance(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new SeriesInputError("alpha must be above 0 and below 1");
}

/** The first index to judge, so that there is enough history; `least` where less history than usual will do. */
export function firstIndex(length: number, history: number, from: number | undefined, least = history): number {
  if ((from === undefined ? history : least) >= length)
    throw new SeriesInputError(
      `the series has ${length} points; this method needs ${history} before the first it judges`,
    );
  if (from !== undefined && !(Number.isInteger(from) && from >= least && from < length))
    throw new SeriesInputError(`judging can start at point ${least + 1} to ${length}`);
  return from ?? history;
}
