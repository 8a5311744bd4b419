export { scan, scanNow, type ScanControl, type ScanResult } from "./scan.ts";
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
export { expectedFromStrata, type StratumCount } from "./strata.ts";
