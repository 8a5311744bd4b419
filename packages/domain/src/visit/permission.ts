import { gridRoles } from "../access/role.ts";
import { grantFor, type Actor, type Grant } from "../access/scope.ts";

/** The grant by which somebody keeps visits of an area: grid staff only, where their grids are. */
export function visitGrant(actor: Actor, areaCode: string): Grant | undefined {
  return grantFor(actor, gridRoles, { areaCode, unitIds: [] });
}
