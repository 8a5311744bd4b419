import type { Category } from "@linge/domain/category/category.ts";
import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import { PhoneDatabase } from "./database.ts";
import { exchange, type Contact } from "./exchange.ts";
import { outboxOf, type OutboxItem } from "./outbox.ts";
import { pullCategories, pullGrids, type GridShape, type Who } from "./server.ts";
import { makeVault, openVault, type Vault } from "./vault.ts";

/** Everything the pages show; made anew at each change. */
export type PhoneState = {
  who: Who;
  cases: CaseRow[];
  categories: Category[];
  grids: GridShape[];
  outbox: OutboxItem[];
  /** Last time the server answered, ms since 1970. */
  lastContact?: number;
  contact?: Contact;
  busy: boolean;
  /** Whether the browser promised not to clear the phone's storage by itself. */
  kept: boolean;
};

export type Phone = {
  state(): PhoneState;
  subscribe(listener: () => void): () => void;
  /** Keeps something that the worker did; resolves when it is safely on the phone. */
  give(item: Omit<OutboxItem, "state" | "at" | "photos">, photos?: ArrayBuffer[]): Promise<void>;
  /** Lets a refused item wait again, perhaps changed. */
  again(item: OutboxItem): Promise<void>;
  giveUp(item: OutboxItem): Promise<void>;
  /** One round with the server; rounds never overlap, not even in two tabs. */
  sync(): Promise<void>;
  draft(key: string): Promise<Record<string, string>>;
  keepDraft(key: string, values: Record<string, string>): Promise<unknown>;
  exported(): Promise<string>;
  imported(text: string): Promise<number>;
  /** Forgets everything on this phone. */
  wipe(): Promise<void>;
};

const database = new PhoneDatabase();

/** Whose vault is on this phone, if there is one. */
export async function lockedPhone(): Promise<{ login: string } | undefined> {
  const row = await database.lock.get("vault");
  return row && { login: row.login };
}

/** Makes this phone the worker's own, behind a PIN. */
export async function newPhone(who: Who, pin: string): Promise<Phone> {
  const { vault, salt, wrapped } = await makeVault(pin);
  await database.lock.put({ key: "vault", salt, wrapped, login: who.login });
  await keep(vault, "who", who);
  return phoneOf(vault, who);
}

/** Opens the phone by its PIN. @throws WrongPinError */
export async function openPhone(pin: string): Promise<Phone> {
  const row = await database.lock.get("vault");
  if (!row) throw new Error("There is nothing on this phone yet.");
  const vault = await openVault(pin, row.salt, row.wrapped);
  return phoneOf(vault, (await recall<Who>(vault, "who"))!);
}

async function keep(vault: Vault, key: string, value: unknown): Promise<void> {
  await database.pulled.put({ key, sealed: await vault.seal(value) });
}

async function recall<T>(vault: Vault, key: string): Promise<T | undefined> {
  const row = await database.pulled.get(key);
  return row && vault.unseal<T>(row.sealed);
}

type Exported = { linge: "field-outbox"; login: string; items: (OutboxItem & { bytes: (string | null)[] })[] };
const toBase64 = (bytes: ArrayBuffer): string => {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
};
const fromBase64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;

