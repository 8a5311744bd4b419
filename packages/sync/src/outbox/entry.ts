import type { Answer, Reason, SyncCommand } from "../command/command.ts";

/**
 * Where a command of this phone stands.
 * - `waiting`: kept on the phone, not yet sent. `sent`: on its way, or its answer was lost; it is sent again.
 * - `held`: the server has it and waits for earlier ones, until `until`.
 * - `accepted`: done, once. `notAccepted`: the server says why; it stays to be corrected and sent again.
 */
export type EntryState = "waiting" | "sent" | "held" | "accepted" | "notAccepted";

/** A command in the outbox. Entries are added and change state; none is dropped before it is accepted. */
export type Entry = {
  /** Order in which things were done on this phone; also the key in the store. */
  key: string;
  command: SyncCommand;
  state: EntryState;
  tries: number;
  until?: string;
  why?: "earlierMissing" | "needsNewerServer";
  reason?: Reason;
  /** Version of the record that this command made, and fields on which it met another value. */
  version?: number;
  conflicts?: readonly string[];
  /** Server's time of acceptance. */
  acceptedAt?: string;
  /** The corrected command that took its place. */
  replacedBy?: string;
};

export const keyOf = (order: number): string => String(order).padStart(12, "0");

/** The entry after the server's answer. Answers that come late or twice change nothing that is already settled. */
export function answered(entry: Entry, answer: Answer, time: string): Entry {
  const { key, command, tries, state } = entry;
  if (state === "accepted" || state === "notAccepted") return entry;
  const kept = { key, command, tries };
  if (answer.outcome === "accepted")
    return { ...kept, state: "accepted", version: answer.version, conflicts: answer.conflicts, acceptedAt: time };
  if (answer.outcome === "held") return { ...kept, state: "held", until: answer.until, why: answer.why };
  return { ...kept, state: "notAccepted", reason: answer.reason };
}

export type Counts = {
  /** Not yet with the server: what "N waiting" says. */
  waiting: number;
  /** With the server, waiting for its turn. */
  held: number;
  /** To be looked at by the worker; counted nowhere else. */
  notAccepted: number;
};

/** What is to be shown beside the name of the worker. A command that was not accepted is in no count of work done. */
export function countEntries(entries: readonly Entry[]): Counts {
  const of = (...states: EntryState[]): number =>
    entries.filter((entry) => states.includes(entry.state) && !entry.replacedBy).length;
  return { waiting: of("waiting", "sent"), held: of("held"), notAccepted: of("notAccepted") };
}
