/** What is kept where; keys begin with the vault that they belong to, but for `vaults` and `shared`. */
export const stores = ["vaults", "revisions", "rows", "segments", "media", "drafts", "shared"] as const;
export type StoreName = (typeof stores)[number];
export type Key = string | (string | number)[];

/** One write of a transaction; without a value the key is removed. */
export type Write = { store: StoreName; key: Key; value?: unknown };

/** Everything in a store that belongs to one vault. */
export const within = (...vault: (string | number)[]): IDBKeyRange => IDBKeyRange.bound(vault, [...vault, []]);

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the phone's storage failed"));
  });

/**
 * The phone's database. Writes are all or nothing and resolve only when they are safely on the disk (durability
 * `strict`); a full disk rejects them. When the system closed the database in the meantime it is opened again.
 */
export class PhoneDatabase {
  readonly name: string;
  #open: Promise<IDBDatabase> | undefined;

  constructor(name = "linge-phone") {
    this.name = name;
  }

  #connect(): Promise<IDBDatabase> {
    this.#open ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => {
        for (const store of stores) request.result.createObjectStore(store);
      };
      request.onsuccess = () => {
        const database = request.result;
        const forget = (): void => (this.#open = undefined);
        database.onclose = forget;
        database.onversionchange = () => {
          database.close();
          forget();
        };
        resolve(database);
      };
      request.onerror = () => {
        this.#open = undefined;
        reject(request.error ?? new Error("the phone's storage did not open"));
      };
    });
    return this.#open;
  }

  /** Begins a transaction, on a new connection when the old one turns out to be closed. */
  async #transaction(
    names: StoreName[],
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability = "strict",
  ): Promise<IDBTransaction> {
    const options = mode === "readwrite" ? { durability } : undefined;
    try {
      return (await this.#connect()).transaction(names, mode, options);
    } catch (error) {
      if ((error as DOMException).name !== "InvalidStateError") throw error;
      this.#open = undefined;
      return (await this.#connect()).transaction(names, mode, options);
    }
  }

  async get<T>(store: StoreName, key: Key): Promise<T | undefined> {
    const transaction = await this.#transaction([store], "readonly");
    return (await done(transaction.objectStore(store).get(key))) as T | undefined;
  }

  async keys(store: StoreName, range?: IDBKeyRange): Promise<Key[]> {
    const transaction = await this.#transaction([store], "readonly");
    return (await done(transaction.objectStore(store).getAllKeys(range))) as Key[];
  }

  async all<T>(store: StoreName, range?: IDBKeyRange): Promise<{ key: Key; value: T }[]> {
    const transaction = await this.#transaction([store], "readonly");
    const kept = transaction.objectStore(store);
    const [keys, values] = await Promise.all([done(kept.getAllKeys(range)), done(kept.getAll(range))]);
    return keys.map((key, at) => ({ key: key as Key, value: values[at] as T }));
  }

  /** @param durability `relaxed` for what is written at every keystroke: it survives the app, and costs no disk flush */
  async write(writes: readonly Write[], durability?: IDBTransactionDurability): Promise<void> {
    if (!writes.length) return;
    const names = [...new Set(writes.map(({ store }) => store))];
    const transaction = await this.#transaction(names, "readwrite", durability);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("the phone's storage refused"));
      try {
        for (const { store, key, value } of writes)
          if (value === undefined) transaction.objectStore(store).delete(key);
          else transaction.objectStore(store).put(value, key);
      } catch (error) {
        // What was put before in the same transaction must not stay.
        transaction.abort();
        reject(error);
      }
    });
  }

  /** Removes everything of one vault. */
  async wipe(vault: string): Promise<void> {
    const transaction = await this.#transaction([...stores], "readwrite");
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("the phone's storage refused"));
      transaction.objectStore("vaults").delete(vault);
      transaction.objectStore("revisions").delete(vault);
      for (const store of ["rows", "segments", "media", "drafts"] as const)
        transaction.objectStore(store).delete(within(vault));
    });
  }
}

/** The disk is full, by the name that browsers give it. */
export const isFull = (error: unknown): boolean => (error as DOMException | undefined)?.name === "QuotaExceededError";
