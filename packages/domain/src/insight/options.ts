/** How places are scanned; every number is the operator's to change. */
export type ScanOptions = {
  /** The largest cluster as a share of all reports of its category. */
  maxShare: number;
  /** The largest cluster from its centre to its rim, in km; a ferry counts as a detour. */
  maxRadiusKm: number;
  /** Fewer reports than this are never an alarm: the promise that no alarm is about a household. */
  minCases: number;
  /** The longest run of days looked at, ending on the last whole day. */
  longestDays: number;
  /** Compare Mondays with Mondays, for patterns of the week that differ by place. */
  weekdays: boolean;
  /** What a crossing counts in km, so that two islands in sight of each other are not one neighbourhood; 0 for a bird's way. */
  crossingKm: number;
  /** Pairs of grids, one at each end of a bridge. */
  bridges: [string, string][];
};

/** The least that `minCases` may be set to. */
export const leastCases = 3;

export const usualOptions: ScanOptions = {
  maxShare: 0.1,
  maxRadiusKm: 20,
  minCases: 4,
  longestDays: 14,
  weekdays: false,
  crossingKm: 10,
  bridges: [],
};
