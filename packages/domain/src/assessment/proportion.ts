/** A share with its 95 % interval, all between 0 and 1. */
export type Proportion = { part: number; whole: number; share: number; low: number; high: number };

/** Below so many a share is not set beside another one: chance alone moves it by a fifth and more. */
export const fewest = 30;

const z = 1.959964;

/**
 * The share of `part` in `whole` with the score interval of Wilson (1927), which stays between 0 and 1 and is honest for
 * small numbers: 3 of 3 may well be 44 %.
 * @returns undefined when there is nothing to take a share of
 * @throws RangeError when the part is larger than the whole, or one of them is no count
 */
export function proportion(part: number, whole: number): Proportion | undefined {
  if (!Number.isInteger(part) || !Number.isInteger(whole) || part < 0 || part > whole)
    throw new RangeError(`${part} of ${whole} is no share`);
  if (whole === 0) return undefined;
  const share = part / whole;
  const centre = share + (z * z) / (2 * whole);
  const reach = z * Math.sqrt((share * (1 - share)) / whole + (z * z) / (4 * whole * whole));
  const scale = 1 + (z * z) / whole;
  return {
    part,
    whole,
    share,
    low: Math.max(0, (centre - reach) / scale),
    high: Math.min(1, (centre + reach) / scale),
  };
}
