import type { Actor } from "../access/scope.ts";
import { addWorkingTime, type WorkingCalendar } from "../calendar/workingTime.ts";
import type { Category } from "../category/category.ts";
import type { Routable, RouteDecision } from "../routing/route.ts";
import { refuse, type LingeError } from "../error/catalogue.ts";
import type { CaseCommand, CommandOf, CommandType } from "./command.ts";
import { factOf, type CaseEvent, type Notice, type PublicFact } from "./event.ts";
import type { Acting } from "./permission.ts";
import type { CaseRecord, WorkOrder } from "./record.ts";

/** What a rule may look at beside the case itself. Everything is given, nothing is fetched. */
export type CaseContext = {
  /** ISO time of the server. */
  now: string;
  actor: Actor;
  category(id: string): Category | undefined;
  hasUnit(id: string): boolean;
  /** The working calendar of a category's promise. */
  calendarOf(category: Category): WorkingCalendar;
  /** Where today's rules would send it; their version is kept with the case. */
  route?(item: Routable): RouteDecision & { rulesVersion: number };
  newId(): string;
  newNumber(): string;
  /** Cases that the command touches as well: the parent of a merge, the duplicates of a closing. */
  related?: readonly CaseRecord[];
};

/** A command on its way: rules change the draft and say what happened. */
export type Step<T extends CommandType = CommandType> = StepBase & { command: CommandOf<T> };

/** The part of a step that every rule shares. */
export type StepBase = {
  draft: CaseRecord;
  context: CaseContext;
  acting: Acting;
  others: CaseRecord[];
  events: CaseEvent[];
  notices: Notice[];
  facts: PublicFact[];
};

/** A rule refuses with an error, or changes the step's draft and returns nothing. */
export type Rule<T extends CommandType> = (step: Step<T>) => LingeError | void;

type Told = { visible?: CaseEvent["visible"]; unitId?: string; on?: CaseRecord };

/** Adds an event, and the fact of the log that goes with it. */
export function tell(step: StepBase, type: string, data: Record<string, unknown> = {}, told: Told = {}): void {
  const { context, acting, draft, events } = step;
  const caseId = (told.on ?? draft).id;
  const unitId = told.unitId ?? acting.grant?.unitId;
  events.push({
    id: context.newId(),
    caseId,
    type,
    at: context.now,
    actorId: context.actor.id,
    actorRole: acting.role,
    unitId,
    data,
    visible: told.visible ?? "everyone",
  });
}

/** Adds a public fact under the name that the ledger knows. */
export function record(
  step: StepBase,
  of: CaseCommand["type"] | "close",
  data: Record<string, unknown> = {},
  on: CaseRecord = step.draft,
): void {
  const kind = factOf[of];
  if (kind) step.facts.push({ kind, subject: on.id, at: step.context.now, data });
}

/** News that must reach also somebody who reads no messages. */
const outcomes: ReadonlySet<string> = new Set([
  "closed",
  "declined",
  "redirected",
  "voided",
  "extended",
  "suspended",
  "notReopened",
]);

export function tellReporter(
  step: StepBase,
  key: string,
  params: Record<string, string> = {},
  on: CaseRecord = step.draft,
): void {
  step.notices.push({ to: { kind: "reporter", caseId: on.id }, key, params: { number: on.number, ...params } });
  if (outcomes.has(key) && on.reporter?.reach && on.reporter.reach !== "message")
    on.untold = [...(on.untold ?? []), { key, at: step.context.now }];
}

export function tellUnit(step: StepBase, unitId: string, key: string): void {
  step.notices.push({ to: { kind: "unit", unitId }, key, params: { number: step.draft.number } });
}

export function tellDesk(step: StepBase, key: string): void {
  step.notices.push({
    to: { kind: "desk", areaCode: step.draft.areaCode },
    key,
    params: { number: step.draft.number },
  });
}

/** ISO time at which a category's promise, counted from `from`, is used up. */
export function deadline(
  context: CaseContext,
  from: string,
  category: Category,
  what: "promise" | "contactWithin" = "promise",
): string {
  return new Date(addWorkingTime(Date.parse(from), category[what], context.calendarOf(category))).toISOString();
}

/** The order that the command means: the one named, else the actor's unit's own. */
export function ownOrder(step: StepBase & { command: CaseCommand }): WorkOrder | LingeError {
  const named = (step.command as { orderId?: string }).orderId;
  const unitId = step.acting.grant?.unitId;
  const fits = (order: WorkOrder): boolean =>
    (named ? order.id === named : true) && (step.acting.role === "system" || order.unitId === unitId);
  const order = step.draft.orders.find((each) => fits(each) && each.state !== "returned" && each.state !== "cancelled");
  return order ?? refuse("outOfScope", {});
}

/** The order that a decision names, whoever's it is. */
export function namedOrder(step: StepBase, orderId: string): WorkOrder | LingeError {
  return step.draft.orders.find((order) => order.id === orderId) ?? refuse("notFound", { what: "order" });
}

export function isError(value: object | undefined | void): value is LingeError {
  return value !== undefined && "code" in value && "status" in value;
}
