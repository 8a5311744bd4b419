import type { Grant } from "@linge/domain/access/scope.ts";
import type { Role } from "@linge/domain/access/role.ts";

export type Room =
  | "cases"
  | "overview"
  | "insight"
  | "planning"
  | "phones"
  | "privacy"
  | "new"
  | "territory"
  | "settings"
  | "people"
  | "clients"
  | "account";

const leaders: readonly Role[] = ["gridLeader", "emergencyAuthority", "evaluator", "cityAdmin"];
const visitors: Partial<Record<Room, readonly Role[]>> = {
  overview: [...leaders, "dispatcher", "filingOfficer", "checker", "unitHandler", "auditor"],
  // Units that handle see the problems of the month, of which one may be theirs.
  insight: [...leaders, "dispatcher", "checker", "unitHandler"],
  planning: ["gridLeader", "cityAdmin", "gridWorker", "gridAdvisor"],
  phones: ["gridWorker", "gridLeader", "gridAdvisor", "checker", "unitHandler", "cityAdmin"],
  new: ["intakeClerk", "dispatcher", "filingOfficer", "gridWorker", "gridLeader"],
  privacy: ["privacyOfficer", "auditor", "cityAdmin"],
  territory: ["cityAdmin"],
  settings: ["cityAdmin"],
  people: ["cityAdmin"],
  clients: ["cityAdmin"],
};

/** Whether a room is there for somebody with these roles; one's own account always is. */
export function entersRoom(room: Room, grants: readonly Grant[]): boolean {
  return visitors[room]?.some((role) => grants.some((grant) => grant.role === role)) ?? true;
}

/** City administrators, evaluators and auditors read no cases by default. */
export function readsCases(grants: readonly Grant[]): boolean {
  const blind: readonly Role[] = ["cityAdmin", "evaluator", "auditor"];
  return grants.some((grant) => !blind.includes(grant.role));
}
