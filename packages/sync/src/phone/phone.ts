import type { SyncCommand } from "../command/command.ts";
import type { JsonObject } from "../json.ts";
import { nextBatch, usualBatch, type BatchLimit } from "../outbox/batch.ts";
import { answered, countEntries, keyOf, type Counts, type Entry } from "../outbox/entry.ts";
import { entriesFromFile, writeOutboxFile, type OutboxFile } from "../outbox/file.ts";
import type { Upload } from "../photo/upload.ts";
import type { PullRequest, PullResponse, PushRequest, PushResponse } from "../protocol/message.ts";
import { ours, type Protocol } from "../protocol/protocol.ts";
import { rowKey, type Row } from "../pull/page.ts";
import type { Store, StoreTx } from "../store/store.ts";
import { fillGap, renumber } from "./reoffer.ts";
import { takePage, type Taken } from "./replica.ts";
import { keepState, openState, stateOf, type PhoneState } from "./state.ts";
import { overlay, type Preview, type Seen } from "./view.ts";

export type PhoneOptions = {
  store: Store;
  worker: string;
  newId(): string;
  /** The phone's clock, ms since 1970. It may be wrong by years. */
  clock(): number;
  protocol?: Protocol;
  batch?: BatchLimit;
  /** Most records to hold; the server has a cap of its own. */
  cap?: number;
  /** Days for which accepted commands are kept, should the server have to be restored from a backup. */
  keepDays?: number;
};

/** What a worker does: on a record of a kind, a command of that kind with its data. */
export type Deed = { kind: string; recordId: string; type: string; data: JsonObject };

/** It was sent and its answer is still out: it can be corrected once that has come. */
export class OnItsWay extends Error {}

/** One worker's phone: everything that is asked of it while there is no signal, and both halves of every exchange. */
export type Phone = ReturnType<typeof makePhone>;

async function addEntry(tx: StoreTx, deed: Deed, id: string, at: string, replaces?: string): Promise<Entry> {
  const state = await stateOf(tx);
  const row = await tx.get<Row>("records", rowKey({ kind: deed.kind, id: deed.recordId }));
  const [sequence, order] = [state.sequence + 1, state.order + 1];
  const version = { base: row?.version ?? 0, branch: state.branch, sequence };
  const command: SyncCommand = { ...deed, id, version, at, ...(replaces && { replaces }) };
  const entry: Entry = { key: keyOf(order), command, state: "waiting", tries: 0 };
  tx.put("outbox", entry.key, entry);
  keepState(tx, { ...state, sequence, order });
  return entry;
}

/** Keeps an entry as the server answered it: the accepted apart from what the worker still has to see through. */
async function keepAnswered(tx: StoreTx, entry: Entry): Promise<void> {
  if (entry.state === "accepted") tx.remove("outbox", entry.key);
  tx.put(entry.state === "accepted" ? "settled" : "outbox", entry.key, entry);
  if (entry.state === "held" || entry.reason?.code === "idUsedDifferently") return;
  const state = await stateOf(tx);
  const { branch, sequence } = entry.command.version;
  const upTo = Math.max(state.answered[branch] ?? 0, sequence);
  keepState(tx, { ...state, answered: { ...state.answered, [branch]: upTo } });
}

const values = <T>(found: { value: T }[]): T[] => found.map(({ value }) => value);

/** Opens a worker's store. @throws AnotherWorker when the store is somebody else's */
export async function openPhone(options: PhoneOptions): Promise<Phone> {
  await options.store.transact((tx) => openState(tx, options.worker, options.newId));
  return makePhone(options);
}

