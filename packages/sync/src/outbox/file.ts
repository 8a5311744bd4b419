import { canonical, type Json } from "../json.ts";
import { keyOf, type Entry } from "./entry.ts";

/** Everything that is not yet accepted, as a file that a worker can carry to the desk when nothing else works. */
export type OutboxFile = {
  linge: "outbox";
  version: 1;
  worker: string;
  exportedAt: string;
  entries: Entry[];
  check: string;
};

/** FNV-1a over UTF-16 units: finds a file that was cut off or changed by accident, not by intent. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

export function writeOutboxFile(worker: string, exportedAt: string, entries: Entry[]): string {
  const body = { linge: "outbox" as const, version: 1 as const, worker, exportedAt, entries };
  return JSON.stringify({ ...body, check: checksum(canonical(body as unknown as Json)) });
}

export type ReadFile =
  | { ok: true; file: OutboxFile }
  | { ok: false; problem: "notAnOutbox" | "damaged" | "newerVersion" };

/** Reads such a file. Sending its commands is harmless when the phone has sent them as well: their ids are the same. */
export function readOutboxFile(text: string): ReadFile {
  let parsed: Partial<OutboxFile>;
  try {
    parsed = JSON.parse(text) as Partial<OutboxFile>;
  } catch {
    return { ok: false, problem: "damaged" };
  }
  if (parsed?.linge !== "outbox" || !Array.isArray(parsed.entries)) return { ok: false, problem: "notAnOutbox" };
  if (parsed.version !== 1) return { ok: false, problem: "newerVersion" };
  const { check, ...body } = parsed;
  if (check !== checksum(canonical(body as unknown as Json))) return { ok: false, problem: "damaged" };
  return { ok: true, file: parsed as OutboxFile };
}

/** Entries of a file, placed at the end of an outbox: as sent before, so that known ones are only asked about. */
export function entriesFromFile(file: OutboxFile, lastOrder: number): Entry[] {
  return file.entries.map((entry, index): Entry => ({
    ...entry,
    key: keyOf(lastOrder + 1 + index),
    state: entry.state === "waiting" ? "sent" : entry.state,
    tries: entry.tries + 1,
  }));
}
