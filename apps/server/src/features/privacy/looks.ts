import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { Actor } from "@linge/domain/access/scope.ts";
import type { Role } from "@linge/domain/access/role.ts";
import type { Look, LookPurpose } from "@linge/domain/privacy/look.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";

/** Who may read the access record: those who protect people's data, and those who audit. */
export const recordReaders: readonly Role[] = ["privacyOfficer", "auditor"];

/** Areas of a reader of the record, as a condition on the alias `r` of a table with `area_code`. */
export function inOversight(actor: Actor): RawBuilder<boolean> {
  const parts = actor.grants.flatMap(({ role, area }) =>
    recordReaders.includes(role) && area ? [sql<boolean>`r.area_code ^@ ${prefixOfCode(area)}`] : [],
  );
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`;
}

type Row = {
  id: string;
  at: string;
  person_id: string;
  role: string;
  unit_id: string | null;
  kind: string;
  subject: string;
  area_code: string;
  purpose: string;
  note: string | null;
  refused: string | null;
  ended_at: string | null;
};

export function lookOf(row: Row): Look {
  return {
    id: row.id,
    at: row.at,
    personId: row.person_id,
    role: row.role,
    unitId: row.unit_id ?? undefined,
    kind: row.kind,
    subject: row.subject,
    areaCode: row.area_code,
    purpose: row.purpose as LookPurpose,
    note: row.note ?? undefined,
    refused: row.refused ?? undefined,
    endedAt: row.ended_at ?? undefined,
  };
}

/** A look as the one concerned sees it: no name of anybody, and whether he objected. */
export type OwnLook = Omit<Look, "personId" | "areaCode" | "kind" | "endedAt" | "refused"> & {
  number?: string;
  objection?: { at: string; dueAt: string; outcome?: string; answer?: string };
};

/** Looks at somebody's own cases, newest first. */
export async function looksAt(house: House, caseIds: readonly string[], most = 200): Promise<OwnLook[]> {
  if (!caseIds.length) return [];
  const found = await sql<
    Row & {
      number: string | null;
      objected: string | null;
      due_at: string | null;
      outcome: string | null;
      answer: string | null;
    }
  >`
    select r.*, c.number, q.at as objected, q.due_at, q.outcome, q.answer from access_records r
    left join cases c on c.city_id = r.city_id and c.id = r.subject
    left join data_requests q on q.city_id = r.city_id and q.case_id = r.subject and q.look_id = r.id
    where r.city_id = ${house.cityId} and r.subject = any(${caseIds}::uuid[]) and r.refused is null
    order by r.at desc limit ${most}`.execute(house.db);
  return found.rows.map((row) => {
    const { id, at, role, unitId, subject, purpose, note } = lookOf(row);
    const objection = row.objected
      ? { at: row.objected, dueAt: row.due_at!, outcome: row.outcome ?? undefined, answer: row.answer ?? undefined }
      : undefined;
    return { id, at, role, unitId, subject, purpose, note, number: row.number ?? undefined, objection };
  });
}

/** A look as those who guard the record see it. */
export type ListedLook = Look & { person: string; number?: string };
export type LookFilter = { from?: string; to?: string; person?: string; refused?: boolean; before?: string };

/** The access record, newest first, a page at a time; `before` is the time of the last row of the page before. */
export async function listLooks(
  house: House,
  actor: Actor,
  filter: LookFilter,
): Promise<{ items: ListedLook[]; next?: string }> {
  const conditions = [sql`r.city_id = ${house.cityId}`, inOversight(actor)];
  if (filter.from) conditions.push(sql`r.at >= ${filter.from}`);
  if (filter.to) conditions.push(sql`r.at < ${filter.to}`);
  if (filter.before) conditions.push(sql`r.at < ${filter.before}`);
  if (filter.person) conditions.push(sql`r.person_id = ${filter.person}`);
  if (filter.refused) conditions.push(sql`r.refused is not null`);
  const page = 100;
  const found = await sql<Row & { person: string | null; number: string | null }>`
    select r.*, p.name as person, c.number from (
      select * from access_records r where ${sql.join(conditions, sql` and `)} order by r.at desc, r.id limit ${page + 1}) r
    left join people p on p.city_id = r.city_id and p.id = r.person_id
    left join cases c on c.city_id = r.city_id and c.id = r.subject order by r.at desc, r.id`.execute(house.db);
  const items = found.rows
    .slice(0, page)
    .map((row) => ({ ...lookOf(row), person: row.person ?? "", number: row.number ?? undefined }));
  return { items, next: found.rows.length > page ? items.at(-1)!.at : undefined };
}
