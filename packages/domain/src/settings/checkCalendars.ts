import type { WorkingCalendar } from "../calendar/workingTime.ts";
import type { Around } from "./check.ts";
import type { Report } from "./rows.ts";

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

/** Hours run forward and do not overlap, some day is worked, dates are dates and mean one thing. */
export function checkCalendars(rows: WorkingCalendar[], { categories }: Around, report: Report): void {
  rows.forEach((row, i) => {
    const say = report.bind(null, i + 1, row.id);
    const days = Object.values(row.hours).filter((spans) => spans.length > 0);
    if (days.length === 0) say("hours", "noHours");
    for (const spans of days) {
      const times = spans.flat();
      const rising = times.every((time, at) => isTime(time) && (at === 0 || time > times[at - 1]!));
      if (!rising) say("hours", "hoursWrong", { value: spans.map((span) => span.join("–")).join(" ") });
    }
    for (const value of [...row.holidays, ...row.workdays]) if (!isDay(value)) say("holidays", "notADate", { value });
    const holidays = new Set(row.holidays);
    for (const value of row.workdays) if (holidays.has(value)) say("workdays", "bothDays", { value });
  });
  const ids = new Set(rows.map(({ id }) => id));
  for (const { calendarId, zh } of categories)
    if (calendarId && !ids.has(calendarId)) report(rows.length, calendarId, "id", "inUse", { by: zh });
  if (rows.length === 0) report(1, "", "id", "empty");
}
