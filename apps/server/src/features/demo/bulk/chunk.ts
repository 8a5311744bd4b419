import type { DemoEvent } from "../events.ts";

/** A share of the work: what an event brought, or everyday reports at these times (ms since 1970, in order). */
export type Chunk = { key: number; seed: number } & ({ event: DemoEvent; count: number } | { times: Float64Array });

/** Cases of a chunk: written in one transaction, so that a kill loses no more. */
export const chunkCases = 2_000;
