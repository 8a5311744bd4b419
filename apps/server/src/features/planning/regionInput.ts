import type { Focus } from "@linge/domain/territory/types.ts";
import type { Ferry, Link, RegionInput } from "@linge/regions";
import type { Work } from "./work.ts";

/** A block as the planning room shows it: today's grid, or a micro-grid where the grid has some. */
export type PlanningBlock = {
  code: string;
  zh: string;
  en: string;
  /** The grid it lies in today. */
  grid: string;
  community: string;
  zhCommunity: string;
  enCommunity: string;
  focus: Focus;
  coordinates: number[][][][];
  work: Work;
  /** Reports and visits of half a year, with one for the round that is walked wherever nothing was reported. */
  workload: number;
  households?: number;
  area: number;
  perimeter: number;
};

export type PlanningArea = {
  blocks: PlanningBlock[];
  links: Link[];
  /** Crossings over which islands of a community may share a grid, if the planner wants that. */
  ferries: Ferry[];
};

/**
 * What the planner is given: a grid belongs to one community, so communities are hard borders.
 * @param byFerry grids may hold together over crossings
 */
export function regionInput({ blocks, links, ferries }: PlanningArea, byFerry: boolean): RegionInput {
  return {
    blocks: blocks.map(({ code, workload, households = 0, area, perimeter, community, focus }) => ({
      id: code,
      workload,
      households,
      area,
      perimeter,
      hardBorder: community,
      focus,
    })),
    links,
    ...(byFerry ? { ferries } : {}),
    current: Object.fromEntries(blocks.map(({ code, grid }) => [code, grid])),
  };
}
