import type { PhoneDatabase } from "./database.ts";
import type { Vault } from "./vault.ts";

/** Something the worker did on this phone: kept until the server has answered, and after a refusal until he decides. */
export type OutboxItem = {
  /** The command's id; sent twice, it is done once. */
  id: string;
  caseId: string;
  /** What it is, in the worker's words: "report", "verify", "check", "addInformation". */
  type: string;
  /** The command without its photos. */
  body: Record<string, unknown>;
  /** Keys of photos on this phone, and the server's ids for those that arrived. */
  photos: { key: string; sent?: string }[];
  at: string;
  state: "waiting" | "notAccepted";
  /** Why it was not accepted, in the server's words. */
  reason?: string;
  /** One line for the list. */
  title: string;
};

/** The list of what waits, sealed item by item, in the order in which it was given. */
export function outboxOf(database: PhoneDatabase, vault: Vault) {
  return {
    async all(): Promise<OutboxItem[]> {
      const rows = await database.outbox.orderBy("sequence").toArray();
      return Promise.all(rows.map((row) => vault.unseal<OutboxItem>(row.sealed)));
    },
    /** Keeps an item with its photos in one transaction: all of it is on the phone, or nothing. */
    async add(item: OutboxItem, photos: readonly { key: string; bytes: ArrayBuffer }[] = []): Promise<void> {
      const sealed = await vault.seal(item);
      const pictures = await Promise.all(
        photos.map(async ({ key, bytes }) => ({ key, sealed: await vault.sealBytes(bytes) })),
      );
      await database.transaction("rw", database.outbox, database.photos, async () => {
        await database.photos.bulkPut(pictures);
        await database.outbox.add({ key: item.id, sealed });
      });
    },
    async change(item: OutboxItem): Promise<void> {
      const sealed = await vault.seal(item);
      await database.outbox.where("key").equals(item.id).modify({ sealed });
    },
    /** Takes an item away once the server has it, or the worker gave it up. */
    async remove(item: OutboxItem): Promise<void> {
      await database.transaction("rw", database.outbox, database.photos, async () => {
        await database.photos.bulkDelete(item.photos.map(({ key }) => key));
        await database.outbox.where("key").equals(item.id).delete();
      });
    },
    async photo(key: string): Promise<ArrayBuffer | undefined> {
      const row = await database.photos.get(key);
      return row && vault.unsealBytes(row.sealed);
    },
  };
}

export type Outbox = ReturnType<typeof outboxOf>;
