import { refuse, type LingeError } from "../error/catalogue.ts";
import type { Actor } from "../access/scope.ts";
import type { CaseCommand, CommandType, FollowingCommand, ReportCommand } from "./command.ts";
import type { Decided } from "./event.ts";
import { dueSoonAt } from "./light.ts";
import { actingAs, permissions, possibleFor, type Acting } from "./permission.ts";
import { promiseFacts } from "./promise.ts";
import { isReady } from "./readiness.ts";
import type { CaseRecord } from "./record.ts";
import { rules } from "./rules/table.ts";
import { keepForUndo } from "./rules/correcting.ts";
import { deadline, isError, record, tell, tellDesk, type CaseContext, type Rule, type Step } from "./step.ts";

export type Refused = { ok: false; error: LingeError };

const undoable: ReadonlySet<CommandType> = new Set(["file", "decline", "redirect", "dispatch", "void"]);
/** A phone's clock may be this far from ours before we note the difference. */
const driftMs = 5 * 60_000;

/**
 * Decides a command on a case: what becomes of it, what is told to whom, what the log records. Pure: the case
 * given is not touched, nothing is read or written.
 * @param record the case as it is, or null for `report`
 * @returns the changed case with its events, notices and facts, or the refusal
 */
export function decideCase(record: CaseRecord | null, command: CaseCommand, context: CaseContext): Decided | Refused {
  if (command.type === "report")
    return record ? refused(refuse("idUsedDifferently", {})) : decideReport(command, context);
  return record ? decideFollowing(record, command, context) : refused(refuse("notFound", { what: "case" }));
}

function refused(error: LingeError): Refused {
  return { ok: false, error };
}

function decideReport(command: ReportCommand, context: CaseContext): Decided | Refused {
  const category = context.category(command.categoryId);
  if (!category) return refused(refuse("unknownCategory", { category: command.categoryId }));
  const draft: CaseRecord = {
    id: command.caseId,
    number: context.newNumber(),
    state: "reported",
    kind: command.kind,
    categoryId: category.id,
    categoryVersion: category.version,
    text: command.text,
    place: command.place,
    areaCode: command.areaCode,
    gridId: command.gridId,
    channel: command.channel,
    synthetic: command.synthetic ?? false,
    reporter: command.reporter,
    answers: command.answers ?? {},
    photos: command.photos ?? [],
    ...(command.recordings?.length && { recordings: command.recordings }),
    visibility: category.visibility,
    published: false,
    reportedAt: context.now,
    dueAt: deadline(context, context.now, category),
    clock: { pausedMs: 0 },
    orders: [],
    duplicates: [],
    reopenCount: 0,
    whistleCalls: [],
    version: 1,
  };
  if (command.at && Math.abs(Date.parse(command.at) - Date.parse(context.now)) > driftMs) draft.clientAt = command.at;
  const role = context.actor.grants[0]?.role ?? (context.actor.kind === "system" ? "system" : "reporter");
  const step: Step = { draft, command, context, acting: { role }, others: [], events: [], notices: [], facts: [] };
  tell(step, "reported", { channel: draft.channel, categoryId: draft.categoryId });
  recordReport(step, draft);
  tellDesk(step, "reported");
  return outcome(step);
}

function recordReport(step: Step, draft: CaseRecord): void {
  record(step, "report", {
    number: draft.number,
    categoryId: draft.categoryId,
    channel: draft.channel,
    text: draft.text,
    areaCode: draft.areaCode,
  });
}

function decideFollowing(before: CaseRecord, command: FollowingCommand, context: CaseContext): Decided | Refused {
  const acting = actingAs(before, command.type, context.actor);
  if (isError(acting)) return refused(withState(acting, before, command.type));
  if (!isPossible(before, command.type, acting)) return refused(notPossible(before, command.type));
  const draft = structuredClone(before);
  const step: Step = { draft, command, context, acting, others: [], events: [], notices: [], facts: [] };
  const problem = (rules[command.type] as Rule<CommandType>)(step);
  if (problem) return refused(withState(problem, before, command.type));
  draft.version = before.version + 1;
  if (undoable.has(command.type))
    draft.undo = {
      command: command.type,
      by: context.actor.id,
      at: context.now,
      version: draft.version,
      before: keepForUndo(before),
    };
  step.facts.push(...promiseFacts(before, draft, context.now));
  return outcome(step);
}

function notPossible(before: CaseRecord, type: FollowingCommand["type"]): LingeError {
  return withState(refuse("notPossibleNow", {}), before, type);
}

/** Every refusal says where the case stands and what could be done instead. */
function withState(error: LingeError, before: CaseRecord, type: FollowingCommand["type"]): LingeError {
  const possible = possibleFor(before).filter((each) => each !== type);
  return { ...error, params: { ...error.params, state: before.state, possible } };
}

function isPossible(before: CaseRecord, type: FollowingCommand["type"], acting: Acting): boolean {
  return permissions[type].from.includes(before.state) && isReady(before, type, acting.grant?.unitId);
}

function outcome({ draft, others, events, notices, facts, context }: Step): Decided {
  for (const changed of [draft, ...others]) {
    const category = context.category(changed.categoryId);
    if (category) changed.soonAt = dueSoonAt(changed, context.calendarOf(category));
  }
  return { ok: true, record: draft, others, events, notices, facts };
}

export type Allowed = { type: FollowingCommand["type"]; allowed: boolean; why?: LingeError };

/** Every command that this actor's roles know, and whether the case allows it now; refused ones say why. */
export function allowedCommands(before: CaseRecord, actor: Actor): Allowed[] {
  const answers = (Object.keys(permissions) as FollowingCommand["type"][]).map((type): Allowed => {
    const acting = actingAs(before, type, actor);
    if (isError(acting)) return { type, allowed: false, why: acting };
    if (isPossible(before, type, acting)) return { type, allowed: true };
    return {
      type,
      allowed: false,
      why: notPossible(before, type),
    };
  });
  return answers.filter((answer) => answer.why?.code !== "notAllowed");
}
