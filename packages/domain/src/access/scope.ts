import { prefixOfCode } from "../territory/code.ts";
import type { Role } from "./role.ts";

/** A right: a role in a part of the territory (administrative code, any length of prefix) or in a unit. */
export type Grant = { role: Role; area?: string; unitId?: string };

/** Whoever acts: staff with grants, a resident known by a code, someone without an account, or Linge itself. */
export type Actor = { id: string; kind: "staff" | "resident" | "anonymous" | "system"; grants: readonly Grant[] };

/** Where a thing is and which units work on it. */
export type Place = { areaCode: string; unitIds: readonly string[] };

/** Whether a grant reaches a place. A grant with neither area nor unit reaches nothing. */
export function covers(grant: Grant, place: Place): boolean {
  if (grant.unitId !== undefined) return place.unitIds.includes(grant.unitId);
  if (grant.area !== undefined) return place.areaCode.startsWith(prefixOfCode(grant.area));
  return false;
}

/** First grant of one of these roles that reaches the place. */
export function grantFor(actor: Actor, wanted: readonly Role[], place: Place): Grant | undefined {
  return actor.grants.find((grant) => wanted.includes(grant.role) && covers(grant, place));
}
