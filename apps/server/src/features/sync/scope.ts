import type { Actor } from "@linge/domain/access/scope.ts";
import { endedStates } from "@linge/domain/case/state.ts";
import { levelOfCode, prefixOfCode } from "@linge/domain/territory/code.ts";
import type { Reach, Scope } from "@linge/sync/scope/scope.ts";
import { sql, type RawBuilder } from "kysely";
import { phoneRoles, recordCap, type RecordKind } from "./rules.ts";

/** Above a community a leader carries figures, not everybody's records. */
const tooWide: ReadonlySet<string | undefined> = new Set(["city", "county", "township"]);

/** What this person's phone may hold. */
export function scopeOfActor(actor: Actor): Scope {
  const reaches = actor.grants.flatMap((grant): Reach[] => {
    const rule = phoneRoles[grant.role];
    if (!rule || !(grant.unitId || grant.area)) return [];
    if (grant.role === "gridLeader" && grant.area && tooWide.has(levelOfCode(grant.area))) return [];
    return [grant.unitId ? { unitId: grant.unitId, ...rule } : { area: prefixOfCode(grant.area!), ...rule }];
  });
  return { worker: actor.id, reaches, cap: recordCap };
}

const anyOf = (parts: RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length ? sql`(${sql.join(parts, sql` or `)})` : sql`false`;

const reachesOf = ({ reaches }: Scope, kind: RecordKind): readonly Reach[] =>
  reaches.filter(({ kinds }) => !kinds || kinds.includes(kind));

export const endedCase = sql`c.state in (${sql.join(endedStates)})`;
export const endedVisit = sql`v.state <> 'due'`;

/** The scope as a condition on `cases c`: the same rule as `inScope`. Ended work counts its days from its last change. */
export function inScopeSql(scope: Scope, now: number): RawBuilder<unknown> {
  return anyOf(
    reachesOf(scope, "case").map(({ area, unitId, confidential, endedDays }) => {
      const since = new Date(now - endedDays * 86_400_000).toISOString();
      const where = unitId ? sql`c.unit_ids @> array[${unitId}]::text[]` : sql`c.area_code ^@ ${area}`;
      const open = confidential ? sql`` : sql`and c.visibility <> 'confidential'`;
      return sql`(${where} ${open} and (not ${endedCase} or c.updated_at > ${since}))`;
    }),
  );
}

/** The same for `visits v`; they lie in areas only. */
export function visitsInScopeSql(scope: Scope, now: number): RawBuilder<unknown> {
  return anyOf(
    reachesOf(scope, "visit")
      .filter(({ area }) => area !== undefined)
      .map(({ area, endedDays }) => {
        const since = new Date(now - endedDays * 86_400_000).toISOString();
        return sql`(v.area_code ^@ ${area} and (not ${endedVisit} or v.updated_at > ${since}))`;
      }),
  );
}

/** Whether a changed record `s` was ever within the scope's reach: then the phone may have it, and has to let it go. */
export function everReachedSql(scope: Scope, kind: RecordKind): RawBuilder<unknown> {
  return anyOf(
    reachesOf(scope, kind).map(({ area, unitId }) =>
      unitId
        ? sql`s.reached @> array[${unitId}]::text[]`
        : sql`exists (select 1 from unnest(s.reached) as r(code) where r.code ^@ ${area})`,
    ),
  );
}

/** Urgency: open work by its promise, then ended work with the latest first. */
export const caseRankSql = sql<number>`(case when not ${endedCase} then extract(epoch from coalesce(c.due_at, c.reported_at))
  else 100000000000 - extract(epoch from c.updated_at) end)::float8`;
export const visitRankSql = sql<number>`(case when not ${endedVisit} then extract(epoch from v.due_on)
  else 100000000000 - extract(epoch from v.updated_at) end)::float8`;
