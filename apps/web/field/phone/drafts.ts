import { within, type PhoneDatabase } from "./database.ts";
import type { Media } from "./media.ts";
import type { Sealed, Vault } from "./vault.ts";

/** A form as far as it is filled in, with the photos and voice notes taken for it. */
export type Draft = { values: Record<string, string>; media: Media[] };
const nothing: Draft = { values: {}, media: [] };

/** Drafts of one vault, kept at every keystroke. */
export function draftsOf(database: PhoneDatabase, vault: Vault, vaultId: string) {
  // Sealing takes a moment: keystrokes are written one after the other, so that the last one stays.
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async read(name: string): Promise<Draft> {
      const sealed = await database.get<Sealed>("drafts", [vaultId, name]);
      return sealed ? vault.unseal<Draft>(sealed) : nothing;
    },
    keep(name: string, draft: Draft): Promise<unknown> {
      const write = async (): Promise<void> => {
        const empty = draft.media.length === 0 && !Object.values(draft.values).some(Boolean);
        const value = empty ? undefined : await vault.seal(draft);
        await database.write([{ store: "drafts", key: [vaultId, name], value }], "relaxed");
      };
      writing = writing.then(write, write);
      return writing;
    },
    /** Ids of everything that some draft still shows. */
    async mediaIds(): Promise<string[]> {
      const all = await database.all<Sealed>("drafts", within(vaultId));
      const drafts = await Promise.all(all.map(({ value }) => vault.unseal<Draft>(value)));
      return drafts.flatMap(({ media }) => media.map(({ id }) => id));
    },
  };
}

export type Drafts = ReturnType<typeof draftsOf>;
