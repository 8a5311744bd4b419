/** When summaries are written by themselves; the operator's choice. */
export type ReportSchedule = {
  /** 1 Monday to 7 Sunday; null for none. */
  weekly: { weekday: number } | null;
  /** Day of the month, 1 to 28; null for none. */
  monthly: { day: number } | null;
};

export const usualSchedule: ReportSchedule = { weekly: { weekday: 1 }, monthly: { day: 1 } };

export type ReportKind = "weekly" | "monthly";
/** A report that is due: the period it tells of, whole days since 1970. */
export type DueReport = { kind: ReportKind; first: number; last: number };

const dayMs = 86_400_000;
/** 1 Monday to 7 Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The first day of a month, `months` after the one that a day lies in. */
function monthStart(day: number, months: number): number {
  const date = new Date(day * dayMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / dayMs;
}

/**
 * The reports whose time has come by a day: the last whole week (Monday to Sunday) since its weekday came round, and
 * the last whole month since its day. Asked on any later day the answer is the same, so nothing is missed by a server
 * that was off.
 */
export function dueReports(schedule: ReportSchedule, today: number): DueReport[] {
  const due: DueReport[] = [];
  if (schedule.weekly) {
    const came = today - ((weekdayOf(today) - schedule.weekly.weekday + 7) % 7);
    const last = came - weekdayOf(came);
    due.push({ kind: "weekly", first: last - 6, last });
  }
  if (schedule.monthly) {
    const dayOfMonth = new Date(today * dayMs).getUTCDate();
    const back = dayOfMonth >= schedule.monthly.day ? 0 : -1;
    due.push({ kind: "monthly", first: monthStart(today, back - 1), last: monthStart(today, back) - 1 });
  }
  return due;
}
