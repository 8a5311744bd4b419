import type { Parameters } from "./parameters.ts";
import { refuseWith } from "./problem.ts";
import { readW3c } from "./w3cDate.ts";

/** A stretch of time as ISO texts; without an end it goes on. */
export type Period = { from: string; to?: string };

/** The specification's limit: an answer spans 90 days at most. */
export const longestDays = 90;
const longest = longestDays * 86_400_000;

function timeOf(parameters: Parameters, name: string): number | undefined {
  const text = parameters.one(name);
  if (text === undefined) return undefined;
  return (
    readW3c(text) ??
    refuseWith(
      400,
      `${name} 要写成带时区的 W3C 日期，例如 2026-01-31T08:00:00Z。`,
      `${name} must be a W3C date with a zone, such as 2026-01-31T08:00:00Z.`,
    )
  );
}

/**
 * The period between two parameters; nothing when neither was sent. One alone reaches 90 days from there.
 * @throws Open311Refusal when it is longer than 90 days or ends before it begins
 */
export function periodOf(parameters: Parameters, first: string, last: string): Period | undefined {
  const [start, end] = [timeOf(parameters, first), timeOf(parameters, last)];
  if (start === undefined && end === undefined) return undefined;
  const from = start ?? end! - longest;
  const to = end ?? from + longest;
  if (to < from) refuseWith(400, `${last} 早于 ${first}。`, `${last} is before ${first}.`);
  if (to - from > longest)
    refuseWith(
      400,
      `${first} 到 ${last} 不能超过 ${longestDays} 天。`,
      `${first} and ${last} may not span more than ${longestDays} days.`,
    );
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The most recent 90 days. */
export function recent(now: number): Period {
  return { from: new Date(now - longest).toISOString() };
}
