import {
  compareCase,
  entriesIn,
  ledgerAudit,
  openCheckpoint,
  sameBytes,
  tileWidth,
  type Bytes,
  type Difference,
  type GivenCheckpoint,
  type LedgerFault,
  type LedgerRow,
  type NamedKey,
} from "@linge/tlog";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { keptTile } from "./tiles.ts";
import { leafRow, leavesOf, toldOf, type LeafRow } from "./told.ts";

export type Found = LedgerFault | Difference;
type Report = (found: Found) => void;
/** What an audit looked at. */
export type Audited = { entries: number; cases: number; root: Bytes };

/** Cases and entries looked at in one go: memory stays that of a page. */
const page = 2_048;

/** The log's key as the auditor knows it, and checkpoints that others kept. */
export type Known = { key?: NamedKey; elsewhere?: readonly GivenCheckpoint[] };

/**
 * The whole log against the database: every entry against its row, every checkpoint against its signature and the entries,
 * every case against its facts.
 */
export async function auditLedger(db: Kysely<DB>, cityId: string, known: Known, report: Report): Promise<Audited> {
  const given = await givenOut(db, cityId);
  if (known.key) await auditSignatures(db, cityId, known.key, given, report);
  const { entries, root } = await auditEntries(db, cityId, [...given, ...(known.elsewhere ?? [])], report);
  return { entries, root, cases: await auditCases(db, cityId, report) };
}

async function givenOut(db: Kysely<DB>, cityId: string): Promise<GivenCheckpoint[]> {
  const rows = await db
    .selectFrom("ledger_checkpoints")
    .select(["size", "root", "at"])
    .where("city_id", "=", cityId)
    .orderBy("size")
    .execute();
  return rows.map(({ size, root, at }) => ({ size, root: Uint8Array.from(root), at: Date.parse(at) }));
}

/** Checkpoints in the database are those that the log signed. */
async function auditSignatures(
  db: Kysely<DB>,
  cityId: string,
  key: NamedKey,
  given: readonly GivenCheckpoint[],
  report: Report,
): Promise<void> {
  for (let from = 0; from < given.length; from += page) {
    const part = given.slice(from, from + page);
    const rows = await db
      .selectFrom("ledger_checkpoints")
      .select(["size", "note"])
      .where("city_id", "=", cityId)
      .where("size", ">=", part[0]!.size)
      .where("size", "<=", part.at(-1)!.size)
      .execute();
    const notes = new Map(rows.map((row) => [row.size, row.note]));
    for (const { size, root } of part) {
      const why = await signatureFault(notes.get(size) ?? "", key, size, root);
      if (why) report({ code: "altered", size, field: "checkpoint", why });
    }
  }
}

async function signatureFault(note: string, key: NamedKey, size: number, root: Bytes): Promise<string | undefined> {
  try {
    const { checkpoint } = await openCheckpoint(note, key);
    return checkpoint.size === size && sameBytes(checkpoint.root, root)
      ? undefined
      : "the checkpoint is not the one that was signed";
  } catch (error) {
    return (error as Error).message;
  }
}

type PlacedRow = Parameters<typeof leafRow>[0] & { synthetic: boolean | null };

async function rowsBetween(db: Kysely<DB>, cityId: string, from: number, to: number): Promise<Map<number, LedgerRow>> {
  const found = await sql<PlacedRow>`
    select l.subject, l.seq, l.kind, l.at, l.data, l.words, l.salt, l.commitment, c.synthetic from ledger_leaves l
    left join cases c on c.city_id = l.city_id and c.id = l.subject
    where l.city_id = ${cityId} and l.seq >= ${from} and l.seq < ${to}`.execute(db);
  return new Map(
    found.rows.map((row) => [
      row.seq!,
      {
        ...leafRow(row),
        index: row.seq!,
        commitment: Uint8Array.from(row.commitment),
        synthetic: row.synthetic ?? false,
      },
    ]),
  );
}

async function auditEntries(
  db: Kysely<DB>,
  cityId: string,
  checkpoints: readonly GivenCheckpoint[],
  report: Report,
): Promise<{ entries: number; root: Bytes }> {
  const audit = ledgerAudit(checkpoints, report);
  let entries = 0;
  for (let rows = new Map<number, LedgerRow>(); entries < audit.size;) {
    if (entries % page === 0) rows = await rowsBetween(db, cityId, entries, entries + page);
    const from = entries;
    for (const entry of await entriesFrom(db, cityId, from, audit.size)) audit.entry(entry, rows.get(entries++));
    // Beyond a bundle that ends too early nothing can be put in its place any more.
    if (entries < Math.min(from + tileWidth, audit.size)) break;
  }
  const beyond = await rowsBetween(db, cityId, entries, Number.MAX_SAFE_INTEGER);
  for (const row of beyond.values()) audit.extra(row);
  return { entries, root: audit.end() };
}

/** Entries of the bundle that begins at `from`, up to the tree's size. */
async function entriesFrom(db: Kysely<DB>, cityId: string, from: number, size: number): Promise<Bytes[]> {
  const bundle = await keptTile(db, cityId, { level: "entries", index: from / tileWidth });
  return bundle ? entriesIn(bundle.bytes).slice(0, size - from) : [];
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

async function auditCases(db: Kysely<DB>, cityId: string, report: Report): Promise<number> {
  let cases = 0;
  for (
    let ids = await nextIds(db, cityId, "00000000-0000-0000-0000-000000000000");
    ids.length;
    ids = await nextIds(db, cityId, ids.at(-1)!)
  ) {
    const [leaves, { cases: told, events }] = await Promise.all([leavesOf(db, cityId, ids), toldOf(db, cityId, ids)]);
    const byCase = Map.groupBy(leaves, (leaf) => leaf.caseId);
    for (const id of ids) {
      const own = byCase.get(id) ?? [];
      // Leaves of before facts were kept cannot be opened; their cases have nothing to be compared with.
      if (own.some((leaf) => !leaf.fact)) continue;
      for (const difference of compareCase(own.map(logged), events.get(id) ?? [], told.get(id))) report(difference);
    }
    cases += ids.length;
  }
  return cases;
}

const logged = ({ index, fact, words }: LeafRow) => ({ index: index ?? -1, fact: fact!, words });
