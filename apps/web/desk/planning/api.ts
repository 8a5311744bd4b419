import type { Assignment, GridPlanState } from "@linge/domain/gridPlan/gridPlan.ts";
import type { LingeError } from "@linge/domain/error/catalogue.ts";
import type { Figures } from "@linge/regions";
import type { PlanningArea, PlanningBlock } from "@linge/server/features/planning/regionInput.ts";
import type { PlanComment } from "@linge/server/features/planning/comments.ts";
import type { Handover } from "@linge/server/features/planning/handover.ts";
import { call } from "../api.ts";

export type { Assignment, Figures, Handover, PlanComment, PlanningArea, PlanningBlock };
export type Draft = {
  id: string;
  area: string;
  name: string;
  state: GridPlanState;
  assignment: Assignment;
  figures: Figures;
  before?: Figures;
  commentsUntil?: string;
  adoptedFrom?: string;
  answer?: string;
  problem?: LingeError;
  comments: PlanComment[];
};

/** Each step is a command with an id of its own, so that pressing twice does it once. */
const command = <T>(path: string, body: object): Promise<T> =>
  call<T>("POST", `/api/planning/${path}`, { id: crypto.randomUUID(), ...body });

export const planning = {
  today: (area: string) => call<PlanningArea & { day: string }>("GET", `/api/planning/today?area=${area}`),
  drafts: () => call<{ today: string; plans: Draft[] }>("GET", "/api/planning/plans"),
  keep: (draft: { area: string; name: string; assignment: Assignment; byFerry: boolean }) =>
    command<{ id: string }>("plans", draft),
  share: (id: string, until: string) => command(`plans/${id}/share`, { until }),
  comment: (id: string, text: string) => command(`plans/${id}/comments`, { text }),
  withdraw: (id: string, reason: string) => command(`plans/${id}/withdraw`, { reason }),
  adopt: (id: string, from: string, answer?: string) =>
    command<{ state: GridPlanState }>(`plans/${id}/adopt`, { from, ...(answer && { answer }) }),
  handovers: () => call<{ handovers: Handover[] }>("GET", "/api/planning/handovers"),
  confirm: (plan: string, area: string) => command("handovers/confirm", { plan, area }),
};
