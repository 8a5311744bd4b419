/** A month of a calendar that is `offsetMinutes` east of Greenwich, as its first and first-after moments (ISO). */
export type Month = { month: string; from: string; to: string };

/** @param month "2026-10" @throws RangeError when it is no month */
export function monthOf(month: string, offsetMinutes: number): Month {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (!year || !number) throw new RangeError(`${month} is not a month such as 2026-10`);
  const start = (nth: number): string =>
    new Date(Date.UTC(Number(year), nth, 1) - offsetMinutes * 60_000).toISOString();
  return { month, from: start(Number(number) - 1), to: start(Number(number)) };
}

/** The month before the one of a moment (ms since 1970). */
export function monthBefore(now: number, offsetMinutes: number): Month {
  const today = new Date(now + offsetMinutes * 60_000);
  const last = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1));
  return monthOf(last.toISOString().slice(0, 7), offsetMinutes);
}
