import { refuse, type LingeError } from "../error/catalogue.ts";
import type { GridPlan, GridPlanCommand } from "./gridPlan.ts";

/** The day of the city, and how many comments were made on the plan. */
export type GridPlanContext = { today: string; comments: number };
export type GridPlanDecision = { ok: true; plan: GridPlan } | { ok: false; error: LingeError };

const refused = (...reason: Parameters<typeof refuse>): GridPlanDecision => ({ ok: false, error: refuse(...reason) });

/** Days that comments may stay open at most: a plan drawn on old counts is no plan. */
const longestComments = 90;

/** What becomes of a plan. Redrawing is announced: it takes effect only after the last day for comments, with an answer. */
export function decideGridPlan(plan: GridPlan, command: GridPlanCommand, context: GridPlanContext): GridPlanDecision {
  switch (command.type) {
    case "sharePlan":
      return share(plan, command.until, context);
    case "adoptPlan":
      return adopt(plan, command, context);
    case "withdrawPlan":
      if (plan.state === "adopted" || plan.state === "withdrawn") return notPossible(plan);
      return { ok: true, plan: { ...plan, state: "withdrawn", adoptedFrom: undefined, answer: command.reason } };
  }
}

function share(plan: GridPlan, until: string, { today }: GridPlanContext): GridPlanDecision {
  if (plan.state !== "draft") return notPossible(plan);
  const last = dayAfter(today, longestComments);
  if (until < today || until > last) return refused("commentDayOutOfRange", { today, last });
  return { ok: true, plan: { ...plan, state: "shared", commentsUntil: until } };
}

function adopt(
  plan: GridPlan,
  { from, answer }: { from: string; answer?: string },
  { today, comments }: GridPlanContext,
): GridPlanDecision {
  if (plan.state === "draft") return refused("planNotShared", {});
  if (plan.state !== "shared") return notPossible(plan);
  const first = [dayAfter(plan.commentsUntil!, 1), today].toSorted().at(-1)!;
  if (from < first) return refused("planTooEarly", { day: first });
  if (comments > 0 && !answer?.trim()) return refused("commentsUnanswered", { count: comments });
  return { ok: true, plan: { ...plan, state: "decided", adoptedFrom: from, ...(answer?.trim() && { answer }) } };
}

const notPossible = (plan: GridPlan): GridPlanDecision => refused("planStateChanged", { state: plan.state });

/** The day some days after "2026-11-30". */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
