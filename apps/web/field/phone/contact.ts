import type { Basics } from "@linge/server/features/sync/basics.ts";
import { exchange } from "@linge/sync/phone/exchange.ts";
import type { Phone as Kernel } from "@linge/sync/phone/phone.ts";
import type { Transport, Trouble } from "@linge/sync/protocol/message.ts";
import type { MediaShelf } from "./media.ts";
import type { PhoneState } from "./phone.ts";
import {
  asksToLeave,
  fetchBasics,
  fetchSummary,
  sayHere,
  sayLeft,
  signOut,
  transport,
  whoAmI,
  type Summary,
  type Who,
} from "./server.ts";
import { keepPublic, publicBasics, signOutIsOwed, signOutOwed } from "./shared.ts";
import { sendUploads } from "./uploading.ts";

/** How a contact ended. */
export type Met = "ok" | Trouble | "wrongPerson" | "left";

type Contact = {
  id: string;
  kernel: Kernel;
  media: MediaShelf;
  login: string;
  keep(name: string, value: unknown): Promise<void>;
  change(part: Partial<PhoneState>): void;
  leave(): Promise<void>;
};

/** A phone that changed hands where there was no signal still has the session of the one who gave it away. */
async function endSessionOfWhoLeft(): Promise<void> {
  if (!(await signOutIsOwed())) return;
  const who = await whoAmI();
  if (who.kind !== "ok") return;
  await signOut();
  await signOutOwed(false);
}

const leaders: readonly string[] = ["gridLeader", "gridAdvisor"];

/** Questions, units, lines of my grids, and figures for leaders. */
async function refreshBasics({ keep, change }: Contact, who: Who): Promise<void> {
  const heard = await fetchBasics();
  if (heard.ok) {
    const { grids, categories, units, calendar } = heard.body;
    await keepPublic({ categories, units, calendar });
    await keep("grids", grids);
    change({ basics: { ...(await publicBasics()), grids } satisfies Basics });
  }
  if (!who.grants.some(({ role }) => leaders.includes(role))) return;
  const reply = await fetchSummary();
  if (reply.kind !== "ok") return;
  await keep("summary", reply.body satisfies Summary);
  change({ summary: reply.body });
}

/** Records to begin with: what is most urgent can be worked on within a second, also over a bad line. */
const firstRecords = 40;

/** The way to the server with a short first page; `begun` when that has come, or nothing will. */
function afterFirstPage(): { wire: Transport; begun: Promise<void> } {
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const wire: Transport = {
    async push(request) {
      const heard = await transport.push(request);
      if (!heard.ok) begin();
      return heard;
    },
    async pull(request) {
      const heard = await transport.pull(request.cursor ? request : { ...request, limit: firstRecords });
      begin();
      return heard;
    },
  };
  return { wire, begun };
}

/**
 * One round with the server: whether this phone was signed out from afar, who is signed in, commands out, records in,
 * photos and voice notes out. It may break off anywhere; whatever is not confirmed waits on the phone.
 */
export async function contactServer(contact: Contact): Promise<Met> {
  const { id, kernel, media, login, keep, change, leave } = contact;
  const [leaves, reply] = await Promise.all([asksToLeave(id), endSessionOfWhoLeft().then(whoAmI)]);
  if (leaves) {
    await leave();
    await sayLeft(id);
    return "left";
  }
  if (reply.kind === "trouble") return reply.trouble;
  if (reply.kind === "refused") return "refused";
  const who = reply.body;
  if (who.login !== login) return "wrongPerson";
  await keep("who", who);
  change({ who });
  void sayHere(id, navigator.userAgent);
  // Lines and questions come beside the work, once the most urgent of it is here.
  const { wire, begun } = afterFirstPage();
  const basics = begun.then(() => refreshBasics(contact, who));
  const [{ trouble }] = await Promise.all([exchange(kernel, wire), basics]);
  if (trouble) return trouble;
  const stopped = await sendUploads(kernel, media);
  if (stopped) return stopped;
  await kernel.prune();
  return "ok";
}
