import type { Actor } from "@linge/domain/access/scope.ts";
import { endedStates } from "@linge/domain/case/state.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { Reach, Scope } from "@linge/sync/scope/scope.ts";
import { sql, type RawBuilder } from "kysely";
import { phoneRoles, recordCap } from "./rules.ts";

/** What this person's phone may hold. */
export function scopeOfActor(actor: Actor): Scope {
  const reaches = actor.grants.flatMap((grant): Reach[] => {
    const rule = phoneRoles[grant.role];
    if (!rule || !(grant.unitId || grant.area)) return [];
    return [grant.unitId ? { unitId: grant.unitId, ...rule } : { area: prefixOfCode(grant.area!), ...rule }];
  });
  return { worker: actor.id, reaches, cap: recordCap };
}

const ended = sql`c.state in (${sql.join(endedStates)})`;

const anyOf = (parts: RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length ? sql`(${sql.join(parts, sql` or `)})` : sql`false`;

/** The scope as a condition on `cases c`: the same rule as `inScope`. Ended work counts its days from its last change. */
export function inScopeSql({ reaches }: Scope, now: number): RawBuilder<unknown> {
  return anyOf(
    reaches.map(({ area, unitId, confidential, endedDays }) => {
      const since = new Date(now - endedDays * 86_400_000).toISOString();
      const where = unitId ? sql`c.unit_ids @> array[${unitId}]::text[]` : sql`c.area_code like ${`${area}%`}`;
      const open = confidential ? sql`` : sql`and c.visibility <> 'confidential'`;
      return sql`(${where} ${open} and (not ${ended} or c.updated_at > ${since}))`;
    }),
  );
}

/** Whether a changed record `s` was ever within the scope's reach: then the phone may have it, and has to let it go. */
export function everReachedSql({ reaches }: Scope): RawBuilder<unknown> {
  return anyOf(
    reaches.map(({ area, unitId }) =>
      unitId
        ? sql`s.reached @> array[${unitId}]::text[]`
        : sql`exists (select 1 from unnest(s.reached) as r(code) where r.code like ${`${area}%`})`,
    ),
  );
}

/** Urgency: open work by its promise, then ended work with the latest first. */
export const rankSql = sql<number>`(case when not ${ended} then extract(epoch from coalesce(c.due_at, c.reported_at))
  else 100000000000 - extract(epoch from c.updated_at) end)::float8`;
