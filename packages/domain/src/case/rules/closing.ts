import { refuse } from "../../error/catalogue.ts";
import { deadline, record, tell, tellDesk, tellReporter, tellUnit, type Rule, type StepBase } from "../step.ts";
import { leadOrder, standingOrders, type CaseRecord, type Rating } from "../record.ts";
import { stopPause } from "./handling.ts";

/** Days after closing in which a case can be rated. */
export const ratingDays = 14;

export const requestCheck: Rule<"requestCheck"> = (step) => {
  step.draft.state = "checking";
  tell(step, "checkRequested", { note: step.command.note ?? "" });
  step.notices.push({
    to: { kind: "grid", areaCode: step.draft.areaCode },
    key: "check",
    params: { number: step.draft.number },
  });
};

function closeRecord(draft: CaseRecord, now: string): void {
  draft.state = "closed";
  draft.closedAt = now;
  stopPause(draft, now);
  for (const order of standingOrders(draft)) order.state = "done";
}

/** Closes the case, and with it every report that was merged into it; all who reported are told. */
function close(step: StepBase, how: "check" | "resident"): void {
  const { draft, context } = step;
  closeRecord(draft, context.now);
  tell(step, "closed", { how });
  record(step, "close", { how, unitId: leadOrder(draft)?.unitId ?? "" });
  tellReporter(step, "closed", { answer: leadOrder(draft)?.answer ?? "" });
  for (const duplicate of context.related ?? []) {
    if (duplicate.duplicateOf !== draft.id || duplicate.state !== "duplicate") continue;
    const closed = structuredClone(duplicate);
    closeRecord(closed, context.now);
    closed.version += 1;
    step.others.push(closed);
    tell(step, "closed", { how: "parent", parent: draft.number }, { on: closed });
    record(step, "close", { how: "parent" }, closed);
    tellReporter(step, "closed", { answer: leadOrder(draft)?.answer ?? "" }, closed);
  }
}

export const check: Rule<"check"> = (step) => {
  const { draft, command } = step;
  tell(step, "checked", { passed: command.passed, note: command.note });
  record(step, "check", { passed: command.passed });
  if (command.passed) return close(step, "check");
  draft.state = "handling";
  delete draft.respondedAt;
  for (const order of standingOrders(draft)) {
    order.state = "handling";
    order.reworks += 1;
    delete order.respondedAt;
    tellUnit(step, order.unitId, "rework");
  }
  return undefined;
};

export const confirmResolved: Rule<"confirmResolved"> = (step) => close(step, "resident");

function rated(step: StepBase, rating: Rating): void {
  const { draft } = step;
  draft.rating = { ...rating, unitId: leadOrder(draft)?.unitId };
  draft.state = "followedUp";
  const { resolved, satisfaction, by, unitId } = draft.rating;
  tell(step, "rated", { resolved, satisfaction, comment: rating.comment ?? "", by });
  record(step, "rate", { resolved, satisfaction, by, unitId: unitId ?? "" });
  if (!resolved) askToReopen(step, rating.comment ?? "", []);
}

export const rate: Rule<"rate"> = (step) => {
  const { draft, command, context } = step;
  const open = draft.closedAt && Date.parse(context.now) - Date.parse(draft.closedAt) <= ratingDays * 86_400_000;
  if (!open || draft.rating) return refuse("ratingClosed", {});
  const { resolved, satisfaction, comment } = command;
  rated(step, { resolved, satisfaction, comment, at: context.now, by: "resident" });
  if (draft.reopening && !resolved) draft.reopening.photos = command.photos ?? [];
  return undefined;
};

export const followUp: Rule<"followUp"> = (step) => {
  const { resolved, satisfaction, comment } = step.command;
  rated(step, { resolved, satisfaction, comment, at: step.context.now, by: "followUp" });
};

function askToReopen(step: StepBase, reason: string, photos: string[]): void {
  const { draft, context } = step;
  draft.reopening = { reason, at: context.now, photos };
  tell(step, "reopeningRequested", { reason, photos });
  tellDesk(step, "reopeningRequested");
  const lead = leadOrder(draft);
  if (lead) tellUnit(step, lead.unitId, "reopeningRequested");
}

export const requestReopening: Rule<"requestReopening"> = (step) => {
  if (step.draft.reopening && !step.draft.reopening.decided) return refuse("alreadyDecided", { what: "reopening" });
  askToReopen(step, step.command.reason, step.command.photos ?? []);
  return undefined;
};

export const decideReopening: Rule<"decideReopening"> = (step) => {
  const { draft, command, context } = step;
  if (!draft.reopening || draft.reopening.decided) return refuse("alreadyDecided", { what: "reopening" });
  draft.reopening.decided = { granted: command.granted, reason: command.reason, at: context.now, by: context.actor.id };
  tell(step, "reopeningDecided", { granted: command.granted, reason: command.reason });
  tellReporter(step, command.granted ? "reopened" : "notReopened", { reason: command.reason });
  if (!command.granted) return undefined;
  record(step, "decideReopening", { reason: command.reason });
  draft.reopenCount += 1;
  draft.clock = { startedAt: context.now, pausedMs: 0 };
  draft.dueAt = deadline(context, context.now, context.category(draft.categoryId)!);
  leaveParent(step);
  delete draft.closedAt;
  delete draft.rating;
  delete draft.ended;
  const lead = leadOrder(draft);
  if (!lead) draft.state = "reported";
  else {
    draft.state = "handling";
    Object.assign(lead, { state: "handling", dueAt: draft.dueAt, respondedAt: undefined });
    tellUnit(step, lead.unitId, "reopened");
  }
  return undefined;
};

/** A report that was closed with another goes on alone when it is taken up again. */
function leaveParent(step: StepBase): void {
  const { draft, context } = step;
  const parent = context.related?.find((each) => each.id === draft.duplicateOf);
  delete draft.duplicateOf;
  if (!parent) return;
  const changed = structuredClone(parent);
  changed.duplicates = changed.duplicates.filter((id) => id !== draft.id);
  changed.version += 1;
  step.others.push(changed);
  tell(step, "duplicateRemoved", { number: draft.number }, { on: changed });
}

export const inform: Rule<"inform"> = (step) => {
  const { draft, command } = step;
  tell(step, "informed", { how: command.how, note: command.note, of: (draft.untold ?? []).map(({ key }) => key) });
  delete draft.untold;
};

export const archive: Rule<"archive"> = (step) => {
  step.draft.state = "archived";
  tell(step, "archived", {}, { visible: "staff" });
};
