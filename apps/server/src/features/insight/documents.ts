import { usualBudget } from "@linge/domain/insight/budget.ts";
import { usualOptions, type ScanOptions } from "@linge/domain/insight/options.ts";
import { usualSchedule, type ReportSchedule } from "@linge/domain/insight/schedule.ts";
import { censusResidents } from "@linge/domain/insight/residents.ts";
import type { Residents } from "@linge/domain/insight/residents.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";

/** What an operator sets for early warning; every save is a new version. */
export type InsightDocuments = {
  alarmBudget: { perMonth: number };
  scanOptions: ScanOptions;
  reportSchedule: ReportSchedule;
  residents: Residents[];
};
export type InsightKind = keyof InsightDocuments;

const usual: InsightDocuments = {
  alarmBudget: { perMonth: usualBudget },
  scanOptions: usualOptions,
  reportSchedule: usualSchedule,
  residents: censusResidents,
};

type Where = { db: Kysely<DB>; cityId: string };

/** The newest version of a document, or what a new city begins with. */
export async function currentDocument<K extends InsightKind>(
  { db, cityId }: Where,
  kind: K,
): Promise<InsightDocuments[K]> {
  const row = await db
    .selectFrom("settings")
    .select("document")
    .where("city_id", "=", cityId)
    .where("kind", "=", kind)
    .orderBy("version", "desc")
    .executeTakeFirst();
  return (row?.document as InsightDocuments[K] | undefined) ?? usual[kind];
}

/** Keeps the next version; earlier ones stay. */
export async function saveDocument<K extends InsightKind>(
  db: Kysely<DB>,
  cityId: string,
  kind: K,
  document: InsightDocuments[K],
  by: string,
): Promise<void> {
  await sql`
    insert into settings (city_id, kind, version, document, saved_by)
    select ${cityId}, ${kind}, coalesce(max(version), 0) + 1, ${JSON.stringify(document)}::jsonb, ${by}::uuid
    from settings where city_id = ${cityId} and kind = ${kind}`.execute(db);
}
