import { canonical, type Json, type JsonObject } from "../json.ts";

/**
 * Where a command stands among others.
 * - `base`: version of the record that the phone had from the server when the command was given; 0 for a record of its own.
 * - `branch`: one phone installation (UUID). Restoring a phone from a backup opens a new one.
 * - `sequence`: 1, 2, 3 … in the branch, without gaps.
 */
export type Versions = { base: number; branch: string; sequence: number };

/** Something a worker did, as it waits on the phone and travels to the server. */
export type SyncCommand = {
  /** Client-made UUID: makes sending it twice harmless. It stays the same through every retry and renumbering. */
  id: string;
  /** Noun of the record, e.g. `case`. */
  kind: string;
  recordId: string;
  /** The noun's own command type, or `edit`, which is merged field by field. */
  type: string;
  data: JsonObject;
  version: Versions;
  /** ISO time by the phone's clock. Recorded and shown, never used to order anything. */
  at: string;
  /** The command that was not accepted and of which this is the corrected form. */
  replaces?: string;
};

/** Type of the command that sets fields: `data: { fields: { name: value } }`. */
export const editType = "edit";

/** Why something was not accepted: a stable code with parameters; the words are the page's business. */
export type Reason = { code: string; params: JsonObject };

/** Sequences that the server has not seen, both ends included. */
export type Gap = { from: number; to: number };

/**
 * What the server says about one command, now and whenever it is sent again. `missing`: earlier numbers that it waits
 * for, or waited for in vain; a phone that has them settled offers them again.
 */
export type Answer = { id: string; missing?: Gap } & (
  | { outcome: "accepted"; version: number; result?: Json; conflicts?: readonly string[] }
  | { outcome: "held"; until: string; why: "earlierMissing" | "needsNewerServer" }
  | { outcome: "notAccepted"; reason: Reason }
);

/**
 * What a command says, apart from where it stands: the same id with another content is refused. Versions are left out,
 * because a phone that lost its place numbers its commands anew.
 */
export function contentOf(command: SyncCommand): string {
  const { kind, recordId, type, data, at, replaces } = command;
  return canonical({ kind, recordId, type, data, at, replaces });
}
