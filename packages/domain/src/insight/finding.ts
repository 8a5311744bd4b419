/**
 * Two questions are asked of every category: *where* is there more than chance would bring (the space-time permutation),
 * and *how much* more is there in an area as a whole (series of weeks), which the permutation cannot see.
 */
export type Tool = "where" | "howMuch";
export const tools = ["where", "howMuch"] as const;

/** The statistics behind a finding: Kulldorff 2005; EARS C1 and C2; Farrington flexible (Noufaily et al. 2013). */
export type Method = "permutation" | "c1" | "c2" | "farrington";

/** A cluster that came close, for whoever asks what else there was. */
export type RunnerUp = {
  areaCodes: string[];
  from: number;
  to: number;
  observed: number;
  expected: number;
  recurrence: number;
};

/** What one day's scan of one stream found: places and counts, never persons or words. */
export type Finding = {
  tool: Tool;
  method: Method;
  /** Category, or family of categories. */
  streamId: string;
  /** Grids of a cluster, the centre first; or the one area whose count it is. */
  areaCodes: string[];
  /** First and last day, whole days since 1970. */
  from: number;
  to: number;
  /** The last day on which a case came in there: a later one has joined. */
  lastCaseOn: number;
  observed: number;
  expected: number;
  ratio: number;
  p: number;
  /** Days until chance alone would give this stream such a finding again. */
  recurrence: number;
  /** The narrowest area that holds most of the excess of a wide one. */
  focus?: { areaCode: string; observed: number; expected: number };
  drivers: { areaCode: string; observed: number; expected: number }[];
  runnerUp?: RunnerUp;
};

/** How many streams each tool looks at every day. */
export type Looks = Record<Tool, number>;