async function phoneOf(vault: Vault, who: Who): Promise<Phone> {
  const outbox = outboxOf(database, vault);
  // Sealing takes a moment: keystrokes are written one after the other, so that the last one stays.
  let drafting: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();
  let current: PhoneState = {
    who,
    cases: (await recall<CaseRow[]>(vault, "cases")) ?? [],
    categories: (await recall<Category[]>(vault, "categories")) ?? [],
    grids: (await recall<GridShape[]>(vault, "grids")) ?? [],
    outbox: await outbox.all(),
    lastContact: await recall<number>(vault, "lastContact"),
    busy: false,
    kept: (await navigator.storage?.persisted?.()) ?? false,
  };
  const change = (part: Partial<PhoneState>): void => {
    current = { ...current, ...part };
    for (const listener of listeners) listener();
  };
  const refresh = async (): Promise<void> => change({ outbox: await outbox.all() });

  /** What changes rarely: questions, categories and the lines of my grids. */
  async function pullRest(): Promise<void> {
    const categories = await pullCategories();
    if (categories.kind === "ok") {
      await keep(vault, "categories", categories.body.categories);
      change({ categories: categories.body.categories });
    }
    const areas = current.who.grants.flatMap(({ area }) => area ?? []);
    const grids: GridShape[] = [];
    for (const area of areas) {
      const reply = await pullGrids(area);
      if (reply.kind !== "ok") return;
      grids.push(...reply.body.features);
    }
    await keep(vault, "grids", grids);
    change({ grids });
  }

  async function round(): Promise<void> {
    change({ busy: true });
    const contact = await exchange(
      outbox,
      () => void refresh(),
      async (cases, whole) => {
        // While pages come in, cases not seen yet in this round stay as they were.
        const fresh = new Set(cases.map(({ id }) => id));
        const shown = whole ? cases : [...cases, ...current.cases.filter(({ id }) => !fresh.has(id))];
        if (whole) await keep(vault, "cases", cases);
        change({ cases: shown });
      },
    );
    if (contact === "ok") {
      await pullRest();
      const lastContact = Date.now();
      await keep(vault, "lastContact", lastContact);
      change({ lastContact });
    }
    await refresh();
    change({ busy: false, contact });
  }

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async give(item, photos = []) {
      const kept = photos.map((bytes) => ({ key: crypto.randomUUID() as string, bytes }));
      const whole: OutboxItem = {
        ...item,
        state: "waiting",
        at: new Date().toISOString(),
        photos: kept.map(({ key }) => ({ key })),
      };
      await outbox.add(whole, kept);
      await refresh();
    },
    async again(item) {
      const { reason: _, ...rest } = item;
      // A changed command is a new command: the server remembers what the old id stood for.
      await outbox.change({ ...rest, state: "waiting" });
      await refresh();
    },
    async giveUp(item) {
      await outbox.remove(item);
      await refresh();
    },
    async sync() {
      await navigator.locks.request("linge-field-sync", { ifAvailable: true }, async (lock) => {
        if (lock) await round();
      });
    },
    async draft(key) {
      const row = await database.drafts.get(key);
      return row ? vault.unseal(row.sealed) : {};
    },
    keepDraft(key, values) {
      const write = async (): Promise<void> => {
        if (Object.values(values).some(Boolean)) await database.drafts.put({ key, sealed: await vault.seal(values) });
        else await database.drafts.delete(key);
      };
      drafting = drafting.then(write, write);
      return drafting;
    },
    async exported() {
      const items = await Promise.all(
        (await outbox.all()).map(async (item) => ({
          ...item,
          bytes: await Promise.all(
            item.photos.map(async ({ key }) => {
              const bytes = await outbox.photo(key);
              return bytes ? toBase64(bytes) : null;
            }),
          ),
        })),
      );
      return JSON.stringify({ linge: "field-outbox", login: who.login, items } satisfies Exported);
    },
    async imported(text) {
      const file = JSON.parse(text) as Exported;
      if (file.linge !== "field-outbox" || !Array.isArray(file.items)) throw new Error("not a file of this app");
      const known = new Set(current.outbox.map(({ id }) => id));
      const fresh = file.items.filter(({ id }) => !known.has(id));
      for (const { bytes, ...item } of fresh) {
        const photos = item.photos.flatMap(({ key }, i) => (bytes[i] ? [{ key, bytes: fromBase64(bytes[i]!) }] : []));
        await outbox.add(item, photos);
      }
      await refresh();
      return fresh.length;
    },
    async wipe() {
      await database.delete();
    },
  };
}
