import type { Listing, Store, StoreTx, Table } from "@linge/sync/store/store.ts";
import { within, type PhoneDatabase, type Write } from "./database.ts";
import type { Sealed, Vault } from "./vault.ts";

type Tables = Map<Table, Map<string, unknown>>;
/** A piece of the records as they came: what was put, what was removed. */
type Segment = { put: [string, unknown][]; removed: string[] };

/** So many pieces are read at a cold start before they are put together anew. */
const mostSegments = 40;
const rowsInSegment = 500;
const gone = Symbol("gone");

/** One at a time in all tabs; where the browser has no locks, in this one. */
function lockNamed(name: string): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    if (navigator.locks) return navigator.locks.request(name, work) as Promise<T>;
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Reads of a transaction see what it wrote itself; see `Store` of @linge/sync. */
function overlaid(kept: Tables, written: Tables): StoreTx {
  const rows = (tables: Tables, table: Table): Map<string, unknown> => tables.get(table) ?? new Map();
  const write = (table: Table, key: string, value: unknown): void => {
    if (!written.has(table)) written.set(table, new Map());
    written.get(table)!.set(key, value);
  };
  return {
    async get<T>(table: Table, key: string) {
      const own = rows(written, table);
      const value = own.has(key) ? own.get(key) : rows(kept, table).get(key);
      return (value === gone ? undefined : value) as T | undefined;
    },
    async list<T>(table: Table, { after, limit }: Listing = {}) {
      const both = new Map([...rows(kept, table), ...rows(written, table)]);
      const found: { key: string; value: T }[] = [];
      for (const key of [...both.keys()].sort()) {
        if ((after !== undefined && key <= after) || both.get(key) === gone) continue;
        found.push({ key, value: both.get(key) as T });
        if (limit !== undefined && found.length === limit) break;
      }
      return found;
    },
    put: write,
    remove: (table, key) => write(table, key, gone),
  };
}

/**
 * The kernel's storage on a phone: sealed in IndexedDB, open in memory while the worker has the app open. Entries of
 * the outbox are rows of their own; records, which come by the hundred, are kept in the pieces in which they came, so
 * that thousands are read at a cold start without opening thousands of envelopes.
 * @param changed called after each transaction that wrote something, here or in another tab
 */
export function sealedStore(
  database: PhoneDatabase,
  vault: Vault,
  vaultId: string,
  changed: () => void,
): Store & { refresh(): Promise<void> } {
  const alone = lockNamed(`linge-store-${vaultId}`);
  let kept: Tables = new Map();
  let revision = -1;
  let segments: number[] = [];

  async function load(): Promise<void> {
    const rows = await database.all<Sealed>("rows", within(vaultId));
    const pieces = await database.all<Sealed>("segments", within(vaultId));
    const next: Tables = new Map([["records", new Map<string, unknown>()]]);
    const opened = await Promise.all(rows.map(({ value }) => vault.unseal<unknown>(value)));
    rows.forEach(({ key }, at) => {
      const [, table, id] = key as [string, Table, string];
      if (!next.has(table)) next.set(table, new Map());
      next.get(table)!.set(id, opened[at]);
    });
    const records = next.get("records")!;
    for (const piece of await Promise.all(pieces.map(({ value }) => vault.unseal<Segment>(value)))) {
      for (const [id, value] of piece.put) records.set(id, value);
      for (const id of piece.removed) records.delete(id);
    }
    kept = next;
    segments = pieces.map(({ key }) => (key as [string, number])[1]);
  }

  /** Reads anew what another tab has written meanwhile. */
  async function catchUp(): Promise<void> {
    const now = (await database.get<number>("revisions", vaultId)) ?? 0;
    if (now === revision) return;
    await load();
    revision = now;
  }

  async function segmentWrites(written: Map<string, unknown>): Promise<{ writes: Write[]; next: number[] }> {
    const put = [...written].filter(([, value]) => value !== gone);
    const removed = [...written].flatMap(([key, value]) => (value === gone ? [key] : []));
    const last = segments.at(-1) ?? 0;
    if (segments.length < mostSegments) {
      const value = await vault.seal({ put, removed } satisfies Segment);
      return { writes: [{ store: "segments", key: [vaultId, last + 1], value }], next: [...segments, last + 1] };
    }
    const all = new Map([...(kept.get("records") ?? []), ...written]);
    const rows = [...all].filter(([, value]) => value !== gone);
    const writes: Write[] = segments.map((key) => ({ store: "segments", key: [vaultId, key] }));
    const next: number[] = [];
    for (let at = 0; at < rows.length; at += rowsInSegment) {
      next.push(last + 1 + next.length);
      const value = await vault.seal({ put: rows.slice(at, at + rowsInSegment), removed: [] } satisfies Segment);
      writes.push({ store: "segments", key: [vaultId, next.at(-1)!], value });
    }
    return { writes, next };
  }

  async function keep(written: Tables): Promise<void> {
    const writes: Write[] = [{ store: "revisions", key: vaultId, value: revision + 1 }];
    let next = segments;
    for (const [table, rows] of written) {
      if (table === "records") {
        const pieces = await segmentWrites(rows);
        writes.push(...pieces.writes);
        next = pieces.next;
        continue;
      }
      const sealing = [...rows].map(async ([id, value]): Promise<Write> => ({
        store: "rows",
        key: [vaultId, table, id],
        value: value === gone ? undefined : await vault.seal(value),
      }));
      writes.push(...(await Promise.all(sealing)));
    }
    await database.write(writes);
    segments = next;
    revision += 1;
    for (const [table, rows] of written) {
      if (!kept.has(table)) kept.set(table, new Map());
      for (const [id, value] of rows)
        if (value === gone) kept.get(table)!.delete(id);
        else kept.get(table)!.set(id, value);
    }
  }

  return {
    transact: (work) =>
      alone(async () => {
        await catchUp();
        const written: Tables = new Map();
        const result = await work(overlaid(kept, written));
        if (written.size) {
          await keep(written);
          changed();
        }
        return result;
      }),
    refresh: () => alone(catchUp),
  };
}
