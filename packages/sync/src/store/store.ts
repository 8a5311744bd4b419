/** Where a phone keeps what it knows. `settled` holds accepted and replaced entries for a while, `uploads` the progress of photos. */
export const tables = ["phone", "outbox", "settled", "records", "uploads"] as const;
export type Table = (typeof tables)[number];

export type Listing = { after?: string; limit?: number };

/**
 * Reads and writes of one transaction. Writes are seen by later reads of the same transaction. Values are plain data
 * and are not changed after they were put.
 */
export type StoreTx = {
  get<T>(table: Table, key: string): Promise<T | undefined>;
  /** Entries in the order of their keys. */
  list<T>(table: Table, listing?: Listing): Promise<{ key: string; value: T }[]>;
  put(table: Table, key: string, value: unknown): void;
  remove(table: Table, key: string): void;
};

/**
 * Storage of one worker on one phone. `transact` runs one transaction after another (also across tabs), writes all or
 * nothing, and resolves only when everything is safely kept. When `work` or the storage fails, it rejects and nothing
 * was written.
 */
export type Store = { transact<T>(work: (tx: StoreTx) => Promise<T>): Promise<T> };
