import type { Bytes } from "@linge/tlog";
import { sql, type Kysely } from "kysely";
import type { OpenDatabase } from "../../platform/db/database.ts";
import type { DB } from "../../platform/db/schema.ts";
import type { Found } from "./auditCases.ts";
import { auditEntries, type Known } from "./auditEntries.ts";
import { auditPages } from "./auditTeam.ts";

export type { Found } from "./auditCases.ts";
/** What an audit looked at. */
export type Audited = { entries: number; cases: number; root: Bytes };

/** Subjects looked at in one go: memory stays that of a few pages. */
const page = 2_048;

/**
 * The whole log against the database: every entry against its row, every checkpoint against its signature and the entries,
 * every row against what opens it, every case and document against its facts.
 */
export async function auditLedger(
  city: Pick<OpenDatabase, "db" | "cityId" | "address">,
  known: Known,
  report: (found: Found) => void,
): Promise<Audited> {
  let cases = 0;
  // Side by side: one waits for the database while the other reckons.
  const [log] = await Promise.all([
    auditEntries(city.db, city.cityId, known, report),
    auditPages(city, subjects(city.db, city.cityId), (audited) => {
      cases += audited.cases;
      audited.found.forEach(report);
    }),
  ]);
  return { ...log, cases };
}

/** Ids of all cases and other subjects that the database or the log knows, in pages. */
async function* subjects(db: Kysely<DB>, cityId: string): AsyncGenerator<string[]> {
  let ids = await nextIds(db, cityId, "00000000-0000-0000-0000-000000000000");
  while (ids.length) {
    yield ids;
    ids = await nextIds(db, cityId, ids.at(-1)!);
  }
}

/** Ids of the next cases that the database or the log knows, in order. */
async function nextIds(db: Kysely<DB>, cityId: string, after: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from (
      (select id from cases where city_id = ${cityId} and id > ${after}::uuid order by id limit ${page}) union
      (select distinct subject as id from ledger_leaves where city_id = ${cityId} and subject > ${after}::uuid order by subject limit ${page})) known
    order by id limit ${page}`.execute(db);
  return found.rows.map((row) => row.id);
}
