/** A share with what it is worth: how many answered, and where the true share lies 19 times in 20. */
export type Share = { part: number; whole: number; low: number; high: number };

/** Below this many a share is shown as a number of cases, never as a percentage that could be compared. */
export const leastCompared = 30;

const z = 1.959964;

/**
 * Wilson's score interval (Wilson 1927, JASA 22:209), which holds for small numbers and for shares near 0 and 1.
 * @param part how many of `whole`; both from 0
 */
export function shareOf(part: number, whole: number): Share {
  if (whole <= 0) return { part: 0, whole: 0, low: 0, high: 1 };
  const p = part / whole;
  const middle = p + z ** 2 / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + z ** 2 / (4 * whole ** 2));
  const scale = 1 + z ** 2 / whole;
  return { part, whole, low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
