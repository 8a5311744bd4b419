import type { Grant } from "@linge/domain/access/scope.ts";
import type { Role } from "@linge/domain/access/role.ts";

const desk: readonly Role[] = ["dispatcher", "filingOfficer"];
const grid: readonly Role[] = ["gridWorker", "gridLeader", "gridAdvisor"];
const deciding: readonly Role[] = ["dispatcher", "unitHandler"];

/** Whose work each queue is, in the order in which a day goes; those below the line are looked at by everybody. */
const workers: [queue: string, roles: readonly Role[]][] = [
  ["new", [...desk, "intakeClerk"]],
  ["verifying", [...desk, ...grid]],
  ["toDispatch", ["dispatcher"]],
  ["toAccept", deciding],
  ["inHand", deciding],
  ["whistleCalls", [...deciding, ...grid]],
  ["objections", deciding],
  ["approvals", deciding],
  ["reopenings", deciding],
  ["toCheck", [...deciding, "checker", ...grid]],
  ["toTell", [...desk, "intakeClerk", "checker"]],
];
export const watched = ["dueSoon", "overdue", "open", "all"];

/** The queues that somebody with these roles works off. */
export function ownQueues(grants: readonly Grant[]): string[] {
  const own = workers.filter(([, roles]) => grants.some((grant) => roles.includes(grant.role)));
  return own.map(([queue]) => queue);
}
