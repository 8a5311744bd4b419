/** A building block: the smallest area that goes to one grid whole. Lengths in km, areas in km². */
export type Block = {
  id: string;
  /** Cases, visits and services per quarter, or any other measure of work, from 0. */
  workload: number;
  households?: number;
  area?: number;
  perimeter?: number;
  /** Blocks with different values never share a grid (a community, say). */
  hardBorder?: string;
  /** Focus type, for plans by workload range: key grids smaller, liaison grids larger. */
  focus?: string;
};

/** Two blocks that touch, and how long their common border is (without a length every border counts 1). */
export type Link = { from: string; to: string; length?: number };

/** A crossing that joins blocks which do not touch, so that islands can belong to one grid. */
export type Ferry = { from: string; to: string };

export type RegionInput = {
  blocks: Block[];
  links: Link[];
  ferries?: Ferry[];
  /** Today's plan: the grid of every block. */
  current?: Record<string, string>;
  /** Grids that are settled, each as its blocks: they stay exactly so, and the others are planned around them. */
  settled?: string[][];
};

export type Range = { min: number; max: number };

/** `compact`: the best shapes; `moves`: the fewest changes against today; `pareto`: several between the two. */
export type Objective = "compact" | "moves" | "pareto";

export type Progress = { done: number; plans: number; phase: string };

export type SearchOptions = {
  /** The same seed gives the same plans as long as no time limit or signal cuts the search short. Default 1. */
  seed?: number;
  /** Seconds. Without it the effort follows the number of blocks; with it the search goes on until then. */
  timeLimit?: number;
  /** Once aborted, the best plans so far are returned. */
  signal?: AbortSignal;
  progress?: (progress: Progress) => void;
};

export type PlanOptions = SearchOptions & {
  /** Number of grids. Either this or `ranges`. */
  k?: number;
  /** Workload from–to of a grid, by the focus of its blocks; a mixed grid is held to the mixture. */
  ranges?: Record<string, Range>;
  /** Largest share by which the load of a grid may differ from the mean. Default 0.05. */
  tolerance?: number;
  objective?: Objective;
};

/** Figures of a plan, computed from the blocks and links alone. */
export type Figures = {
  k: number;
  /** Every grid is in one piece (over borders and ferries) and crosses no hard border. */
  contiguous: boolean;
  /** Largest |load / mean load − 1|; with ranges, load is in grids' worth of work. */
  maxDeviation: number;
  /** Load of the heaviest grid over the mean. */
  worstLoad: number;
  /** Common border between blocks of different grids. */
  cutKm: number;
  /** Mean of 4π·area/perimeter² over the grids (Polsby & Popper 1991); null when areas or perimeters are missing. */
  meanPolsbyPopper: number | null;
  /** Against today's plan; null without one. */
  movedWorkload: number | null;
  /** Share of all workload. */
  movedShare: number | null;
  movedBlocks: number | null;
  movedHouseholds: number | null;
};

export type PlanKind = "keep" | "moves" | "between" | "compact" | "balanced" | "most";

export type Plan = Figures & {
  kind: PlanKind;
  /** Whether every load is within the tolerance or range asked for. */
  withinTolerance: boolean;
  assignment: Record<string, string>;
};

/** What stands in the way of the tolerance. `proven`: no plan exists; otherwise the search found none. */
export type Obstacle = {
  code: "heavy-block" | "part" | "no-number" | "exhausted" | "not-found";
  message: string;
  proven: boolean;
  /** Blocks that make up the obstacle, if it is a place. */
  blocks: string[];
  /** No plan can have a smaller largest deviation than this (0 when nothing is known). */
  leastDeviation: number;
};

export type PlanResult = {
  /** The recommended plan first; "keep as is" is always among them when there is a plan today. */
  plans: Plan[];
  obstacle: Obstacle | null;
  /** True when the plan of kind "compact" has the shortest cut border there is (small networks are searched exactly). */
  exact: boolean;
  /** True when time or the signal ended the search. */
  stopped: boolean;
};
