import { exchange } from "@linge/sync/phone/exchange.ts";
import { openPhone } from "@linge/sync/phone/phone.ts";
import type { Entry } from "@linge/sync/outbox/entry.ts";
import { readOutboxFile } from "@linge/sync/outbox/file.ts";
import { memoryStore } from "@linge/sync/store/memory.ts";
import { fromBase64, readFile, UnusableFileError } from "../../field/phone/file.ts";
import { transport, whoAmI } from "../../field/phone/server.ts";
import { sendUploads } from "../../field/phone/uploading.ts";

export type TakenIn = { done: number; notAccepted: Entry[]; mediaLeft: number; whole: boolean };

/**
 * Takes a phone's file in at the desk: the worker's own phone in memory, with the file as its outbox, has a contact.
 * Ids are the phone's, so whatever the phone sends again later is answered and not done twice.
 * @throws UnusableFileError, WrongPinError
 */
export async function takeIn(text: string, pin: string): Promise<TakenIn> {
  const contents = await readFile(text, pin);
  const read = readOutboxFile(contents.outbox);
  if (!read.ok) throw new UnusableFileError(read.problem);
  const phone = await openPhone({
    store: memoryStore(),
    worker: read.file.worker,
    newId: () => crypto.randomUUID(),
    clock: Date.now,
  });
  const brought = await phone.importOutbox(read.file);
  for (const upload of contents.uploads) await phone.keepUpload({ ...upload, state: "waiting", reason: undefined });
  await whoAmI();
  // Only outwards: a desk is no phone, and needs none of its records.
  const outwards = { ...transport, pull: async () => ({ ok: false as const, trouble: "offline" as const }) };
  await exchange(phone, outwards);
  const bytes = {
    read: async (id: string) => (contents.media[id] === undefined ? undefined : fromBase64(contents.media[id])),
    drop: async () => {},
  };
  const trouble = await sendUploads(phone, bytes);
  const left = await phone.entries();
  const notAccepted = left.filter(({ state }) => state === "notAccepted");
  return {
    done: brought - left.length,
    notAccepted,
    mediaLeft: (await phone.uploads()).length,
    whole: trouble === undefined && left.length === notAccepted.length,
  };
}
