import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import type { Outbox, OutboxItem } from "./outbox.ts";
import { pullCases, sendCommand, sendPhoto, sendReport, whoAmI, type Reply } from "./server.ts";

/** How the last attempt ended. */
export type Contact = "ok" | "unreachable" | "signIn";

type Stopped = Exclude<Contact, "ok">;
const stopped = (reply: Reply<unknown>): Stopped | undefined =>
  reply.kind === "unreachable" || reply.kind === "signIn" ? reply.kind : undefined;

/** Uploads what an item's photos still lack; each that arrived is noted at once and never sent again. */
async function sendPhotos(outbox: Outbox, item: OutboxItem): Promise<Stopped | "refused" | undefined> {
  for (const photo of item.photos) {
    if (photo.sent) continue;
    const bytes = await outbox.photo(photo.key);
    if (!bytes) continue;
    const reply = await sendPhoto(bytes);
    if (reply.kind === "refused") await refuse(outbox, item, reply.message);
    if (reply.kind !== "ok") return reply.kind;
    photo.sent = reply.body.id;
    await outbox.change(item);
  }
  return undefined;
}

function refuse(outbox: Outbox, item: OutboxItem, reason: string): Promise<void> {
  return outbox.change({ ...item, state: "notAccepted", reason });
}

/**
 * Sends what waits, in order. An item that is not accepted stays with its reason; later ones about the same case wait
 * behind it, the rest goes on. The same item sent twice is done once by the server.
 */
export async function push(outbox: Outbox, changed: () => void): Promise<Contact> {
  const items = await outbox.all();
  const blocked = new Set(items.filter((item) => item.state === "notAccepted").map((item) => item.caseId));
  for (const item of items) {
    if (item.state !== "waiting" || blocked.has(item.caseId)) continue;
    const halted = await sendPhotos(outbox, item);
    if (halted === "refused") blocked.add(item.caseId);
    else if (halted) return halted;
    if (halted) continue;
    const photos = item.photos.flatMap(({ sent }) => sent ?? []);
    const body = { ...item.body, id: item.id, at: item.at, ...(photos.length && { photos }) };
    const reply =
      item.type === "report"
        ? await sendReport({ ...body, caseId: item.caseId })
        : await sendCommand(item.caseId, { ...body, type: item.type });
    const halt = stopped(reply);
    if (halt) return halt;
    if (reply.kind === "refused") {
      blocked.add(item.caseId);
      await refuse(outbox, item, reply.message);
    } else await outbox.remove(item);
    changed();
  }
  return "ok";
}

/** Fetches the open cases of my grids; each page is handed over as it comes. */
export async function pull(page: (cases: CaseRow[], whole: boolean) => Promise<void>): Promise<Contact> {
  let cases: CaseRow[] = [];
  for await (const reply of pullCases()) {
    if (reply.kind === "refused") return "signIn";
    if (reply.kind !== "ok") return reply.kind;
    cases = [...cases, ...reply.body];
    await page(cases, false);
  }
  await page(cases, true);
  return "ok";
}

/** One round: who am I, send, fetch. */
export async function exchange(
  outbox: Outbox,
  changed: () => void,
  page: (cases: CaseRow[], whole: boolean) => Promise<void>,
): Promise<Contact> {
  const who = await whoAmI();
  if (who.kind !== "ok") return who.kind === "refused" ? "signIn" : who.kind;
  const sent = await push(outbox, changed);
  return sent === "ok" ? pull(page) : sent;
}
