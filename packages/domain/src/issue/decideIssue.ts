import type { Role } from "../access/role.ts";
import type { Actor } from "../access/scope.ts";
import { refuse, type LingeError } from "../error/catalogue.ts";
import {
  isOver,
  publicOf,
  type IssueEvent,
  type IssueFact,
  type IssueState,
  type RecurringIssue,
} from "./recurringIssue.ts";

export type OpenIssue = {
  type: "openIssue";
  title: string;
  streamId: string;
  areaCodes: string[];
  ownerUnit: string;
  dueOn: string;
  why: string;
  episodeId?: string;
  published: boolean;
};
export type PlanIssue = {
  type: "planIssue";
  plan: string;
  responsibilities: { unitId: string; what: string; dueOn: string }[];
};
export type IssueStep =
  | PlanIssue
  | { type: "reportProgress"; responsibilityId: string; note: string }
  | { type: "submitIssue"; note: string }
  | { type: "checkIssue"; passed: boolean; note: string }
  | { type: "handOverIssue"; ownerUnit: string; reason: string }
  | { type: "publishIssue" }
  | { type: "dropIssue"; reason: string };
export type IssueCommand = OpenIssue | IssueStep;

export type IssueContext = {
  actor: Actor;
  now: string;
  newId(): string;
  hasUnit(id: string): boolean;
  hasArea(code: string): boolean;
  hasStream(id: string): boolean;
};
export type IssueDecided = { ok: true; issue: RecurringIssue; event: IssueEvent; facts: IssueFact[] };
export type IssueRefused = { ok: false; error: LingeError };

const openers: readonly Role[] = ["dispatcher", "emergencyAuthority"];
const checkers: readonly Role[] = ["checker", "dispatcher", "emergencyAuthority"];

/** From which states each step is possible. */
const possibleIn: Record<IssueStep["type"], readonly IssueState[]> = {
  planIssue: ["proposed", "planned", "underway"],
  reportProgress: ["planned", "underway"],
  submitIssue: ["planned", "underway"],
  checkIssue: ["checking"],
  handOverIssue: ["proposed", "planned", "underway"],
  publishIssue: ["proposed", "planned", "underway", "checking"],
  dropIssue: ["proposed", "planned", "underway", "checking"],
};

const holds = (actor: Actor, roles: readonly Role[]): boolean => actor.grants.some(({ role }) => roles.includes(role));
const isOf = (actor: Actor, unitId: string): boolean => actor.grants.some((grant) => grant.unitId === unitId);

/** Who may take a step: the owner plans and reports, somebody outside it opens, looks at the result, or drops. */
function mayTake(actor: Actor, step: IssueStep, issue: RecurringIssue): LingeError | undefined {
  const owns = isOf(actor, issue.ownerUnit);
  switch (step.type) {
    case "planIssue":
    case "submitIssue":
      return owns || holds(actor, openers) ? undefined : refuse("outOfScope", {});
    case "reportProgress": {
      const part = issue.responsibilities.find(({ id }) => id === step.responsibilityId);
      if (!part) return refuse("notFound", { what: "responsibility" });
      return owns || isOf(actor, part.unitId) ? undefined : refuse("outOfScope", {});
    }
    case "checkIssue":
      if (owns) return refuse("sameUnit", {});
      return holds(actor, checkers) ? undefined : refuse("notAllowed", {});
    default:
      return holds(actor, openers) ? undefined : refuse("notAllowed", {});
  }
}

const refused = (error: LingeError): IssueRefused => ({ ok: false, error });
/** Words that somebody wrote are sealed apart in the ledger. */
const factOf = (kind: IssueFact["kind"], at: string, issue: RecurringIssue, text: string): IssueFact => ({
  kind,
  at,
  data: { ...publicOf(issue), text },
});

function open(command: OpenIssue, context: IssueContext): IssueDecided | IssueRefused {
  const { type: _, ...given } = command;
  const { actor, now } = context;
  if (!holds(actor, openers)) return refused(refuse("notAllowed", {}));
  const unknown = unknownIn(command, context);
  if (unknown) return refused(unknown);
  if (given.dueOn < now.slice(0, 10)) return refused(refuse("notLater", {}));
  const issue: RecurringIssue = {
    ...given,
    id: context.newId(),
    state: "proposed",
    month: given.dueOn.slice(0, 7),
    responsibilities: [],
    openedAt: now,
    version: 1,
  };
  return {
    ok: true,
    issue,
    event: { type: "issueOpened", at: now, data: { ownerUnit: issue.ownerUnit, dueOn: issue.dueOn, why: issue.why } },
    facts: issue.published ? [factOf("issue.opened", now, issue, issue.title)] : [],
  };
}

function unknownIn({ streamId, areaCodes, ownerUnit }: OpenIssue, context: IssueContext): LingeError | undefined {
  if (!context.hasStream(streamId)) return refuse("unknownCategory", { category: streamId });
  const area = areaCodes.find((code) => !context.hasArea(code));
  if (area !== undefined || areaCodes.length === 0) return refuse("unknownArea", { area: area ?? "" });
  return context.hasUnit(ownerUnit) ? undefined : refuse("unknownUnit", { unit: ownerUnit });
}