function makePhone({
  store,
  worker,
  newId,
  clock,
  protocol = ours,
  batch = usualBatch,
  cap = 5_000,
  keepDays = 30,
}: PhoneOptions) {
  const now = (): string => new Date(clock()).toISOString();
  const entries = (): Promise<Entry[]> => store.transact(async (tx) => values(await tx.list<Entry>("outbox")));

  /**
   * Keeps a deed on this phone, with the uploads that it names. When it resolves, the deed survives anything but the
   * loss of the phone.
   */
  const queue = (deed: Deed, uploads: readonly Upload[] = []): Promise<Entry> =>
    store.transact(async (tx) => {
      for (const upload of uploads) tx.put("uploads", upload.id, upload);
      return addEntry(tx, deed, newId(), now());
    });

  /**
   * Corrects a command. One that was never sent changes in place; one that was not accepted is followed by a new one
   * and kept. @throws OnItsWay while an answer is out
   */
  const amend = (commandId: string, data: JsonObject, uploads: readonly Upload[] = []): Promise<Entry> =>
    store.transact(async (tx) => {
      const entry = values(await tx.list<Entry>("outbox")).find(({ command }) => command.id === commandId);
      if (!entry || (entry.state !== "notAccepted" && entry.tries > 0)) throw new OnItsWay(commandId);
      for (const upload of uploads) tx.put("uploads", upload.id, upload);
      if (entry.state !== "notAccepted") {
        const changed: Entry = { ...entry, command: { ...entry.command, data } };
        tx.put("outbox", entry.key, changed);
        return changed;
      }
      const { kind, recordId, type } = entry.command;
      const next = await addEntry(tx, { kind, recordId, type, data }, newId(), now(), commandId);
      tx.remove("outbox", entry.key);
      tx.put("settled", entry.key, { ...entry, replacedBy: next.command.id } satisfies Entry);
      return next;
    });

  /** Takes what was not accepted, and its worker no longer wants, out of the outbox; it stays among what is settled. */
  const setAside = (commandId: string): Promise<void> =>
    store.transact(async (tx) => {
      const entry = values(await tx.list<Entry>("outbox")).find(({ command }) => command.id === commandId);
      if (entry?.state !== "notAccepted") return;
      tx.remove("outbox", entry.key);
      tx.put("settled", entry.key, entry);
    });

  /** Notes how far an upload is; one that is done is let go. */
  const keepUpload = (upload: Upload): Promise<void> =>
    store.transact(async (tx) => {
      if (upload.state === "done") tx.remove("uploads", upload.id);
      else tx.put("uploads", upload.id, upload);
    });

  /** What to push next, marked as sent before it leaves; nothing when nothing waits. */
  const nextPush = (): Promise<PushRequest | undefined> =>
    store.transact(async (tx) => {
      const going = nextBatch(values(await tx.list<Entry>("outbox")), batch);
      if (!going.length) return undefined;
      for (const entry of going)
        tx.put("outbox", entry.key, {
          ...entry,
          state: entry.state === "held" ? "held" : "sent",
          tries: entry.tries + 1,
        } satisfies Entry);
      const commands = going.map(({ command }) => command);
      return { protocol, branch: commands[0]!.version.branch, sentAt: now(), commands };
    });

  /** Takes the server's answers. Only what this phone asked about is believed. */
  const takePush = (request: PushRequest, response: PushResponse): Promise<void> =>
    store.transact(async (tx) => {
      const asked = new Set(request.commands.map(({ id }) => id));
      const answers = new Map(response.answers.filter(({ id }) => asked.has(id)).map((answer) => [answer.id, answer]));
      for (const { value: entry } of await tx.list<Entry>("outbox")) {
        const answer = answers.get(entry.command.id);
        if (!answer) continue;
        await keepAnswered(tx, answered(entry, answer, response.time));
        if (answer.missing) await fillGap(tx, request.branch, answer.missing);
      }
      if (response.forked) await renumber(tx, request.branch, newId);
      const driftMs = Date.parse(response.time) - clock();
      keepState(tx, { ...(await stateOf(tx)), lastContact: response.time, driftMs });
    });

  const nextPull = async (limit = 500): Promise<PullRequest> => {
    const { cursor, answered: upTo } = await store.transact(stateOf);
    return { protocol, cursor, limit, answered: upTo };
  };

  const takePull = (response: PullResponse): Promise<Taken> => store.transact((tx) => takePage(tx, response.page, cap));

  /** A record as its worker sees it, his unconfirmed work included. */
  const see = (kind: string, id: string, preview?: Preview): Promise<Seen> =>
    store.transact(async (tx) => {
      const row = await tx.get<Row>("records", rowKey({ kind, id }));
      const both = [...(await tx.list<Entry>("settled")), ...(await tx.list<Entry>("outbox"))];
      const own = values(both)
        .filter(({ command }) => command.kind === kind && command.recordId === id)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return overlay(row, own, preview);
    });

  /** Everything not yet accepted, as the text of a file. */
  const exportOutbox = async (): Promise<string> => writeOutboxFile(worker, now(), await entries());

  /** Takes the entries of such a file into this outbox, but those it has already. Returns how many were new. */
  const importOutbox = (file: OutboxFile): Promise<number> =>
    store.transact(async (tx) => {
      const state = await stateOf(tx);
      const known = [...(await tx.list<Entry>("outbox")), ...(await tx.list<Entry>("settled"))];
      const ids = new Set(known.map(({ value }) => value.command.id));
      const fresh = entriesFromFile(file, state.order).filter(({ command }) => !ids.has(command.id));
      for (const entry of fresh) tx.put("outbox", entry.key, entry);
      keepState(tx, { ...state, order: state.order + file.entries.length });
      return fresh.length;
    });

  /** Lets go of accepted commands that are old by the server's time. */
  const prune = (): Promise<void> =>
    store.transact(async (tx) => {
      const { lastContact } = await stateOf(tx);
      const limit = Date.parse(lastContact ?? "1970-01-01") - keepDays * 86_400_000;
      for (const { key, value } of await tx.list<Entry>("settled"))
        if (value.acceptedAt && Date.parse(value.acceptedAt) < limit) tx.remove("settled", key);
    });

  return {
    worker,
    queue,
    amend,
    setAside,
    keepUpload,
    uploads: (): Promise<Upload[]> => store.transact(async (tx) => values(await tx.list<Upload>("uploads"))),
    nextPush,
    takePush,
    nextPull,
    takePull,
    see,
    entries,
    exportOutbox,
    importOutbox,
    prune,
    counts: async (): Promise<Counts> => countEntries(await entries()),
    records: (): Promise<Row[]> => store.transact(async (tx) => values(await tx.list<Row>("records"))),
    state: (): Promise<PhoneState> => store.transact(stateOf),
  };
}
