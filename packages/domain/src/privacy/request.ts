import type { Amount } from "../calendar/workingTime.ts";
import { addWorkingTime, type WorkingCalendar } from "../calendar/workingTime.ts";
import { refuse, type LingeError } from "../error/catalogue.ts";

/** What somebody may ask about his own data; an objection is against one look at it. */
export const requestKinds = ["access", "correction", "deletion", "objection"] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestOutcomes = ["granted", "partly", "declined"] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** A request about one's own data, with the day by which it is answered. */
export type DataRequest = {
  id: string;
  kind: RequestKind;
  caseId?: string;
  residentId?: string;
  /** The look that an objection is against. */
  lookId?: string;
  areaCode: string;
  text: string;
  at: string;
  dueAt: string;
  decided?: { outcome: RequestOutcome; answer: string; by: string; at: string };
};

/** Time to answer, counted like every other promise (PIPL asks for a timely answer; 15 working days is ours). */
export const requestPromise: Amount = { amount: 15, unit: "workingDay" };

/** ISO time by which a request made now is answered. */
export function requestDue(now: number, workingDays: number, calendar: WorkingCalendar): string {
  return new Date(addWorkingTime(now, { ...requestPromise, amount: workingDays }, calendar)).toISOString();
}

type Making = {
  kind: RequestKind;
  text: string;
  /** Requests that are still open about the same thing. */
  open: readonly Pick<DataRequest, "kind" | "caseId" | "lookId">[];
  caseId?: string;
  lookId?: string;
};

/** Why a request cannot be made, if so: nothing said, or the same one is already on its way. */
export function requestProblem({ kind, text, open, caseId, lookId }: Making): LingeError | undefined {
  if (kind !== "access" && text.trim().length < 2) return refuse("reasonNeeded", { what: "text" });
  const same = open.some((each) => each.kind === kind && each.caseId === caseId && each.lookId === lookId);
  return same ? refuse("requestOpen", {}) : undefined;
}

/** Why a request cannot be decided like this, if so. A refusal and a partial answer say why. */
export function decisionProblem(request: DataRequest, outcome: RequestOutcome, answer: string): LingeError | undefined {
  if (request.decided) return refuse("alreadyDecided", { what: "request" });
  if (outcome !== "granted" && answer.trim().length < 4) return refuse("reasonNeeded", { what: "answer" });
  return undefined;
}
