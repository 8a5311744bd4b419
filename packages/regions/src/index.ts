export { RegionInputError, type RegionFault } from "./error.ts";
export { maxRegions } from "./maxRegions.ts";
export { measurePlan } from "./measurePlan.ts";
export { planRegions } from "./plan.ts";
export type * from "./types.ts";
export { surveyBlocks } from "./outline/survey.ts";
export type * from "./outline/types.ts";
