/** Two counts beside each other, with what can honestly be said about their ratio. */
export type Comparison = {
  now: number;
  before: number;
  /** now ÷ before, unless one of them is too small to say. */
  ratio?: number;
  /** 95 % interval of the ratio. */
  interval?: [low: number, high: number];
  verdict: "more" | "less" | "alike" | "tooFew";
};

/** Fewer than this on both sides together, and no ratio is shown. */
export const fewest = 10;

/**
 * Compares the counts of two periods, each a number of days long. The interval is that of a ratio of two Poisson
 * counts on the log scale, with half a case added to each (Breslow and Day 1987, vol. II, 2.3).
 */
export function compare(now: number, before: number, daysNow: number, daysBefore: number): Comparison {
  if (now + before < fewest) return { now, before, verdict: "tooFew" };
  const [a, b] = [now + 0.5, before + 0.5];
  const ratio = a / daysNow / (b / daysBefore);
  const reach = Math.exp(1.96 * Math.sqrt(1 / a + 1 / b));
  const interval: [number, number] = [ratio / reach, ratio * reach];
  return { now, before, ratio, interval, verdict: interval[0] > 1 ? "more" : interval[1] < 1 ? "less" : "alike" };
}
