import { covers, type Actor, type Grant } from "@linge/domain/access/scope.ts";
import type { Role } from "@linge/domain/access/role.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { sql, type RawBuilder } from "kysely";

/** Roles that read cases of their area or unit. City administrators, evaluators and auditors do not by default. */
export const caseReaders: readonly Role[] = [
  "gridWorker",
  "gridLeader",
  "gridAdvisor",
  "intakeClerk",
  "filingOfficer",
  "dispatcher",
  "unitHandler",
  "checker",
  "emergencyAuthority",
  "privacyOfficer",
];
/** Confidential cases (the conduct of officials) are for those who file and dispatch, and the unit that handles. */
const confidentialReaders: readonly Role[] = ["filingOfficer", "dispatcher", "unitHandler", "privacyOfficer"];

const readers = (visibility: string): readonly Role[] =>
  visibility === "confidential" ? confidentialReaders : caseReaders;

/** Whether somebody may open a case. */
export function seesCase(actor: Actor, record: CaseRecord): boolean {
  return grantSeeing(actor, record) !== undefined;
}

/** The first grant under which somebody may open a case. */
export function grantSeeing(actor: Actor, record: CaseRecord): Grant | undefined {
  const unitIds = [
    ...record.orders.map((order) => order.unitId),
    ...record.whistleCalls.flatMap((call) => call.units.map((unit) => unit.unitId)),
  ];
  return actor.grants.find(
    (grant) => readers(record.visibility).includes(grant.role) && covers(grant, { areaCode: record.areaCode, unitIds }),
  );
}

function reach(grants: readonly Grant[]): RawBuilder<boolean> {
  const parts = grants.flatMap((grant) => {
    if (grant.unitId) return [sql<boolean>`unit_ids @> array[${grant.unitId}]::text[]`];
    if (grant.area) return [sql<boolean>`area_code ^@ ${prefixOfCode(grant.area)}`];
    return [];
  });
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`;
}

/** Parts of the territory and units whose cases of one kind somebody reads. */
export type Reach = { audience: "usual" | "confidential"; prefixes: string[]; units: string[] };

/** What somebody reads, as data; areas within areas that he has anyway are left out. */
export function reachesOf(actor: Actor): Reach[] {
  const reachWith = (audience: Reach["audience"], roles: readonly Role[]): Reach => {
    const grants = actor.grants.filter((grant) => roles.includes(grant.role));
    const prefixes = grants.flatMap((grant) => (grant.area && !grant.unitId ? [prefixOfCode(grant.area)] : []));
    const widest = prefixes.filter((each) => !prefixes.some((other) => other !== each && each.startsWith(other)));
    const units = grants.flatMap((grant) => grant.unitId ?? []);
    return { audience, prefixes: [...new Set(widest)].sort(), units: [...new Set(units)].sort() };
  };
  return [reachWith("usual", caseReaders), reachWith("confidential", confidentialReaders)];
}

/** The same rule as a condition on `cases`, for lists. */
export function scopeOf(actor: Actor): RawBuilder<boolean> {
  const usual = actor.grants.filter((grant) => caseReaders.includes(grant.role));
  const trusted = actor.grants.filter((grant) => confidentialReaders.includes(grant.role));
  return sql<boolean>`((visibility <> 'confidential' and ${reach(usual)}) or (visibility = 'confidential' and ${reach(trusted)}))`;
}
