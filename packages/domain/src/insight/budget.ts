/** Days of a month, for a promise that is made by the month. */
export const daysOfMonth = 30;

/**
 * How rare a cluster must be to be worth an alarm, so that chance alone raises about `perMonth` of them over all streams.
 * @param perMonth false alarms a month that the operator accepts, more than 0
 * @param streams how many series of places are looked at every day, at least 1
 * @returns the least recurrence interval, in days (Kulldorff 2001 for one stream; Bonferroni over streams)
 */
export function leastRecurrence(perMonth: number, streams: number): number {
  if (!(perMonth > 0)) throw new RangeError("the alarm budget must be more than 0 a month");
  return (daysOfMonth * Math.max(1, streams)) / perMonth;
}
