import type { Role } from "@linge/domain/access/role.ts";
import { covers, type Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { Refusal } from "../../platform/http/refusal.ts";

export const planners: readonly Role[] = ["gridLeader", "cityAdmin"];
export const readers: readonly Role[] = [...planners, "gridWorker", "gridAdvisor"];

/** A planner plans what he keeps. @throws Refusal outOfScope */
export function mustKeep(actor: Actor, area: string): void {
  if (!actor.grants.some((grant) => covers(grant, { areaCode: area, unitIds: [] })))
    throw new Refusal(refuse("outOfScope", {}));
}

/** Whoever keeps an area, a part of it or more than it takes an interest in its plans. */
export function concerns(actor: Actor, area: string): boolean {
  return actor.grants.some(
    (grant) =>
      covers(grant, { areaCode: area, unitIds: [] }) ||
      (grant.area !== undefined && grant.area.startsWith(prefixOfCode(area))),
  );
}

/** @throws Refusal outOfScope */
export function mustConcern(actor: Actor, area: string): void {
  if (!concerns(actor, area)) throw new Refusal(refuse("outOfScope", {}));
}

export const isPlanner = (actor: Actor): boolean => actor.grants.some(({ role }) => planners.includes(role));
