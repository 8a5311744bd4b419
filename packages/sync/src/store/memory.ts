import type { Listing, Store, StoreTx, Table } from "./store.ts";

type Tables = Map<Table, Map<string, unknown>>;
const removed = Symbol("removed");

/** A store in memory. `around` is called just before and just after a transaction is kept and may throw: a phone that dies there. */
export type MemoryStore = Store & { snapshot(): Tables };

function listOf(kept: Map<string, unknown>, written: Map<string, unknown> | undefined, { after, limit }: Listing) {
  let keys = [...kept.keys()];
  if (written) for (const key of written.keys()) if (!kept.has(key)) keys.push(key);
  if (after !== undefined) keys = keys.filter((key) => key > after);
  const found: { key: string; value: unknown }[] = [];
  for (const key of keys.sort()) {
    const value = written?.has(key) ? written.get(key) : kept.get(key);
    if (value !== removed) found.push({ key, value });
    if (limit !== undefined && found.length === limit) break;
  }
  return found;
}

/** Makes a store in memory, empty or from a snapshot of another. */
export function memoryStore(from?: Tables, around: (moment: "before" | "after") => void = () => {}): MemoryStore {
  const kept: Tables = new Map([...(from ?? [])].map(([table, rows]) => [table, new Map(rows)]));
  const rowsOf = (table: Table): Map<string, unknown> => {
    if (!kept.has(table)) kept.set(table, new Map());
    return kept.get(table)!;
  };
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (tx: StoreTx) => Promise<T>): Promise<T> {
    const written: Tables = new Map();
    const write = (table: Table, key: string, value: unknown): void => {
      if (!written.has(table)) written.set(table, new Map());
      written.get(table)!.set(key, value);
    };
    const tx: StoreTx = {
      async get<V>(table: Table, key: string) {
        const own = written.get(table);
        const value = own?.has(key) ? own.get(key) : rowsOf(table).get(key);
        return (value === removed ? undefined : value) as V | undefined;
      },
      async list<V>(table: Table, listing: Listing = {}) {
        return listOf(rowsOf(table), written.get(table), listing) as { key: string; value: V }[];
      },
      put: write,
      remove: (table, key) => write(table, key, removed),
    };
    const result = await work(tx);
    around("before");
    for (const [table, rows] of written)
      for (const [key, value] of rows) {
        if (value === removed) rowsOf(table).delete(key);
        else rowsOf(table).set(key, value);
      }
    around("after");
    return result;
  }

  return {
    transact<T>(work: (tx: StoreTx) => Promise<T>) {
      const mine = last.then(
        () => run(work),
        () => run(work),
      );
      last = mine;
      return mine;
    },
    snapshot: () => new Map([...kept].map(([table, rows]) => [table, new Map(rows)])),
  };
}
