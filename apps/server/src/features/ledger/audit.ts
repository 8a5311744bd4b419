import {
  compareCase,
  compareDocument,
  entriesIn,
  ledgerAudit,
  nounOf,
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
import { tileAudit } from "./auditTiles.ts";
import { documentsOf } from "./documents.ts";
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
  // Side by side: one waits for the database while the other reckons.
  const [log, cases] = await Promise.all([auditEntries(db, cityId, known, report), auditCases(db, cityId, report)]);
  return { ...log, cases };
}

type KeptCheckpoint = { size: number; root: Buffer; note: string; at: string };

async function checkpointsAfter(db: Kysely<DB>, cityId: string, size: number): Promise<KeptCheckpoint[]> {
  return db
    .selectFrom("ledger_checkpoints")
    .select(["size", "root", "note", "at"])
    .where("city_id", "=", cityId)
    .where("size", ">", size)
    .orderBy("size")
    .limit(page)
    .execute();
}

/** Why a checkpoint in the database is not one that the log signed. */
async function signatureFault({ note, size, root }: KeptCheckpoint, key: NamedKey): Promise<string | undefined> {
  try {
    const { checkpoint } = await openCheckpoint(note, key);
    const same = checkpoint.size === size && sameBytes(checkpoint.root, root);
    return same ? undefined : "the checkpoint is not the one that was signed";
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
  { key, elsewhere = [] }: Known,
  report: Report,
): Promise<{ entries: number; root: Bytes }> {
  const audit = ledgerAudit(report);
  audit.given(elsewhere);
  let last = -1;
  let more = true;
  /** Gives the audit its checkpoints up to one beyond `size`, a page at a time. */
  const lookAhead = async (size: number): Promise<void> => {
    while (more && last <= size) {
      const part = await checkpointsAfter(db, cityId, last);
      for (const each of key ? part : []) {
        const why = await signatureFault(each, key!);
        if (why) report({ code: "altered", size: each.size, field: "checkpoint", why });
      }
      audit.given(
        part.map(({ size: of, root, at }) => ({ size: of, root: Uint8Array.from(root), at: Date.parse(at) })),
      );
      more = part.length === page;
      last = part.at(-1)?.size ?? last;
    }
  };
  const tiles = tileAudit(db, cityId, report);
  let entries = 0;
  let rows = new Map<number, LedgerRow>();
  for (;;) {
    await lookAhead(entries + tileWidth);
    if (entries % page === 0) rows = await rowsBetween(db, cityId, entries, entries + page);
    const bundle = await keptTile(db, cityId, { level: "entries", index: entries / tileWidth });
    const published = bundle ? entriesIn(bundle.bytes) : [];
    await tiles.entries(published);
    for (const entry of published) audit.entry(entry, rows.get(entries++));
    // After a bundle that is not full there is nothing more that could be put in its place.
    if (bundle?.width !== tileWidth) break;
  }
  await tiles.end();
  await lookAhead(Infinity);
  await reportBeyond(db, cityId, entries, (row) => audit.extra(row));
  return { entries, root: audit.end() };
}

async function reportBeyond(
  db: Kysely<DB>,
  cityId: string,
  from: number,
  extra: (row: LedgerRow) => void,
): Promise<void> {
  for (let at = from; ;) {
    const next = await sql<{ seq: number | null }>`
      select min(seq) as seq from ledger_leaves where city_id = ${cityId} and seq >= ${at}`.execute(db);
    const { seq } = next.rows[0]!;
    if (seq === null) return;
    for (const row of (await rowsBetween(db, cityId, seq, seq + page)).values()) extra(row);
    at = seq + page;
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

async function auditCases(db: Kysely<DB>, cityId: string, report: Report): Promise<number> {
  let cases = 0;
  for (
    let ids = await nextIds(db, cityId, "00000000-0000-0000-0000-000000000000");
    ids.length;
    ids = await nextIds(db, cityId, ids.at(-1)!)
  ) {
    const [leaves, { cases: told, events }, documents] = await Promise.all([
      leavesOf(db, cityId, ids),
      toldOf(db, cityId, ids),
      documentsOf(db, cityId, ids),
    ]);
    const byCase = Map.groupBy(leaves, (leaf) => leaf.subject);
    for (const id of ids) {
      const own = byCase.get(id) ?? [];
      // Leaves of before facts were kept cannot be opened; their cases have nothing to be compared with.
      if (own.some((leaf) => !leaf.fact)) continue;
      const facts = own.map(logged);
      const isCase = told.has(id) || facts.some(({ fact }) => !nounOf(fact.kind));
      const differences = isCase
        ? compareCase(facts, events.get(id) ?? [], told.get(id))
        : compareDocument(facts, documents.get(id));
      for (const difference of differences) report(difference);
      if (isCase) cases += 1;
    }
  }
  return cases;
}

const logged = ({ index, fact, words }: LeafRow) => ({ index: index ?? -1, fact: fact!, words });
