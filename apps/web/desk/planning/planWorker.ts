import { planRegions, RegionInputError, type Plan, type PlanOptions, type RegionInput } from "@linge/regions";
import type { FromPlanner, ToPlanner } from "./usePlanner.ts";

/** Looks for plans beside the page's own thread; says how far it is, and stops with the best so far when asked to. */
const stop = new AbortController();
const say = (message: FromPlanner): void => postMessage(message);

/** For comparison: somewhat more and somewhat fewer grids, changed as little as can be. */
const neighbours = [1.15, 0.85];

async function alternatives(input: RegionInput, { k: asked, objective, tolerance }: PlanOptions): Promise<Plan[]> {
  if (objective !== "pareto" || asked === undefined) return [];
  const plans: Plan[] = [];
  for (const factor of neighbours) {
    const k = Math.min(input.blocks.length, Math.max(1, Math.round(asked * factor)));
    if (k === asked || stop.signal.aborted) continue;
    try {
      const options: PlanOptions = { k, objective: "moves", signal: stop.signal, ...(tolerance ? { tolerance } : {}) };
      plans.push(...(await planRegions(input, options)).plans.filter(({ kind }) => kind === "moves"));
    } catch (error) {
      // With so many, or so few, there may be no plan at all.
      if (!(error instanceof RegionInputError)) throw error;
    }
  }
  return plans;
}

async function plan(input: RegionInput, options: PlanOptions): Promise<void> {
  try {
    const result = await planRegions(input, {
      ...options,
      signal: stop.signal,
      progress: ({ done }) => say({ kind: "progress", done }),
    });
    const keep = result.plans.filter(({ kind }) => kind === "keep");
    const found = result.plans.filter(({ kind }) => kind !== "keep");
    const others = await alternatives(input, options);
    say({ kind: "done", result: { ...result, plans: [...found, ...others, ...keep] } });
  } catch (error) {
    if (!(error instanceof RegionInputError)) throw error;
    say({ kind: "refused", code: error.code });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToPlanner>) => {
  if (data.kind === "stop") stop.abort();
  else void plan(data.input, data.options);
});
