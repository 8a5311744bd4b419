import { within, type PhoneDatabase } from "./database.ts";
import type { Sealed, Vault } from "./vault.ts";

/** A photo or voice note on the phone, by what has to be said about it; its bytes lie sealed beside. */
export type Media = { id: string; medium: "photo" | "recording"; bytes: number; sha256: string };

type Kept = { sealed: Sealed; at: number };

/** What nobody names is kept for a day: another tab may be about to name it. */
const orphanMs = 86_400_000;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Photos and voice notes of one vault. They are sealed the moment they are taken, so that saving later is quick. */
export function mediaOf(database: PhoneDatabase, vault: Vault, vaultId: string) {
  return {
    async keep(bytes: ArrayBuffer, medium: Media["medium"]): Promise<Media> {
      const media: Media = {
        id: crypto.randomUUID(),
        medium,
        bytes: bytes.byteLength,
        sha256: hex(await crypto.subtle.digest("SHA-256", bytes)),
      };
      const value: Kept = { sealed: await vault.sealBytes(bytes), at: Date.now() };
      await database.write([{ store: "media", key: [vaultId, media.id], value }]);
      return media;
    },
    /** Takes one in that came from a file, under its own id. */
    async bring(id: string, bytes: ArrayBuffer): Promise<void> {
      const value: Kept = { sealed: await vault.sealBytes(bytes), at: Date.now() };
      await database.write([{ store: "media", key: [vaultId, id], value }]);
    },
    async read(id: string): Promise<ArrayBuffer | undefined> {
      const kept = await database.get<Kept>("media", [vaultId, id]);
      return kept && vault.unsealBytes(kept.sealed);
    },
    drop: (ids: readonly string[]): Promise<void> =>
      database.write(ids.map((id) => ({ store: "media", key: [vaultId, id] }))),
    /** Lets go of what no draft and no upload names any more. */
    async sweep(named: ReadonlySet<string>): Promise<void> {
      const keys = (await database.keys("media", within(vaultId))) as [string, string][];
      const gone: string[] = [];
      for (const [, id] of keys) {
        if (named.has(id)) continue;
        const kept = await database.get<Kept>("media", [vaultId, id]);
        if (kept && Date.now() - kept.at > orphanMs) gone.push(id);
      }
      await this.drop(gone);
    },
  };
}

export type MediaShelf = ReturnType<typeof mediaOf>;
