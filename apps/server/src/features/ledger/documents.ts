import { publicOf, type RecurringIssue } from "@linge/domain/issue/recurringIssue.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";

type Told = Record<string, unknown>;

/** How the database tells each kind of document that the ledger has facts about, other than cases. */
const nouns: ((db: Kysely<DB>, cityId: string, ids: readonly string[]) => Promise<{ id: string; told: Told }[]>)[] = [
  async (db, cityId, ids) => {
    const found = await sql<{ id: string; told: Told }>`
      select id, document as told from monthly_figures where city_id = ${cityId} and id = any(${ids}::uuid[])`.execute(
      db,
    );
    return found.rows;
  },
  async (db, cityId, ids) => {
    const found = await sql<{ id: string; told: Told }>`
      select id, jsonb_build_object('month', month, 'revision', revision, 'cells', cells) as told
      from open_releases where city_id = ${cityId} and id = any(${ids}::uuid[])`.execute(db);
    return found.rows;
  },
  async (db, cityId, ids) => {
    const found = await sql<{ id: string; record: RecurringIssue }>`
      select id, record from recurring_issues where city_id = ${cityId} and id = any(${ids}::uuid[])`.execute(db);
    return found.rows.map(({ id, record }) => ({ id, told: publicOf(record) }));
  },
  async (db, cityId, ids) => {
    const found = await sql<{ id: string; told: Told }>`
      select id, jsonb_strip_nulls(jsonb_build_object('area', area_code, 'name', name, 'assignment', assignment,
        'until', comments_until, 'from', adopted_from)) as told
      from grid_plans where city_id = ${cityId} and id = any(${ids}::uuid[])`.execute(db);
    return found.rows;
  },
];

/** What the database says today of documents that left facts in the log, by id. */
export async function documentsOf(db: Kysely<DB>, cityId: string, ids: readonly string[]): Promise<Map<string, Told>> {
  const found = await Promise.all(nouns.map((told) => told(db, cityId, ids)));
  return new Map(found.flat().map(({ id, told }) => [id, told]));
}
