import { refuse } from "../../error/catalogue.ts";
import { deadline, record, tell, tellDesk, tellReporter, tellUnit, type CaseContext, type Rule } from "../step.ts";
import { standingOrders, type CaseRecord, type WorkOrder } from "../record.ts";

export const requestVerification: Rule<"requestVerification"> = (step) => {
  step.draft.state = "verifying";
  tell(step, "verificationRequested", { note: step.command.note ?? "" });
  step.notices.push({
    to: { kind: "grid", areaCode: step.draft.areaCode },
    key: "verify",
    params: { number: step.draft.number },
  });
};

export const verify: Rule<"verify"> = (step) => {
  const { draft, command, context } = step;
  draft.state = "reported";
  draft.verification = { confirmed: command.confirmed, note: command.note, at: context.now, by: context.actor.id };
  draft.photos.push(...(command.photos ?? []));
  tell(step, "verified", { confirmed: command.confirmed, note: command.note });
  tellDesk(step, "verified");
};

export const file: Rule<"file"> = (step) => {
  const { draft, command, context } = step;
  if (command.categoryId && command.categoryId !== draft.categoryId) {
    const problem = changeCategory(draft, command.categoryId, context);
    if (problem) return problem;
  }
  draft.state = "filed";
  draft.filedAt = context.now;
  tell(step, "filed", { categoryId: draft.categoryId });
  record(step, "file", { categoryId: draft.categoryId });
  return undefined;
};

/** Puts the case under another category and recomputes the promise from the day it was reported. */
export function changeCategory(draft: CaseRecord, categoryId: string, context: CaseContext) {
  const category = context.category(categoryId);
  if (!category) return refuse("unknownCategory", { category: categoryId });
  draft.categoryId = category.id;
  draft.categoryVersion = category.version;
  draft.visibility = category.visibility;
  if (category.visibility !== "public") draft.published = false;
  const movedBy = draft.clock.pausedMs;
  draft.dueAt = new Date(Date.parse(deadline(context, draft.reportedAt, category.promise)) + movedBy).toISOString();
  for (const order of draft.orders) {
    order.dueAt = new Date(Date.parse(deadline(context, order.dispatchedAt, category.promise)) + movedBy).toISOString();
    order.contactDueAt = deadline(context, order.dispatchedAt, category.contactWithin);
  }
  return undefined;
}

const end =
  (state: "declined" | "redirected"): Rule<"decline" | "redirect"> =>
  (step) => {
    const { draft, command } = step;
    draft.state = state;
    draft.ended = { reason: command.reason, channel: command.channel };
    tell(step, state, draft.ended);
    record(step, command.type, { reason: command.reason, channel: command.channel });
    tellReporter(step, state, { reason: command.reason, channel: command.channel });
  };

export const decline = end("declined") as Rule<"decline">;
export const redirect = end("redirected") as Rule<"redirect">;

function newOrder(context: CaseContext, draft: CaseRecord, unitId: string, part: WorkOrder["part"]): WorkOrder {
  const category = context.category(draft.categoryId)!;
  return {
    id: context.newId(),
    unitId,
    part,
    state: "dispatched",
    dispatchedAt: context.now,
    dueAt: deadline(context, context.now, category.promise),
    contactDueAt: deadline(context, context.now, category.contactWithin),
    reworks: 0,
  };
}

export const dispatch: Rule<"dispatch"> = (step) => {
  const { draft, command, context } = step;
  const assist = [...new Set(command.assist)].filter((unitId) => unitId !== command.lead);
  for (const unitId of [command.lead, ...assist])
    if (!context.hasUnit(unitId)) return refuse("unknownUnit", { unit: unitId });
  const working = new Set(
    draft.orders
      .filter((order) => order.state !== "returned" && order.state !== "cancelled")
      .map((order) => order.unitId),
  );
  const added = assist
    .filter((unitId) => !working.has(unitId))
    .map((unitId) => newOrder(context, draft, unitId, "assist"));
  draft.orders.push(newOrder(context, draft, command.lead, "lead"), ...added);
  draft.state = "dispatched";
  draft.dispatchedAt = context.now;
  tell(step, "dispatched", { lead: command.lead, assist });
  record(step, "dispatch", { lead: command.lead, assist });
  for (const unitId of [command.lead, ...assist]) tellUnit(step, unitId, "dispatched");
  tellReporter(step, "dispatched", { unit: command.lead });
  return undefined;
};

export const addAssist: Rule<"addAssist"> = (step) => {
  const { draft, command, context } = step;
  if (!context.hasUnit(command.unitId)) return refuse("unknownUnit", { unit: command.unitId });
  if (standingOrders(draft).some((order) => order.unitId === command.unitId))
    return refuse("unitAlreadyWorks", { unit: command.unitId });
  draft.orders.push(newOrder(context, draft, command.unitId, "assist"));
  tell(step, "assistAdded", { unitId: command.unitId, note: command.note });
  tellUnit(step, command.unitId, "dispatched");
  return undefined;
};
