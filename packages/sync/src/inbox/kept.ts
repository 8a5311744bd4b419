import type { Heard } from "../command/clock.ts";
import type { Answer, Reason, SyncCommand } from "../command/command.ts";
import type { Json } from "../json.ts";

/** One phone installation as the server knows it: whose it is, and the first sequence that is still to come. */
export type Branch = { id: string; worker: string; next: number };

/** What the server keeps of a command it has heard of. Never removed while a phone may send it again. */
export type Kept = {
  id: string;
  worker: string;
  branch: string;
  sequence: number;
  /** Of `contentOf`; tells the same id with another content. */
  fingerprint: string;
  answer: Answer;
  heard: Heard;
  /** The command itself while it is held. */
  held?: SyncCommand;
};

/** Numbers of a branch that are taken, and by which command. */
export type Slots = ReadonlyMap<number, string>;

/** What has to be read before a push can be taken in. */
export type InboxView = {
  branch?: Branch;
  /** Commands whose id is in the push, those in `slots`, and all of this branch that are held. */
  kept: readonly Kept[];
  /** Slots of the branch from `next` on, and those that the push names. */
  slots: Slots;
};

/** What has to be written afterwards, in one transaction with the effects of the decisions. */
export type InboxChange = {
  branch: Branch;
  kept: Kept[];
  slots: Map<number, string>;
  answers: Answer[];
  forked: boolean;
};

export type Decision =
  | { ok: true; version: number; result?: Json; conflicts?: readonly string[] }
  | { ok: false; reason: Reason };

/**
 * Decides one command and applies it if it is allowed; called in the order in which commands take effect.
 * `notKnownHere`: this release has no such command; it is held for a newer one.
 */
export type Decide = (command: SyncCommand, heard: Heard) => Decision | "notKnownHere";

export type InboxSettings = {
  now: number;
  /** Ms that a command waits for those before it. */
  holdMs: number;
  /** Ms that a command of a newer phone waits for this server to be updated. */
  parkMs: number;
  fingerprint(command: SyncCommand): string;
};
