import { addWorkingTime, workingMinutesBetween, type WorkingCalendar } from "../calendar/workingTime.ts";
import type { CaseRecord } from "./record.ts";
import { isEnded } from "./state.ts";

/** Green up to 80 % of the promised time, yellow up to its end, red beyond; paused while suspended. */
export type Light = "green" | "yellow" | "red" | "paused" | "done";

const yellowFrom = 0.8;

/**
 * The moment (ISO) at which 80 % of the promised working time is used up. Time that the clock stood still is left out:
 * it moves the beginning as it moved the end.
 */
export function dueSoonAt(
  record: Pick<CaseRecord, "clock" | "reportedAt" | "dueAt">,
  calendar: WorkingCalendar,
): string {
  const from = Date.parse(record.clock.startedAt ?? record.reportedAt) + record.clock.pausedMs;
  const due = Date.parse(record.dueAt);
  const minutes = workingMinutesBetween(from, due, calendar);
  const soon =
    minutes > 0
      ? addWorkingTime(from, { amount: (minutes * yellowFrom) / 60, unit: "workingHour" }, calendar)
      : from + (due - from) * yellowFrom;
  return new Date(Math.min(soon, due)).toISOString();
}

/** The promise light of a case at a moment (ms since 1970), in working time. */
export function promiseLight(
  record: Pick<CaseRecord, "state" | "clock" | "reportedAt" | "dueAt" | "soonAt">,
  now: number,
  calendar: WorkingCalendar,
): Light {
  if (isEnded(record.state) || record.state === "responded" || record.state === "checking") return "done";
  if (record.clock.pausedSince) return "paused";
  if (now > Date.parse(record.dueAt)) return "red";
  return now >= Date.parse(record.soonAt ?? dueSoonAt(record, calendar)) ? "yellow" : "green";
}
