import type { Figures, PlanResult } from "@linge/regions";
import { call } from "../api.ts";

export type { Figures, PlanResult };
export type Block = {
  code: string;
  zh: string;
  en: string;
  community: string;
  workload: number;
  coordinates: [number, number][][][];
};
export type Assignment = Record<string, string>;
export type Draft = {
  id: string;
  area: string;
  name: string;
  state: "draft" | "shared" | "adopted";
  assignment: Assignment;
  figures: Figures;
  adoptedFrom?: string;
  comments: { author: string; at: string; text: string }[];
};
export type Handover = { plan: string; area: string; name: string; cases: number; confirmedAt?: string };

export const planning = {
  today: (area: string) => call<{ blocks: Block[]; figures: Figures }>("GET", `/api/planning/today?area=${area}`),
  search: (aims: { area: string; k: number; tolerance: number; objective: string }) =>
    call<PlanResult>("POST", "/api/planning/search", aims),
  measure: (area: string, assignment: Assignment) =>
    call<{ figures: Figures }>("POST", "/api/planning/measure", { area, assignment }),
  keep: (area: string, name: string, assignment: Assignment) =>
    call<{ id: string }>("POST", "/api/planning/plans", { area, name, assignment }),
  drafts: () => call<{ plans: Draft[] }>("GET", "/api/planning/plans"),
  share: (id: string) => call<unknown>("POST", `/api/planning/plans/${id}/share`, {}),
  comment: (id: string, text: string) => call<unknown>("POST", `/api/planning/plans/${id}/comments`, { text }),
  adopt: (id: string, from: string) =>
    call<{ grids: number; handovers: { cases: number }[] }>("POST", `/api/planning/plans/${id}/adopt`, { from }),
  handovers: () => call<{ handovers: Handover[] }>("GET", "/api/planning/handovers"),
  confirm: (plan: string, area: string) => call<unknown>("POST", "/api/planning/handovers/confirm", { plan, area }),
};
