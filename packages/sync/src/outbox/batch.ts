import type { Entry } from "./entry.ts";

/** A push stays small enough for a bad line: this many commands, this many characters of JSON. */
export type BatchLimit = { commands: number; characters: number };
export const usualBatch: BatchLimit = { commands: 100, characters: 200_000 };

const mayGo = (entry: Entry): boolean => entry.state === "waiting" || entry.state === "sent";

/**
 * What to send next: the oldest that wait, of one branch, in order. When nothing waits, what the server holds is
 * offered again, which asks how it stands. Empty when there is nothing to say.
 */
export function nextBatch(entries: readonly Entry[], limit: BatchLimit = usualBatch): Entry[] {
  const going = entries.filter(mayGo);
  const candidates = going.length ? going : entries.filter((entry) => entry.state === "held");
  const branch = candidates[0]?.command.version.branch;
  const batch: Entry[] = [];
  let characters = 0;
  for (const entry of candidates) {
    if (entry.command.version.branch !== branch || batch.length === limit.commands) break;
    characters += JSON.stringify(entry.command).length;
    if (batch.length && characters > limit.characters) break;
    batch.push(entry);
  }
  return batch;
}
