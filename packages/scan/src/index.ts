export { scan, scanNow, type ScanControl, type ScanResult } from "./scan.ts";
export { scanStreams, thresholdForBudget, type Stream, type StreamResult } from "./streams.ts";
export { replay, type ReplayDay, type ReplaySettings } from "./replay.ts";
export { openCrew, type Crew } from "./replicates.ts";
export type { Cluster, Driver } from "./clusters.ts";
export {
  ScanInputError,
  type CaseColumns,
  type CaseCount,
  type ChosenSettings,
  type Model,
  type Place,
  type ScanInput,
  type ScanSettings,
} from "./input.ts";
export { populationOfPeriods, type Census, type Periods, type StratumCases } from "./census.ts";
export { expectedFromStrata, type StratumCount } from "./strata.ts";
export { cusum, type CusumSettings } from "./series/cusum.ts";
export { ears, earsColumns, type EarsColumns, type EarsSettings } from "./series/ears.ts";
export { farrington, farringtonFlexible, type FarringtonSettings, type FlexibleSettings } from "./series/farrington.ts";
export { glrnb, type GlrSettings } from "./series/glrnb.ts";
export { SeriesInputError, type Verdict } from "./series/series.ts";
