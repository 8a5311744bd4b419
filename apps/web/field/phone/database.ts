import { Dexie, type Table } from "dexie";
import type { Sealed } from "./vault.ts";

/** Ciphertext by key; what it says only the vault can tell. */
export type SealedRow = { key: string; sealed: Sealed };
/** What the phone knows without its PIN: that there is a vault, and whose. */
export type VaultRow = { key: "vault"; salt: Uint8Array<ArrayBuffer>; wrapped: Sealed; login: string };

/** The phone's own database: everything but the vault's lock is ciphertext. */
export class PhoneDatabase extends Dexie {
  lock!: Table<VaultRow, string>;
  /** What was pulled from the server, a few large pieces. */
  pulled!: Table<SealedRow, string>;
  /** What waits to be sent, in the order in which it was given. */
  outbox!: Table<SealedRow & { sequence?: number }, number>;
  photos!: Table<SealedRow, string>;
  drafts!: Table<SealedRow, string>;

  constructor(name = "linge-field") {
    super(name);
    this.version(1).stores({
      lock: "key",
      pulled: "key",
      outbox: "++sequence, &key",
      photos: "key",
      drafts: "key",
    });
  }
}
