import type { Bytes, Fact, ToldCase, ToldEvent, Words } from "@linge/tlog";
import { standingOrders, type CaseRecord } from "@linge/domain/case/record.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";

/** A leaf as the database has it; `index` is missing while it waits for its place. */
export type LeafRow = {
  subject: string;
  index?: number;
  fact?: Fact;
  words?: Words | null;
  salt?: string;
  commitment: Bytes;
};

type Row = {
  subject: string;
  seq: number | null;
  kind: string;
  at: string;
  data: Record<string, unknown> | null;
  words: Words | null;
  salt: Buffer | null;
  commitment: Buffer;
};

export function leafRow({ subject, seq, kind, at, data, words, salt, commitment }: Row): LeafRow {
  return {
    subject,
    index: seq ?? undefined,
    fact: data ? { kind, subject, at, data } : undefined,
    words,
    salt: salt?.toString("hex"),
    commitment: Uint8Array.from(commitment),
  };
}

/** The leaves of cases, in the order of the log; those that wait come last. */
export async function leavesOf(db: Kysely<DB>, cityId: string, caseIds: readonly string[]): Promise<LeafRow[]> {
  const found = await sql<Row>`
    select subject, seq, kind, at, data, words, salt, commitment from ledger_leaves
    where city_id = ${cityId} and subject = any(${caseIds}::uuid[]) order by seq nulls last, at, id`.execute(db);
  return found.rows.map(leafRow);
}

type Told = Pick<
  CaseRecord,
  "id" | "state" | "text" | "reportedAt" | "splitFrom" | "rating" | "identityRemovedAt" | "orders"
>;

/** What a case says of itself today, as far as the log has something to say about it. */
export function toldCase(record: Told): ToldCase {
  const { id, state, text, reportedAt, splitFrom, rating, identityRemovedAt } = record;
  return {
    id,
    state,
    text,
    reportedAt,
    splitFrom,
    rating: rating && { resolved: rating.resolved, satisfaction: rating.satisfaction },
    identityRemovedAt,
    orders: standingOrders(record).map(({ id: orderId, dueAt, contactDueAt }) => ({
      id: orderId,
      dueAt,
      contactDueAt,
    })),
  };
}

/** What the database says of cases today: themselves, and their events by case. */
export async function toldOf(
  db: Kysely<DB>,
  cityId: string,
  caseIds: readonly string[],
): Promise<{ cases: Map<string, ToldCase>; events: Map<string, ToldEvent[]> }> {
  const [records, happened] = await Promise.all([
    // Only what is compared: an audit of a whole city would read a gigabyte more otherwise.
    sql<{ record: Told }>`
      select jsonb_strip_nulls(jsonb_build_object('id', id, 'state', record->'state', 'text', record->'text', 'reportedAt', record->'reportedAt',
        'splitFrom', record->'splitFrom', 'rating', record->'rating', 'identityRemovedAt', record->'identityRemovedAt', 'orders', record->'orders')) as record
      from cases where city_id = ${cityId} and id = any(${caseIds}::uuid[])`.execute(db),
    sql<{ case_id: string; type: string; at: string; unit_id: string | null; data: Record<string, unknown> }>`
      select case_id, type, at, unit_id, data from case_events where city_id = ${cityId} and case_id = any(${caseIds}::uuid[]) order by at, id`.execute(
      db,
    ),
  ]);
  const events = new Map<string, ToldEvent[]>(caseIds.map((id) => [id, []]));
  for (const { case_id, type, at, unit_id, data } of happened.rows)
    events.get(case_id)!.push({ type, at, unitId: unit_id ?? undefined, data });
  return {
    cases: new Map(records.rows.map(({ record }) => [record.id, toldCase(record)])),
    events,
  };
}
