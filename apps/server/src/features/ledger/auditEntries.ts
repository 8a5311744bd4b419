import {
  entriesIn,
  ledgerAudit,
  openCheckpoint,
  sameBytes,
  tileWidth,
  type Bytes,
  type GivenCheckpoint,
  type LedgerFault,
  type LedgerRow,
  type NamedKey,
} from "@linge/tlog";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { tileAudit } from "./auditTiles.ts";
import { keptTile } from "./tiles.ts";

/** The log's key as the auditor knows it, and checkpoints that others kept. */
export type Known = { key?: NamedKey; elsewhere?: readonly GivenCheckpoint[] };

/** Entries looked at in one go: memory stays that of a page. */
const page = 2_048;

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

type PlacedRow = {
  seq: number;
  subject: string;
  kind: string;
  at: string;
  commitment: Buffer;
  synthetic: boolean | null;
};

async function rowsBetween(db: Kysely<DB>, cityId: string, from: number, to: number): Promise<Map<number, LedgerRow>> {
  const found = await sql<PlacedRow>`
    select l.seq, l.subject, l.kind, l.at, l.commitment, c.synthetic from ledger_leaves l
    left join cases c on c.city_id = l.city_id and c.id = l.subject
    where l.city_id = ${cityId} and l.seq >= ${from} and l.seq < ${to}`.execute(db);
  return new Map(
    found.rows.map(({ seq, subject, kind, at, commitment, synthetic }) => [
      seq,
      { index: seq, subject, kind, at, commitment: Uint8Array.from(commitment), synthetic: synthetic ?? false },
    ]),
  );
}

/** Every entry against its row, every checkpoint against its signature and the entries, every tile against the entries. */
export async function auditEntries(
  db: Kysely<DB>,
  cityId: string,
  { key, elsewhere = [] }: Known,
  report: (fault: LedgerFault) => void,
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
