import { workingMinutesBetween, type WorkingCalendar } from "../calendar/workingTime.ts";
import type { CaseRecord } from "./record.ts";
import { isEnded } from "./state.ts";

/** Green up to 80 % of the promised time, yellow up to its end, red beyond; paused while suspended. */
export type Light = "green" | "yellow" | "red" | "paused" | "done";

const yellowFrom = 0.8;

/** The promise light of a case at a moment (ms since 1970), in working time. */
export function promiseLight(
  record: Pick<CaseRecord, "state" | "clock" | "reportedAt" | "dueAt">,
  now: number,
  calendar: WorkingCalendar,
): Light {
  if (isEnded(record.state) || record.state === "responded" || record.state === "checking") return "done";
  if (record.clock.pausedSince) return "paused";
  const [from, due] = [Date.parse(record.reportedAt), Date.parse(record.dueAt)];
  if (now > due) return "red";
  const whole = workingMinutesBetween(from, due, calendar) || (due - from) / 60_000;
  const used = workingMinutesBetween(from, now, calendar);
  return used / whole >= yellowFrom ? "yellow" : "green";
}
