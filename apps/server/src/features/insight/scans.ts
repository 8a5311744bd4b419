import type { Looks } from "@linge/domain/insight/finding.ts";
import type { ScanOptions } from "@linge/domain/insight/options.ts";
import type { PastDay } from "@linge/domain/insight/replaying.ts";
import { sql, type Kysely } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { DB } from "../../platform/db/schema.ts";
import { dayName, dayNumber } from "./day.ts";

export type Purpose = "nightly" | "replay";

/** A scan of the city as of one day or many, cut into parts that workers share. */
export type Scan = {
  id: string;
  purpose: Purpose;
  firstDay: number;
  lastDay: number;
  since: number;
  options: ScanOptions;
  parts: string[];
  askedAt: string;
  finishedAt?: string;
  looks?: Looks;
  summary?: unknown;
};

type Where = { db: Kysely<DB>; cityId: string };
type Row = {
  id: string;
  purpose: string;
  first_day: string;
  last_day: string;
  since: string;
  options: unknown;
  parts: string[];
  asked_at: string;
  finished_at: string | null;
  looks: unknown;
  summary: unknown;
};

const scanOf = (row: Row): Scan => ({
  id: row.id,
  purpose: row.purpose as Purpose,
  firstDay: dayNumber(row.first_day),
  lastDay: dayNumber(row.last_day),
  since: dayNumber(row.since),
  options: row.options as ScanOptions,
  parts: row.parts,
  askedAt: row.asked_at,
  finishedAt: row.finished_at ?? undefined,
  looks: (row.looks as Looks | null) ?? undefined,
  summary: row.summary ?? undefined,
});

export async function insertScan(tx: Tx, cityId: string, scan: Scan): Promise<void> {
  await tx
    .insertInto("insight_scans")
    .values({
      city_id: cityId,
      id: scan.id,
      purpose: scan.purpose,
      first_day: dayName(scan.firstDay),
      last_day: dayName(scan.lastDay),
      since: dayName(scan.since),
      options: JSON.stringify(scan.options),
      parts: scan.parts,
      asked_at: scan.askedAt,
    })
    .execute();
}

export async function scanById({ db, cityId }: Where, id: string): Promise<Scan | undefined> {
  const row = await db
    .selectFrom("insight_scans")
    .selectAll()
    .where("city_id", "=", cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && scanOf(row as Row);
}

/** The newest scan of a purpose; only among those that ended, if asked so. Without its summary, which may be long. */
export async function newestScan({ db, cityId }: Where, purpose: Purpose, ended: boolean): Promise<Scan | undefined> {
  const found = await sql<Row>`
    select id, purpose, first_day, last_day, since, options, parts, asked_at, finished_at, looks, null as summary
    from insight_scans where city_id = ${cityId} and purpose = ${purpose} ${ended ? sql`and finished_at is not null` : sql``}
    order by id desc limit 1`.execute(db);
  return found.rows[0] && scanOf(found.rows[0]);
}

/** Keeps what a part found. @returns whether it was the last one; the scan stays locked until the transaction ends */
export async function keepPart(
  tx: Tx,
  cityId: string,
  scanId: string,
  part: { part: string; days: PastDay[]; looks: Looks; seconds: number },
): Promise<boolean> {
  const locked = await sql<{ parts: string[] }>`
    select parts from insight_scans where city_id = ${cityId} and id = ${scanId} for update`.execute(tx);
  await tx
    .insertInto("insight_scan_parts")
    .values({
      city_id: cityId,
      scan_id: scanId,
      part: part.part,
      days: JSON.stringify(part.days),
      looks: JSON.stringify(part.looks),
      seconds: part.seconds,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await sql<{ parts: number }>`
    select count(*)::int as parts from insight_scan_parts where city_id = ${cityId} and scan_id = ${scanId}`.execute(
    tx,
  );
  return kept.rows[0]!.parts >= (locked.rows[0]?.parts.length ?? Infinity);
}

/** Everything that the parts of a scan found, day by day, and how many streams were looked at. */
export async function partsOf(
  { db, cityId }: Where,
  scan: Scan,
): Promise<{ days: PastDay[]; looks: Looks; seconds: number }> {
  const rows = await db
    .selectFrom("insight_scan_parts")
    .select(["days", "looks", "seconds"])
    .where("city_id", "=", cityId)
    .where("scan_id", "=", scan.id)
    .orderBy("part")
    .execute();
  const looks: Looks = { where: 0, howMuch: 0 };
  let seconds = 0;
  const days = Array.from({ length: scan.lastDay - scan.firstDay + 1 }, (_, i): PastDay => ({
    day: scan.firstDay + i,
    findings: [],
  }));
  for (const row of rows) {
    const own = row.looks as Looks;
    looks.where += own.where;
    looks.howMuch += own.howMuch;
    seconds += row.seconds;
    for (const { day, findings } of row.days as PastDay[]) days[day - scan.firstDay]!.findings.push(...findings);
  }
  return { days, looks, seconds };
}

/** Ends a scan with what came of it; its parts are not needed any more. */
export async function endScan(
  tx: Tx,
  cityId: string,
  id: string,
  ended: { at: string; looks: Looks; summary: unknown },
): Promise<void> {
  await tx
    .updateTable("insight_scans")
    .set({ finished_at: ended.at, looks: JSON.stringify(ended.looks), summary: JSON.stringify(ended.summary) })
    .where("city_id", "=", cityId)
    .where("id", "=", id)
    .execute();
  await tx.deleteFrom("insight_scan_parts").where("city_id", "=", cityId).where("scan_id", "=", id).execute();
}
