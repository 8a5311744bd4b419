import type { CaseCommand } from "../command.ts";
import { refuse } from "../../error/catalogue.ts";
import {
  isError,
  namedOrder,
  ownOrder,
  record,
  tell,
  tellDesk,
  tellReporter,
  tellUnit,
  type Rule,
  type StepBase,
} from "../step.ts";
import { leadOrder, standingOrders, unfinishedOrders, type CaseRecord, type WorkOrder } from "../record.ts";
import { possibleFor } from "../permission.ts";

/** Refuses an order's step that its own state does not allow, with what is possible for the case. */
function orderIn(
  step: StepBase & { command: CaseCommand },
  states: readonly WorkOrder["state"][],
): WorkOrder | ReturnType<typeof refuse> {
  const order = ownOrder(step);
  if (isError(order) || states.includes(order.state)) return order;
  const possible = possibleFor(step.draft).filter((type) => type !== step.command.type);
  return refuse("notPossibleNow", { state: step.draft.state, order: order.state, possible });
}

export const accept: Rule<"accept"> = (step) => {
  const order = orderIn(step, ["dispatched"]);
  if (isError(order)) return order;
  if (order.objection && !order.objection.decided) return refuse("objectionOpen", {});
  order.state = "accepted";
  order.acceptedAt = step.context.now;
  if (order.part === "lead") step.draft.state = "accepted";
  tell(step, "accepted", { part: order.part }, { unitId: order.unitId });
  record(step, "accept", { unitId: order.unitId, orderId: order.id });
  return undefined;
};

export const contact: Rule<"contact"> = (step) => {
  const order = orderIn(step, ["accepted", "contacted", "handling"]);
  if (isError(order)) return order;
  order.contactedAt ??= step.context.now;
  if (order.state === "accepted") order.state = "contacted";
  tell(step, "contacted", { note: step.command.note }, { unitId: order.unitId });
  record(step, "contact", { unitId: order.unitId, orderId: order.id });
  return undefined;
};

export const startHandling: Rule<"startHandling"> = (step) => {
  const order = orderIn(step, ["accepted", "contacted"]);
  if (isError(order)) return order;
  order.state = "handling";
  if (order.part === "lead") step.draft.state = "handling";
  tell(step, "handlingStarted", {}, { unitId: order.unitId });
  return undefined;
};

export const respond: Rule<"respond"> = (step) => {
  const { draft, command, context } = step;
  const order = orderIn(step, ["accepted", "contacted", "handling"]);
  if (isError(order)) return order;
  if (order.part === "lead" && draft.reporter?.wantsContact && !order.contactedAt) return refuse("contactFirst", {});
  stopOrder(order, context.now);
  order.state = "responded";
  order.respondedAt = context.now;
  order.answer = command.answer;
  draft.photos.push(...(command.photos ?? []));
  tell(step, "responded", { answer: command.answer, photos: command.photos ?? [] }, { unitId: order.unitId });
  record(step, "respond", { unitId: order.unitId, orderId: order.id, answer: command.answer });
  if (standingOrders(draft).every((each) => each.state === "responded" || each.state === "done")) {
    draft.state = "responded";
    draft.respondedAt = context.now;
    stopPause(draft, context.now);
    tellDesk(step, "responded");
    tellReporter(step, "responded", { answer: command.answer });
  }
  return undefined;
};

export const object: Rule<"object"> = (step) => {
  const order = orderIn(step, ["dispatched"]);
  if (isError(order)) return order;
  const judged = step.draft.orders.some((each) => each.unitId === order.unitId && each.objection?.decided);
  if (judged || order.objection) return refuse("alreadyDecided", { what: "objection" });
  order.objection = { reason: step.command.reason, at: step.context.now, by: step.context.actor.id };
  tell(step, "objected", { reason: step.command.reason }, { unitId: order.unitId });
  tellDesk(step, "objected");
  return undefined;
};

export const decideObjection: Rule<"decideObjection"> = (step) => {
  const { draft, command, context } = step;
  const order = namedOrder(step, command.orderId);
  if (isError(order)) return order;
  if (!order.objection || order.objection.decided) return refuse("alreadyDecided", { what: "objection" });
  order.objection.decided = { granted: command.upheld, reason: command.reason, at: context.now, by: context.actor.id };
  if (command.upheld) {
    order.state = "returned";
    if (order.part === "lead") draft.state = "filed";
  }
  tell(step, "objectionDecided", { upheld: command.upheld, reason: command.reason }, { unitId: order.unitId });
  record(step, "decideObjection", { unitId: order.unitId, upheld: command.upheld });
  tellUnit(step, order.unitId, "objectionDecided");
  return undefined;
};

