import type { WorkingCalendar } from "./workingTime.ts";

const office: [string, string][] = [
  ["08:30", "12:00"],
  ["13:30", "17:30"],
];

function range(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Office calendar with the State Council's holidays of 2026; 2027's follow when they are announced. */
export const seedCalendar: WorkingCalendar = {
  id: "office",
  version: 1,
  offsetMinutes: 480,
  hours: { "1": office, "2": office, "3": office, "4": office, "5": office },
  holidays: [
    ...range("2026-01-01", "2026-01-03"),
    ...range("2026-02-15", "2026-02-23"),
    ...range("2026-04-04", "2026-04-06"),
    ...range("2026-05-01", "2026-05-05"),
    ...range("2026-06-19", "2026-06-21"),
    ...range("2026-09-25", "2026-09-27"),
    ...range("2026-10-01", "2026-10-07"),
    "2027-01-01",
  ],
  workdays: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
};
