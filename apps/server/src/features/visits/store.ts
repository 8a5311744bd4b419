import { needsOf, visitState, type VisitValues } from "@linge/domain/visit/visit.ts";
import { conflictsOf, valuesOf, type FieldDocument } from "@linge/sync/merge/document.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { newId } from "../../platform/ids.ts";

/** A visit as it is kept: its fields with who said what, and where it is. */
export type Visit = { id: string; areaCode: string; document: FieldDocument; madeBy: string };

/** A decided edit of a visit, ready to be written. */
export type VisitChange = {
  commandId: string;
  actorId: string;
  at: string;
  visit: Visit;
  fields: string[];
  flagged: string[];
};

export const visitValues = ({ document }: Visit): VisitValues => valuesOf(document) as VisitValues;

function visitRow({ visit, at }: VisitChange) {
  const values = visitValues(visit);
  return {
    id: visit.id,
    area_code: visit.areaCode,
    state: visitState(values),
    due_on: values.dueOn,
    visited_on: values.visitedOn,
    conflicts: conflictsOf(visit.document).length,
    document: visit.document,
    version: visit.document.version,
    made_by: visit.madeBy,
    updated_at: at,
  };
}

/**
 * Writes edits in one statement: answers, visits as they stand after the last of them, and who changed what.
 * @throws a unique violation when one of the commands was already carried out
 */
export async function writeVisits(db: Kysely<DB>, cityId: string, changes: readonly VisitChange[]): Promise<void> {
  const commands = changes.map(({ commandId, actorId, at, visit }) => ({
    id: commandId,
    actor_id: actorId,
    at,
    answer: { version: visit.document.version },
  }));
  const last = new Map(changes.map((change) => [change.visit.id, visitRow(change)]));
  const events = changes.map(({ actorId, at, visit, fields, flagged }) => ({
    id: newId(),
    visit_id: visit.id,
    at,
    actor_id: actorId,
    data: { fields, flagged },
  }));
  await sql`
    with done as (
      insert into commands (city_id, id, actor_id, type, fingerprint, answer, at)
      select ${cityId}, id, actor_id, 'editVisit', ''::bytea, answer, at
      from jsonb_to_recordset(${JSON.stringify(commands)}::jsonb) as r(id uuid, actor_id text, answer jsonb, at timestamptz)
    ), v as (
      insert into visits (city_id, id, area_code, state, due_on, visited_on, conflicts, document, version, made_by, updated_at)
      select ${cityId}, id, area_code, state, due_on, visited_on, conflicts, document, version, made_by, updated_at
      from jsonb_to_recordset(${JSON.stringify([...last.values()])}::jsonb) as r(id uuid, area_code text, state text, due_on date,
        visited_on date, conflicts integer, document jsonb, version integer, made_by uuid, updated_at timestamptz)
      on conflict (city_id, id) do update set state = excluded.state, due_on = excluded.due_on, visited_on = excluded.visited_on,
        conflicts = excluded.conflicts, document = excluded.document, version = excluded.version, updated_at = excluded.updated_at
    )
    insert into visit_events (city_id, id, visit_id, type, at, actor_id, data)
    select ${cityId}, id, visit_id, 'edited', at, actor_id, data
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r(id uuid, visit_id uuid, at timestamptz, actor_id text, data jsonb)`.execute(
    db,
  );
}

/** Visits by id, locked until the transaction ends, in the order of their ids. */
export async function lockVisits(db: Kysely<DB>, cityId: string, ids: readonly string[]): Promise<Visit[]> {
  if (!ids.length) return [];
  const found = await sql<{ id: string; area_code: string; document: FieldDocument; made_by: string }>`
    select id, area_code, document, made_by from visits
    where city_id = ${cityId} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(db);
  return found.rows.map(({ area_code, made_by, ...row }) => ({ ...row, areaCode: area_code, madeBy: made_by }));
}

/** How many ask for what, of the visits given. */
export function countNeeds(visits: readonly Visit[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const visit of visits) for (const need of needsOf(visitValues(visit))) counts[need] = (counts[need] ?? 0) + 1;
  return counts;
}
