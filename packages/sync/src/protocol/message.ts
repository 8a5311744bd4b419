import type { Answer, SyncCommand } from "../command/command.ts";
import type { Page } from "../pull/page.ts";
import type { Protocol } from "./protocol.ts";

/** Commands of one branch, in the order of their sequence. `sentAt` is the phone's clock at sending. */
export type PushRequest = { protocol: Protocol; branch: string; sentAt: string; commands: SyncCommand[] };

/**
 * `forked`: somebody else used this branch's numbers (a phone restored from a backup, a copied phone); the phone
 * renumbers what waits in a branch of its own and sends again. `time` is the server's.
 */
export type PushResponse = { protocol: Protocol; time: string; answers: Answer[]; forked: boolean };

/** `answered`: the highest number of each of its branches to which the phone holds a final answer. */
export type PullRequest = {
  protocol: Protocol;
  cursor: string;
  limit: number;
  answered: Readonly<Record<string, number>>;
};
export type PullResponse = { protocol: Protocol; page: Page };

/** Why a contact came to nothing; in every case all that waits stays on the phone. */
export type Trouble =
  | "offline"
  /** Something answered that is not Linge: a captive portal. */
  | "notLinge"
  | "signInNeeded"
  | "busy"
  | "serverTrouble"
  | "updatePhone"
  | "updateServer"
  | "refused";

export type Heard<T> = { ok: true; body: T } | { ok: false; trouble: Trouble };

/** How the phone reaches the server; on a phone it is fetch, in tests a network with every fault. Never throws. */
export type Transport = {
  push(request: PushRequest): Promise<Heard<PushResponse>>;
  pull(request: PullRequest): Promise<Heard<PullResponse>>;
};

const troubles: Record<number, Trouble> = {
  401: "signInNeeded",
  426: "updatePhone",
  429: "busy",
  501: "updateServer",
  503: "busy",
};

/**
 * Reads whatever came back over HTTP. A body is believed only when it has the shape of ours, so that the page of a
 * captive portal with status 200 is never taken for an answer.
 * @param body parsed JSON, or undefined when it was none
 */
export function readResponse<T extends { protocol: Protocol }>(status: number, body: unknown): Heard<T> {
  const object = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined;
  const code = (object?.error as { code?: unknown } | undefined)?.code;
  if (status >= 200 && status < 300) {
    const major = (object?.protocol as Protocol | undefined)?.major;
    return typeof major === "number" ? { ok: true, body: object as T } : { ok: false, trouble: "notLinge" };
  }
  if (status >= 500) return { ok: false, trouble: troubles[status] ?? "serverTrouble" };
  if (typeof code !== "string") return { ok: false, trouble: "notLinge" };
  // The session was renewed elsewhere: its token against forged forms is another.
  if (code === "forgedForm") return { ok: false, trouble: "signInNeeded" };
  return { ok: false, trouble: troubles[status] ?? "refused" };
}

/** Milliseconds to wait before the n-th retry in a row: doubling from 2 s to 5 min, spread so that phones do not come at once. */
export function retryAfter(tries: number, random: number): number {
  return Math.min(300_000, 2_000 * 2 ** Math.min(tries, 10)) * (0.5 + random / 2);
}
