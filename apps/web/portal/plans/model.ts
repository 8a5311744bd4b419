import type { Option } from "../model.ts";

/** A plan in a line: for the first page and the list. */
export type PlanNotice = {
  id: string;
  name: string;
  area: string;
  state: "shared" | "decided" | "adopted";
  /** Comments are taken today. */
  open: boolean;
  commentsUntil: string;
  adoptedFrom?: string;
};

export type ResidentPlan = PlanNotice & {
  grids: { before?: number; after: number };
  /** Load of the busiest grid over the mean. */
  worst: { before?: number; after: number };
  /** Households that get another grid worker, where they were counted. */
  households?: number;
  /** Which of today's grids go together. */
  joins: { community: string; grids: string[] }[];
  /** `joined`: the number of the joined grid that it becomes part of; nothing where it stays as it is. */
  shapes: { code: string; name: string; joined?: number; rings: number[][][] }[];
  communities: Option[];
  /** How many comments came in. */
  comments: number;
  answer?: string;
};
