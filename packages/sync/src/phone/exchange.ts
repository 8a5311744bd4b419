import type { Transport, Trouble } from "../protocol/message.ts";
import type { Phone } from "./phone.ts";

/** What one contact did. `trouble` says why it ended early; nothing is lost by that. */
export type Contact = { pushed: number; rows: number; removed: number; trouble?: Trouble };

/** So many pages and batches in one contact: a server that never ends does not keep a phone awake. */
const mostTurns = 1_000;

async function pushAll(phone: Phone, transport: Transport, contact: Contact): Promise<void> {
  let asked = "";
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const request = await phone.nextPush();
    if (!request) return;
    // What is held is asked about once in a contact.
    const ids = request.commands.map(({ id, version }) => `${version.branch}${id}`).join();
    if (ids === asked) return;
    asked = ids;
    const heard = await transport.push(request);
    if (!heard.ok) {
      contact.trouble = heard.trouble;
      return;
    }
    await phone.takePush(request, heard.body);
    contact.pushed += heard.body.answers.length;
  }
}

async function pullAll(phone: Phone, transport: Transport, contact: Contact): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const heard = await transport.pull(await phone.nextPull());
    if (!heard.ok) {
      contact.trouble = heard.trouble;
      return;
    }
    const { taken, rows, removed } = await phone.takePull(heard.body);
    contact.rows += rows;
    contact.removed += removed;
    if (!taken || !heard.body.page.more) return;
  }
}

/** One contact: everything that waits goes out, then what changed comes in. Safe to call at any time and to break off anywhere. */
export async function exchange(phone: Phone, transport: Transport): Promise<Contact> {
  const contact: Contact = { pushed: 0, rows: 0, removed: 0 };
  await pushAll(phone, transport, contact);
  if (!contact.trouble) await pullAll(phone, transport, contact);
  // A restored server is noticed while pulling; what it lost goes out at once.
  if (!contact.trouble) await pushAll(phone, transport, contact);
  return contact;
}
