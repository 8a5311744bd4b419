import { refuse } from "../../error/catalogue.ts";
import {
  deadline,
  record,
  tell,
  tellDesk,
  tellReporter,
  tellUnit,
  type CaseContext,
  type Rule,
  type Step,
  type StepBase,
} from "../step.ts";
import { stopPause } from "./handling.ts";
import { leadOrder, standingOrders, unfinishedOrders, type CaseRecord, type WorkOrder } from "../record.ts";

export const requestVerification: Rule<"requestVerification"> = (step) => {
  step.draft.state = "verifying";
  tell(step, "verificationRequested", { note: step.command.note ?? "" });
  step.notices.push({
    to: { kind: "grid", areaCode: step.draft.areaCode },
    key: "verify",
    params: { number: step.draft.number },
  });
};

/** Keeps voice notes beside those that are there. */
export function addRecordings(draft: CaseRecord, recordings: readonly string[] = []): void {
  if (recordings.length) draft.recordings = [...(draft.recordings ?? []), ...recordings];
}

export const verify: Rule<"verify"> = (step) => {
  const { draft, command, context } = step;
  draft.state = "reported";
  draft.verification = { confirmed: command.confirmed, note: command.note, at: context.now, by: context.actor.id };
  draft.photos.push(...(command.photos ?? []));
  addRecordings(draft, command.recordings);
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
  const began = draft.clock.startedAt ?? draft.reportedAt;
  draft.dueAt = atLeast(later(deadline(context, began, category), draft.clock.pausedMs), extendedTo(leadOrder(draft)));
  for (const order of unfinishedOrders(draft)) {
    const due = later(deadline(context, order.dispatchedAt, category), draft.clock.pausedMs);
    order.dueAt = atLeast(due, extendedTo(order));
    order.contactDueAt = deadline(context, order.dispatchedAt, category, "contactWithin");
  }
  return undefined;
}

const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString();

/** The day to which an extension was granted: another category takes nothing back that was promised to the unit. */
function extendedTo(order: WorkOrder | undefined): string {
  return order?.extension?.decided?.granted ? order.extension.until! : "";
}

const atLeast = (due: string, extended: string): string => (extended > due ? extended : due);

/** A case that ends without an answer takes nobody else's report with it: those merged into it go on alone. */
export function releaseDuplicates(step: StepBase): void {
  for (const duplicate of step.context.related ?? []) {
    if (duplicate.duplicateOf !== step.draft.id || duplicate.state !== "duplicate") continue;
    const freed = structuredClone(duplicate);
    delete freed.duplicateOf;
    freed.state = freed.filedAt ? "filed" : "reported";
    freed.version += 1;
    step.others.push(freed);
    tell(step, "unmerged", { from: step.draft.number, reason: "" }, { on: freed });
    tellReporter(step, "unmerged", {}, freed);
  }
  step.draft.duplicates = [];
}

const end =
  (state: "declined" | "redirected"): Rule<"decline" | "redirect"> =>
  (step) => {
    const { draft, command } = step;
    draft.state = state;
    stopPause(draft, step.context.now);
    for (const order of standingOrders(draft)) {
      order.state = "cancelled";
      tellUnit(step, order.unitId, state);
    }
    draft.ended = { reason: command.reason, channel: command.channel };
    tell(step, state, draft.ended);
    record(step, command.type, { reason: command.reason, channel: command.channel });
    tellReporter(step, state, { reason: command.reason, channel: command.channel });
    releaseDuplicates(step);
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
    dueAt: deadline(context, context.now, category),
    contactDueAt: deadline(context, context.now, category, "contactWithin"),
    reworks: 0,
  };
}

export const dispatch: Rule<"dispatch"> = (step) => {
  const { draft, command, context } = step;
  const assist = [...new Set(command.assist)].filter((unitId) => unitId !== command.lead);
  for (const unitId of [command.lead, ...assist])
    if (!context.hasUnit(unitId)) return refuse("unknownUnit", { unit: unitId });
  // A unit that assisted and now leads has one order, not two.
  for (const order of standingOrders(draft)) if (order.unitId === command.lead) order.state = "cancelled";
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
  draft.firstReceiver ??= { unitId: command.lead, at: context.now };
  keepRouting(step);
  tell(step, "dispatched", { lead: command.lead, assist });
  record(step, "dispatch", { lead: command.lead, assist });
  for (const unitId of [command.lead, ...assist]) tellUnit(step, unitId, "dispatched");
  tellReporter(step, "dispatched", { unit: command.lead });
  return undefined;
};

/** Keeps what the rules of the day said, beside what the dispatcher did. */
function keepRouting({ draft, command, context }: Step<"dispatch">): void {
  const said = context.route?.(draft);
  if (said) draft.routed = { ...said, followed: said.lead === command.lead, at: context.now };
}

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
