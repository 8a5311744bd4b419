import type { Basics } from "@linge/server/features/sync/basics.ts";
import { openPhone as openKernel, type Deed, type Phone as Kernel } from "@linge/sync/phone/phone.ts";
import type { Entry } from "@linge/sync/outbox/entry.ts";
import { readOutboxFile } from "@linge/sync/outbox/file.ts";
import type { Upload } from "@linge/sync/photo/upload.ts";
import { retryAfter } from "@linge/sync/protocol/message.ts";
import type { JsonObject } from "@linge/sync/json.ts";
import { draftsOf, type Draft } from "./drafts.ts";
import { fromBase64, readFile, UnusableFileError, writeFile } from "./file.ts";
import { mediaOf, type Media } from "./media.ts";
import { readRecords, type CaseOnPhone, type VisitOnPhone } from "./records.ts";
import { contactServer, type Met } from "./contact.ts";
import { sealedStore } from "./sealedStore.ts";
import { publicBasics } from "./shared.ts";
import type { Summary, Who } from "./server.ts";
import type { Sealed } from "./vault.ts";
import { database, nameVault, pinLockOf, wipeVault, type OpenedVault } from "./vaults.ts";

/** Everything the pages show; made anew at each change. */
export type PhoneState = {
  who?: Who;
  login: string;
  cases: CaseOnPhone[];
  visits: VisitOnPhone[];
  /** What is not yet accepted, in the order in which it was done. */
  entries: Entry[];
  uploads: Upload[];
  basics: Basics;
  summary?: Summary;
  /** Server's time at the last contact. */
  lastContact?: string;
  /** How the last attempt ended, once there was one. */
  met?: Met;
  busy: boolean;
  /** There is more in my grids than a phone holds. */
  capped: boolean;
  /** Whether the browser promised not to clear the phone's storage by itself. */
  kept: boolean;
};

export type Phone = Awaited<ReturnType<typeof phoneOf>>;

/** Refreshes of the screen while pages come in: often enough to be used, seldom enough not to be in the way. */
const screenMs = 120;