const request =
  (what: "extension" | "suspension"): Rule<"requestExtension" | "requestSuspension"> =>
  (step) => {
    const { command, context } = step;
    const order = orderIn(step, ["accepted", "contacted", "handling"]);
    if (isError(order)) return order;
    if (order[what] && !order[what].decided) return refuse("alreadyDecided", { what });
    if (!(Date.parse(command.until) > Date.parse(context.now))) return refuse("timeImplausible", {});
    if (what === "extension" && Date.parse(command.until) <= Date.parse(order.dueAt)) return refuse("notLater", {});
    order[what] = { reason: command.reason, at: context.now, by: context.actor.id, until: command.until };
    tell(step, `${what}Requested`, { reason: command.reason, until: command.until }, { unitId: order.unitId });
    tellDesk(step, `${what}Requested`);
    return undefined;
  };

export const requestExtension = request("extension") as Rule<"requestExtension">;
export const requestSuspension = request("suspension") as Rule<"requestSuspension">;

export const decideExtension: Rule<"decideExtension"> = (step) => {
  const { draft, command, context } = step;
  const order = namedOrder(step, command.orderId);
  if (isError(order)) return order;
  if (!order.extension || order.extension.decided) return refuse("alreadyDecided", { what: "extension" });
  order.extension.decided = { granted: command.granted, reason: command.reason, at: context.now, by: context.actor.id };
  const until = order.extension.until!;
  if (command.granted) {
    order.dueAt = until;
    if (order.part === "lead") draft.dueAt = until;
    tellReporter(step, "extended", { until, reason: order.extension.reason });
  }
  tell(step, "extensionDecided", { granted: command.granted, reason: command.reason, until }, { unitId: order.unitId });
  tellUnit(step, order.unitId, "extensionDecided");
  return undefined;
};

export const decideSuspension: Rule<"decideSuspension"> = (step) => {
  const { draft, command, context } = step;
  const order = namedOrder(step, command.orderId);
  if (isError(order)) return order;
  if (!order.suspension || order.suspension.decided) return refuse("alreadyDecided", { what: "suspension" });
  order.suspension.decided = {
    granted: command.granted,
    reason: command.reason,
    at: context.now,
    by: context.actor.id,
  };
  if (command.granted) {
    pause(draft, order, context.now);
    tellReporter(step, "suspended", { until: order.suspension.until!, reason: order.suspension.reason });
  }
  tell(step, "suspensionDecided", { granted: command.granted, reason: command.reason }, { unitId: order.unitId });
  tellUnit(step, order.unitId, "suspensionDecided");
  return undefined;
};

export const resume: Rule<"resume"> = (step) => {
  const { draft, command, context, acting } = step;
  const { unitId } = acting.grant ?? {};
  const own = unfinishedOrders(draft).filter(
    (order) =>
      order.pausedSince && (!command.orderId || order.id === command.orderId) && (!unitId || order.unitId === unitId),
  );
  const lead = leadOrder(draft);
  const ofCase = draft.clock.pausedSince && (!command.orderId || command.orderId === lead?.id);
  if (!ofCase && own.length === 0)
    return refuse("notPossibleNow", {
      state: draft.state,
      possible: possibleFor(draft).filter((type) => type !== "resume"),
    });
  if (ofCase) stopPause(draft, context.now);
  else for (const order of own) stopOrder(order, context.now);
  tell(step, "resumed", { note: command.note ?? "" });
  return undefined;
};

/** The lead unit's suspension stops the clocks of the case and of all its orders; an assisting unit's only its own. */
function pause(draft: CaseRecord, order: WorkOrder, now: string): void {
  if (draft.clock.pausedSince) return;
  if (order.part === "assist") {
    order.pausedSince ??= now;
    return;
  }
  for (const each of unfinishedOrders(draft)) stopOrder(each, now);
  draft.clock.pausedSince = now;
}

const later = (at: string, stood: number): string => new Date(Date.parse(at) + stood).toISOString();
const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

/** Ends the suspension of one order: its end moves by the time that its clock stood still. */
function stopOrder(order: WorkOrder, now: string): void {
  if (!order.pausedSince) return;
  order.dueAt = later(order.dueAt, between(order.pausedSince, now));
  delete order.pausedSince;
}

/** Ends every suspension of a case: each open clock moves by the time it stood still. */
export function stopPause(draft: CaseRecord, now: string): void {
  const orders = unfinishedOrders(draft);
  for (const order of orders) stopOrder(order, now);
  const { pausedSince, ...running } = draft.clock;
  if (!pausedSince) return;
  const stood = between(pausedSince, now);
  draft.clock = { ...running, pausedMs: running.pausedMs + stood };
  draft.dueAt = later(draft.dueAt, stood);
  for (const order of orders) order.dueAt = later(order.dueAt, stood);
}
