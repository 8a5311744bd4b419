import { isWithin } from "../territory/code.ts";
import { refuse, type LingeError } from "../error/catalogue.ts";
import type { Actor, Grant } from "./scope.ts";

/** Where a unit is; nothing for a unit that does not exist. */
export type AreaOfUnit = (unitId: string) => string | undefined;

const areaOf = (grant: Grant, areaOfUnit: AreaOfUnit): string | undefined =>
  grant.unitId === undefined ? grant.area : areaOfUnit(grant.unitId);

/** Whether an administrator's reach holds everything that a grant gives. */
function reaches(actor: Actor, grant: Grant, areaOfUnit: AreaOfUnit): boolean {
  const area = areaOf(grant, areaOfUnit);
  return actor.grants.some(
    (own) => own.role === "cityAdmin" && own.area !== undefined && area !== undefined && isWithin(area, own.area),
  );
}

/** A right has one reach: a unit for those who handle its cases, a part of the territory for everybody else. */
function hasReach({ role, area, unitId }: Grant): boolean {
  if (role === "resident") return false;
  return role === "unitHandler"
    ? unitId !== undefined && area === undefined
    : area !== undefined && unitId === undefined;
}

/**
 * Why an administrator may not give a right to somebody; nothing when he may. Nobody gives himself a right: reading
 * cases takes a second person's word.
 */
export function whyNotGrant(
  actor: Actor,
  personId: string,
  grant: Grant,
  areaOfUnit: AreaOfUnit,
): LingeError | undefined {
  if (actor.id === personId) return refuse("ownRights", {});
  if (!hasReach(grant)) return refuse("wrongReach", {});
  return reaches(actor, grant, areaOfUnit) ? undefined : refuse("outOfScope", {});
}

/**
 * Why an administrator may not change somebody's account; nothing when he may. All that the person may do has to lie
 * within his own reach, else a county could take over the city.
 */
export function whyNotManage(actor: Actor, grants: readonly Grant[], areaOfUnit: AreaOfUnit): LingeError | undefined {
  return grants.every((grant) => reaches(actor, grant, areaOfUnit)) ? undefined : refuse("outOfScope", {});
}