type Changed = {
  change: Partial<RecurringIssue>;
  event: string;
  data: Record<string, unknown>;
  fact?: { kind: IssueFact["kind"]; text: string };
};

function planned({ plan, responsibilities }: PlanIssue, issue: RecurringIssue, { newId }: IssueContext): Changed {
  const kept = issue.responsibilities.filter(({ doneOn }) => doneOn !== undefined);
  const all = [...kept, ...responsibilities.map((each) => ({ id: newId(), ...each }))];
  return {
    change: { plan, responsibilities: all, state: kept.length ? "underway" : "planned" },
    event: "issuePlanned",
    data: { plan, responsibilities },
    fact: { kind: "issue.planned", text: plan },
  };
}

/** What a permitted step changes. */
function stepOf(step: IssueStep, issue: RecurringIssue, context: IssueContext): Changed {
  const { now } = context;
  switch (step.type) {
    case "planIssue":
      return planned(step, issue, context);
    case "reportProgress": {
      const { responsibilityId, note } = step;
      const responsibilities = issue.responsibilities.map((each) =>
        each.id === responsibilityId ? { ...each, note, doneOn: now.slice(0, 10) } : each,
      );
      return {
        change: { responsibilities, state: "underway" },
        event: "progressReported",
        data: { responsibilityId, note },
      };
    }
    case "submitIssue":
      return { change: { state: "checking" }, event: "issueSubmitted", data: { note: step.note } };
    case "checkIssue": {
      const { passed, note } = step;
      if (!passed) return { change: { state: "underway" }, event: "issueSentBack", data: { note } };
      const fact = { kind: "issue.settled", text: note } as const;
      return {
        change: { state: "settled", settledAt: now, result: note },
        event: "issueSettled",
        data: { note },
        fact,
      };
    }
    case "handOverIssue": {
      const { ownerUnit, reason } = step;
      const fact = { kind: "issue.handedOver", text: reason } as const;
      return {
        change: { ownerUnit },
        event: "issueHandedOver",
        data: { from: issue.ownerUnit, ownerUnit, reason },
        fact,
      };
    }
    case "publishIssue":
      return {
        change: { published: true },
        event: "issuePublished",
        data: {},
        fact: { kind: "issue.opened", text: issue.title },
      };
    case "dropIssue": {
      const { reason } = step;
      const fact = { kind: "issue.dropped", text: reason } as const;
      return { change: { state: "dropped", result: reason }, event: "issueDropped", data: { reason }, fact };
    }
  }
}

/** What stands in the way of a step that the actor may take. */
function obstacle(step: IssueStep, issue: RecurringIssue, context: IssueContext): LingeError | undefined {
  if (!possibleIn[step.type].includes(issue.state)) return refuse("issueNotNow", { state: issue.state });
  if (step.type === "publishIssue" && issue.published) return refuse("alreadyDecided", {});
  if (step.type === "submitIssue" && issue.responsibilities.some(({ doneOn }) => !doneOn))
    return refuse("partsOpen", {});
  if (step.type === "submitIssue" && issue.responsibilities.length === 0) return refuse("partsOpen", {});
  const units =
    step.type === "planIssue"
      ? step.responsibilities.map(({ unitId }) => unitId)
      : step.type === "handOverIssue"
        ? [step.ownerUnit]
        : [];
  const unknown = units.find((id) => !context.hasUnit(id));
  return unknown === undefined ? undefined : refuse("unknownUnit", { unit: unknown });
}

/** Decides a command on a problem of the month: the new state, what happened, and what of it is public. */
export function decideIssue(
  issue: RecurringIssue | null,
  command: IssueCommand,
  context: IssueContext,
): IssueDecided | IssueRefused {
  if (command.type === "openIssue") return open(command, context);
  if (!issue) return refused(refuse("notFound", { what: "issue" }));
  const error = mayTake(context.actor, command, issue) ?? obstacle(command, issue, context);
  if (error) return refused(error);
  const { change, event, data, fact } = stepOf(command, issue, context);
  const after = { ...issue, ...change, version: issue.version + 1 };
  const facts = fact && after.published ? [factOf(fact.kind, context.now, after, fact.text)] : [];
  return { ok: true, issue: after, event: { type: event, at: context.now, data }, facts };
}

/** The steps that somebody may take now. */
export function allowedSteps(issue: RecurringIssue, actor: Actor): IssueStep["type"][] {
  if (isOver(issue)) return [];
  return (Object.keys(possibleIn) as IssueStep["type"][]).filter((type) => {
    if (!possibleIn[type].includes(issue.state)) return false;
    if (type === "publishIssue" && issue.published) return false;
    const example = { type, responsibilityId: issue.responsibilities[0]?.id ?? "" } as IssueStep;
    if (type === "reportProgress")
      return issue.responsibilities.some(
        ({ unitId, doneOn }) => !doneOn && (isOf(actor, unitId) || isOf(actor, issue.ownerUnit)),
      );
    return mayTake(actor, example, issue) === undefined;
  });
}
