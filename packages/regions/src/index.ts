export { RegionInputError, type RegionFault } from "./error.ts";
export { maxRegions } from "./maxRegions.ts";
export { measurePlan } from "./measurePlan.ts";
export { planRegions } from "./plan.ts";
export type * from "./types.ts";
export { carveBlocks, type CarvedBlock, type CarveOptions } from "./outline/carve.ts";
export { findCrossings, type Placed } from "./outline/crossings.ts";
export { surveyBlocks } from "./outline/survey.ts";
export type * from "./outline/types.ts";
