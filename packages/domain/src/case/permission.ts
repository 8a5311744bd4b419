import { grantFor, type Actor, type Grant } from "../access/scope.ts";
import type { Role } from "../access/role.ts";
import { refuse, type LingeError } from "../error/catalogue.ts";
import type { FollowingCommand } from "./command.ts";
import { isReady } from "./readiness.ts";
import { concernedUnits, standingOrders, type CaseRecord } from "./record.ts";
import { caseStates, isEnded, type CaseState } from "./state.ts";

type FollowingType = FollowingCommand["type"];

/** Who may give a command, in which states; `outside`: nobody of a unit that works on the case. */
export type Permission = { from: readonly CaseState[]; roles: readonly Role[]; reporter?: true; outside?: true };

const grid: readonly Role[] = ["gridWorker", "gridLeader"];
const desk: readonly Role[] = ["dispatcher", "filingOfficer"];
const anyone: readonly Role[] = ["intakeClerk", ...desk, ...grid, "unitHandler", "checker"];
const open = caseStates.filter((state) => !isEnded(state));
const atWork: readonly CaseState[] = ["dispatched", "accepted", "handling"];
const started: readonly CaseState[] = ["filed", ...atWork, "responded", "checking"];
const ended: readonly CaseState[] = ["closed", "followedUp"];
const early: readonly CaseState[] = ["reported", "verifying"];

/** The whole table of rights over a case. `report` has no row: anyone may report. */
export const permissions: Record<FollowingType, Permission> = {
  requestVerification: { from: ["reported"], roles: ["intakeClerk", ...desk] },
  verify: { from: early, roles: grid },
  file: { from: early, roles: desk },
  decline: { from: [...early, "filed"], roles: ["filingOfficer"] },
  redirect: { from: [...early, "filed"], roles: desk },
  dispatch: { from: ["filed"], roles: ["dispatcher"] },
  addAssist: { from: atWork, roles: ["dispatcher"] },
  accept: { from: ["dispatched", "accepted", "handling"], roles: ["unitHandler"] },
  contact: { from: ["accepted", "handling"], roles: ["unitHandler"] },
  startHandling: { from: ["accepted", "handling"], roles: ["unitHandler"] },
  respond: { from: ["accepted", "handling"], roles: ["unitHandler"] },
  object: { from: ["dispatched"], roles: ["unitHandler"] },
  decideObjection: { from: atWork, roles: ["dispatcher"], outside: true },
  requestExtension: { from: atWork, roles: ["unitHandler"] },
  decideExtension: { from: atWork, roles: ["dispatcher"], outside: true },
  requestSuspension: { from: atWork, roles: ["unitHandler"] },
  decideSuspension: { from: atWork, roles: ["dispatcher"], outside: true },
  resume: { from: atWork, roles: ["dispatcher", "unitHandler"] },
  requestCheck: { from: ["responded"], roles: ["dispatcher", "checker"], outside: true },
  check: { from: ["responded", "checking"], roles: ["checker", "dispatcher", ...grid], outside: true },
  inform: { from: caseStates, roles: ["intakeClerk", "checker", ...desk, ...grid] },
  confirmResolved: { from: ["responded", "checking"], roles: [], reporter: true },
  rate: { from: ended, roles: [], reporter: true },
  followUp: { from: ["closed"], roles: ["checker", "intakeClerk"], outside: true },
  requestReopening: { from: [...ended, "declined", "redirected"], roles: ["intakeClerk", ...grid], reporter: true },
  decideReopening: { from: [...ended, "declined", "redirected"], roles: ["dispatcher"], outside: true },
  archive: { from: ended, roles: desk },
  correctCategory: { from: [...open, ...ended], roles: ["intakeClerk", ...desk] },
  correctPlace: { from: open, roles: ["intakeClerk", ...desk, ...grid] },
  addInformation: { from: open, roles: anyone, reporter: true },
  addInternalNote: { from: [...open, ...ended], roles: anyone },
  withdraw: { from: open, roles: [], reporter: true },
  void: { from: open, roles: ["filingOfficer"] },
  mergeInto: { from: [...early, ...started], roles: desk },
  unmerge: { from: ["duplicate"], roles: desk },
  split: { from: [...early, ...started], roles: desk },
  whistleCall: { from: open, roles: [...grid, "dispatcher"] },
  answerWhistleCall: { from: open, roles: ["unitHandler"] },
  publish: { from: [...started, ...ended], roles: desk },
  unpublish: { from: [...started, ...ended], roles: desk },
  removeIdentity: {
    from: ["closed", "followedUp", "archived", "declined", "redirected", "voided", "duplicate"],
    roles: ["privacyOfficer"],
    reporter: true,
  },
  // Only time does this: nobody has a button for it.
  cutRatingLink: { from: caseStates, roles: [] },
  undo: { from: caseStates, roles: desk },
};

export type Acting = { role: Role | "reporter" | "system"; grant?: Grant };

/** Units whose people are inside the case: they never judge their own work. */
export function unitsInside(record: CaseRecord): string[] {
  return standingOrders(record).map((order) => order.unitId);
}

function isReporter(record: CaseRecord, actor: Actor): boolean {
  if (actor.kind === "anonymous") return actor.id === `link:${record.id}`;
  return actor.kind === "resident" && record.reporter?.residentId === actor.id;
}

/** As what the actor may give the command, or why not. States are not looked at here. */
export function actingAs(record: CaseRecord, type: FollowingType, actor: Actor): Acting | LingeError {
  const { roles, reporter, outside } = permissions[type];
  if (actor.kind === "system") return { role: "system" };
  if (reporter && isReporter(record, actor)) return { role: "reporter" };
  if (!actor.grants.some((grant) => roles.includes(grant.role))) return refuse("notAllowed", {});
  const grant = grantFor(actor, roles, { areaCode: record.areaCode, unitIds: concernedUnits(record) });
  if (!grant) return refuse("outOfScope", {});
  if (outside && actor.grants.some((each) => each.unitId && unitsInside(record).includes(each.unitId)))
    return refuse("sameUnit", {});
  return { role: grant.role, grant };
}

const isSomebodys = ({ roles, reporter }: Permission): boolean => roles.length > 0 || reporter === true;

/** Commands that the case allows as it stands, whoever gives them. */
export function possibleFor(record: CaseRecord): FollowingType[] {
  return (Object.keys(permissions) as FollowingType[]).filter(
    (type) => isSomebodys(permissions[type]) && permissions[type].from.includes(record.state) && isReady(record, type),
  );
}
