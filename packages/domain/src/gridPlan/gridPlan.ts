/** draft → shared for comment → decided for a day → adopted on that day; withdrawn from anywhere before. */
export const gridPlanStates = ["draft", "shared", "decided", "adopted", "withdrawn"] as const;
export type GridPlanState = (typeof gridPlanStates)[number];

/** The grid that each building block goes to, by the code of the block and a name within the plan. */
export type Assignment = Record<string, string>;

/** A plan to redraw the grids of an area. Days are days of the city, "2026-12-01". */
export type GridPlan = {
  id: string;
  area: string;
  name: string;
  state: GridPlanState;
  assignment: Assignment;
  /** Last day on which grid workers and residents are asked what they think. */
  commentsUntil?: string;
  /** Day from which it is, or will be, in force. */
  adoptedFrom?: string;
  /** What was made of the comments, in words for those who made them. */
  answer?: string;
};

export type GridPlanCommand =
  | { type: "sharePlan"; until: string }
  | { type: "adoptPlan"; from: string; answer?: string }
  | { type: "withdrawPlan"; reason: string };
