/** When an office works: local hours by weekday (0 = Sunday), days off, and weekends worked in exchange (调休). */
export type WorkingCalendar = {
  id: string;
  version: number;
  /** Minutes east of UTC; China has one zone and no summer time. */
  offsetMinutes: number;
  hours: Record<string, [from: string, to: string][]>;
  holidays: string[];
  workdays: string[];
};

export type Amount = { amount: number; unit: "workingDay" | "workingHour" | "hour" };

const minute = 60_000;
const day = 86_400_000;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

type Prepared = {
  byWeekday: [number, number][][];
  holidays: Set<string>;
  workdays: Set<string>;
  weekday: [number, number][];
};
const preparedCalendars = new WeakMap<WorkingCalendar, Prepared>();

function prepare(calendar: WorkingCalendar): Prepared {
  const known = preparedCalendars.get(calendar);
  if (known) return known;
  const spans = (weekday: number): [number, number][] =>
    (calendar.hours[String(weekday)] ?? []).map(([from, to]) => [minutesOf(from), minutesOf(to)]);
  const byWeekday = [0, 1, 2, 3, 4, 5, 6].map(spans);
  const made = {
    byWeekday,
    holidays: new Set(calendar.holidays),
    workdays: new Set(calendar.workdays),
    weekday: byWeekday.find((each) => each.length > 0) ?? [],
  };
  preparedCalendars.set(calendar, made);
  return made;
}

/** Working spans of the local day that starts at `midnight` (ms, local), in minutes after midnight. */
function spansOf(prepared: Prepared, midnight: number): [number, number][] {
  const date = new Date(midnight);
  const name = date.toISOString().slice(0, 10);
  if (prepared.holidays.has(name)) return [];
  if (prepared.workdays.has(name)) return prepared.weekday;
  return prepared.byWeekday[date.getUTCDay()]!;
}

/**
 * The moment at which an amount of time is used up.
 * @param start ms since 1970; before opening counts as opening
 * @returns ms since 1970; n working days end at the close of the n-th working day after the day of `start`
 */
export function addWorkingTime(start: number, { amount, unit }: Amount, calendar: WorkingCalendar): number {
  if (unit === "hour") return start + amount * 60 * minute;
  const prepared = prepare(calendar);
  if (prepared.weekday.length === 0) throw new RangeError(`Calendar ${calendar.id} has no working hours`);
  const shift = calendar.offsetMinutes * minute;
  const local = start + shift;
  const midnight = Math.floor(local / day) * day;
  return unit === "workingDay"
    ? endOfWorkingDay(prepared, midnight, amount) - shift
    : useHours(prepared, midnight, local, amount * 60) - shift;
}

function endOfWorkingDay(prepared: Prepared, midnight: number, days: number): number {
  let left = days;
  for (let at = midnight + day; ; at += day) {
    const spans = spansOf(prepared, at);
    if (spans.length === 0) continue;
    left -= 1;
    if (left <= 0) return at + spans[spans.length - 1]![1] * minute;
  }
}

function useHours(prepared: Prepared, firstMidnight: number, start: number, minutes: number): number {
  let left = minutes * minute;
  for (let midnight = firstMidnight; ; midnight += day) {
    for (const [from, to] of spansOf(prepared, midnight)) {
      const begin = Math.max(start, midnight + from * minute);
      const end = midnight + to * minute;
      if (begin >= end) continue;
      if (end - begin >= left) return begin + left;
      left -= end - begin;
    }
  }
}

/** Whether the office is open at a moment (ms since 1970). */
export function isWorkingTime(at: number, calendar: WorkingCalendar): boolean {
  const local = at + calendar.offsetMinutes * minute;
  const midnight = Math.floor(local / day) * day;
  const passed = (local - midnight) / minute;
  return spansOf(prepare(calendar), midnight).some(([from, to]) => passed >= from && passed < to);
}

/** Working minutes between two moments (ms since 1970); 0 when `to` is not after `from`. */
export function workingMinutesBetween(from: number, to: number, calendar: WorkingCalendar): number {
  const prepared = prepare(calendar);
  const shift = calendar.offsetMinutes * minute;
  const [begin, end] = [from + shift, to + shift];
  let total = 0;
  for (let midnight = Math.floor(begin / day) * day; midnight < end; midnight += day)
    for (const [open, close] of spansOf(prepared, midnight)) {
      const span = Math.min(end, midnight + close * minute) - Math.max(begin, midnight + open * minute);
      if (span > 0) total += span;
    }
  return total / minute;
}
