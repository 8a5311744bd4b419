/** A place of the scan: an id and two coordinates (planar, or longitude and latitude in degrees). Never a person. */
export type Place = { readonly id: string; readonly x: number; readonly y: number };

/** `count` cases at place number `place` (an index into the places) on whole day `day`. */
export type CaseCount = { readonly place: number; readonly day: number; readonly count: number };

/** The same in columns, for millions of rows. */
export type CaseColumns = {
  readonly place: ArrayLike<number>;
  readonly day: ArrayLike<number>;
  readonly count: ArrayLike<number>;
};

export type Model = "space-time-permutation" | "poisson" | "bernoulli";

/** What a scan may know: places, days, counts, population. There is no field for a person or for text. */
export type ScanInput = {
  readonly places: readonly Place[];
  /** In any order; rows of the same place and day add up. */
  readonly cases: readonly CaseCount[] | CaseColumns;
  /**
   * Poisson: persons or expected cases; Bernoulli: cases and controls together.
   * One number per place, or place by place one number for each day of the study.
   */
  readonly population?: ArrayLike<number>;
  /** Distances from each place (row) to every place, when straight lines mislead (islands and ferries). */
  readonly distances?: ArrayLike<number>;
};

export type ScanSettings = {
  /** Default: the space-time permutation, which needs no population. */
  readonly model?: Model;
  /** Prospective (default): only windows that end on the last day. Retrospective: windows anywhere. */
  readonly type?: "prospective" | "retrospective";
  /** First and last day of the study; without them the first and last day with a case. */
  readonly start?: number;
  readonly end?: number;
  /** Window lengths in days, default 1 to 14; without them a model other than the permutation is purely spatial. */
  readonly windows?: { readonly from: number; readonly to: number };
  /** The largest cluster as a share of all cases (permutation) or of the population; default 0.1. */
  readonly maxShare?: number;
  /** In units of the planar coordinates, km for longitude and latitude, or the unit of the distances. */
  readonly maxRadius?: number;
  /** The largest number of places in a cluster. */
  readonly maxPlaces?: number;
  /** Fewer cases than this are never a cluster; default 2. */
  readonly minCases?: number;
  readonly coordinates?: "planar" | "lonlat";
  /** Circles (default), or ellipses as well: 1.5 to 5 times as long as wide, at 4 to 15 angles; planar only. */
  readonly shape?: "circle" | "ellipse";
  /** How much narrow ellipses have to be better than circles; default medium. */
  readonly penalty?: "none" | "medium" | "strong";
  /** Degrees from the x axis to the long axis of the first ellipse of each elongation: 0 (default) as SaTScan, 90 as smerc. */
  readonly firstAngle?: number;
  /** Permutation only: shuffle cases among days of the same weekday, for weekly patterns that differ by place. */
  readonly permuteWithin?: "weekday";
  /** Simulated data sets, default 999. */
  readonly replicates?: number;
  readonly pValue?: "full" | "sequential" | "gumbel";
  /**
   * Only clusters with at most this p-value matter: the scan stops as soon as all replicates could not bring it there.
   * Whether there is such a cluster comes out as without; the p-values of others are rough.
   */
  readonly alarmP?: number;
  readonly seed?: number;
};

/** Settings with every default filled in. */
export type ChosenSettings = ScanSettings &
  Required<
    Pick<
      ScanSettings,
      | "model"
      | "type"
      | "maxShare"
      | "minCases"
      | "coordinates"
      | "shape"
      | "penalty"
      | "replicates"
      | "pValue"
      | "seed"
    >
  >;

/** The input cannot be scanned; the message says what to change. */
export class ScanInputError extends Error {
  override name = "ScanInputError";
}