/** Opens everything of a worker on this phone. */
export async function phoneOf({ id, login, vault }: OpenedVault) {
  const listeners = new Set<() => void>();
  let onChange = (): void => {};
  const channel = new BroadcastChannel(`linge-phone-${id}`);
  const media = mediaOf(database, vault, id);
  const drafts = draftsOf(database, vault, id);
  const store = sealedStore(database, vault, id, () => {
    channel.postMessage("changed");
    onChange();
  });
  const kernel: Kernel = await openKernel({
    store,
    worker: id,
    newId: () => crypto.randomUUID(),
    clock: Date.now,
  });

  /** What the server said about this worker, sealed among the rows but no business of the kernel's. */
  const keep = async (name: string, value: unknown): Promise<void> =>
    database.write([{ store: "rows", key: [id, "kept", name], value: await vault.seal(value) }]);
  const recall = async <T>(name: string): Promise<T | undefined> => {
    const sealed = await database.get<Sealed>("rows", [id, "kept", name]);
    return sealed && vault.unseal<T>(sealed);
  };

  const { lastContact, capped } = await kernel.state();
  let current: PhoneState = {
    login,
    who: await recall<Who>("who"),
    ...(await onScreen()),
    basics: { ...(await publicBasics()), grids: (await recall<Basics["grids"]>("grids")) ?? [] },
    summary: await recall<Summary>("summary"),
    lastContact,
    busy: false,
    capped,
    kept: (await navigator.storage?.persisted?.()) ?? false,
  };

  async function onScreen() {
    const [records, entries, uploads] = await Promise.all([kernel.records(), kernel.entries(), kernel.uploads()]);
    return { ...readRecords(records, entries), entries, uploads };
  }
  const change = (part: Partial<PhoneState>): void => {
    current = { ...current, ...part };
    for (const listener of listeners) listener();
  };
  let showing: Promise<void> | undefined;
  /** Shows what is kept by now, at most a few times a second. */
  function show(): Promise<void> {
    showing ??= new Promise<void>((resolve) => setTimeout(resolve, screenMs)).then(async () => {
      showing = undefined;
      const state = await kernel.state();
      change({ ...(await onScreen()), lastContact: state.lastContact, capped: state.capped });
    });
    return showing;
  }
  onChange = () => void show();
  channel.onmessage = ({ data }) => {
    if (data === "left") return location.reload();
    void store.refresh().then(show);
  };

  let asked = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  /** A contact; asked for during another one it follows it, and after trouble it is tried again by itself. */
  async function sync(): Promise<void> {
    if (current.busy) return void (asked = true);
    clearTimeout(retry);
    do {
      asked = false;
      await round();
    } while (asked && current.met !== "left");
    failures = current.met === "ok" ? 0 : failures + 1;
    if (failures > 0 && current.met !== "left") retry = setTimeout(sync, retryAfter(failures, Math.random()));
  }

  async function round(): Promise<void> {
    await navigator.locks.request(`linge-contact-${id}`, { ifAvailable: true }, async (alone) => {
      if (!alone) return;
      change({ busy: true });
      const met = await contactServer({ id, kernel, media, login: current.login, keep, change, leave });
      if (met === "left") return change({ busy: false, met, cases: [], visits: [], entries: [], uploads: [] });
      await show();
      change({ busy: false, met });
    });
  }

  /** Forgets everything of this worker on this phone. */
  async function leave(): Promise<void> {
    await wipeVault(id);
    onChange = () => {};
    channel.postMessage("left");
    channel.close();
  }

  const uploadsOf = (recordId: string, taken: readonly Media[]): Upload[] =>
    taken.map(({ sha256, bytes, medium, id: upload }) => ({
      id: upload,
      recordId,
      medium,
      bytes,
      sha256,
      offset: 0,
      state: "waiting",
    }));

  async function bringFile(text: string, pin: string): Promise<number> {
    const contents = await readFile(text, pin);
    const read = readOutboxFile(contents.outbox);
    if (!read.ok) throw new UnusableFileError(read.problem);
    for (const [upload, bytes] of Object.entries(contents.media)) await media.bring(upload, fromBase64(bytes));
    for (const upload of contents.uploads) await kernel.keepUpload({ ...upload, state: "waiting", reason: undefined });
    return kernel.importOutbox(read.file);
  }

  void drafts
    .mediaIds()
    .then((ids) => media.sweep(new Set([...ids, ...current.uploads.map(({ id: upload }) => upload)])))
    .catch(() => undefined);

  return {
    id,
    state: (): PhoneState => current,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Keeps something that the worker did; resolves when it is safely on the phone. */
    async give(deed: Deed, taken: readonly Media[] = []): Promise<void> {
      await kernel.queue(deed, uploadsOf(deed.recordId, taken));
      void askForBackgroundSync();
      void show();
    },
    /** Sends again what was not accepted, as it is now. */
    async amend(entry: Entry, data: JsonObject, taken: readonly Media[] = []): Promise<void> {
      await kernel.amend(entry.command.id, data, uploadsOf(entry.command.recordId, taken));
      void askForBackgroundSync();
      void show();
    },
    setAside: (entry: Entry): Promise<void> => kernel.setAside(entry.command.id),
    /** Tries a photo again that was not accepted. */
    retryUpload: (upload: Upload): Promise<void> => kernel.keepUpload({ ...upload, state: "waiting", offset: 0 }),
    async dropUpload(upload: Upload): Promise<void> {
      await kernel.keepUpload({ ...upload, state: "done" });
      await media.drop([upload.id]);
    },
    sync,
    /** Who signed in. A phone that was begun without a signal learns here whose it is. */
    async signedInAs(who: Who): Promise<void> {
      if (!current.who) await nameVault(id, who.login);
      await keep("who", who);
      change({ who, login: current.who ? current.login : who.login });
    },
    media,
    draft: (name: string): Promise<Draft> => drafts.read(name),
    keepDraft: (name: string, draft: Draft): Promise<unknown> => drafts.keep(name, draft),
    exported: async (): Promise<string> => writeFile(kernel, current.login, vault, await pinLockOf(id), media.read),
    imported: bringFile,
    askToKeep: async (): Promise<void> => change({ kept: (await navigator.storage?.persist?.()) ?? false }),
    leave,
  };
}

/** Where the browser can, it wakes the app for sending when a connection comes back; the PIN has to be in by then. */
async function askForBackgroundSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration("/field")) as
    | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
    | undefined;
  await registration?.sync?.register("linge-field").catch(() => undefined);
}
