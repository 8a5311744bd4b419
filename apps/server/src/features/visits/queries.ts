import type { Actor } from "@linge/domain/access/scope.ts";
import { gridRoles } from "@linge/domain/access/role.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { FieldDocument } from "@linge/sync/merge/document.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { namesOfArea } from "../territory/names.ts";

export type VisitRow = {
  id: string;
  areaCode: string;
  areaName: { zh: string; en: string };
  document: FieldDocument;
  version: number;
  conflicts: number;
  /** Names of those who said something in it, by id. */
  names: Record<string, string>;
};

/** Visits where an actor looks after grids, as a condition on `visits v`. */
export function visitScope(actor: Actor): RawBuilder<boolean> {
  const parts = actor.grants
    .filter(({ role, area }) => gridRoles.includes(role) && area)
    .map(({ area }) => sql<boolean>`v.area_code ^@ ${prefixOfCode(area!)}`);
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`;
}

/** Who said anything in these documents. */
export function claimants(documents: readonly FieldDocument[]): string[] {
  const ids = documents.flatMap(({ fields }) =>
    Object.values(fields).flatMap(({ by, claims }) => [by, ...(claims ?? []).map((claim) => claim.by)]),
  );
  return [...new Set(ids)];
}

/** Names of staff by id. */
export async function namesOf(house: House, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const found = await sql<{ id: string; name: string }>`
    select id, name from people where city_id = ${house.cityId} and id = any(${[...ids]}::uuid[])`.execute(house.db);
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}

/** Of all names those that stand in a document. */
export function namesIn(document: FieldDocument, names: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(claimants([document]).flatMap((id) => (names.has(id) ? [[id, names.get(id)!]] : [])));
}

const mostListed = 200;
export type VisitFilter = "conflicts" | "due" | "visited";

const filters: Record<VisitFilter, RawBuilder<boolean>> = {
  conflicts: sql`v.conflicts > 0`,
  due: sql`v.state = 'due'`,
  visited: sql`v.state = 'visited'`,
};
const orders: Record<VisitFilter, RawBuilder<unknown>> = {
  conflicts: sql`v.updated_at desc`,
  due: sql`v.due_on, v.id`,
  visited: sql`v.updated_at desc`,
};

/** Visits of the actor's grids: those with two values first to be settled, those due, or those made. */
export async function listVisits(house: House, actor: Actor, filter: VisitFilter): Promise<VisitRow[]> {
  const found = await sql<{
    id: string;
    area_code: string;
    document: FieldDocument;
    version: number;
    conflicts: number;
  }>`
    select v.id, v.area_code, v.document, v.version, v.conflicts from visits v
    where v.city_id = ${house.cityId} and ${filters[filter]} and ${visitScope(actor)}
    order by ${orders[filter]} limit ${mostListed}`.execute(house.db);
  const names = await namesOf(house, claimants(found.rows.map(({ document }) => document)));
  return found.rows.map(({ area_code, ...row }) => {
    return {
      ...row,
      areaCode: area_code,
      areaName: namesOfArea(house, area_code),
      names: namesIn(row.document, names),
    };
  });
}
