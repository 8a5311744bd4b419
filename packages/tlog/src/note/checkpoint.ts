import { base64Of, fromBase64, wholeNumber } from "../bytes.ts";
import { TlogError } from "../error.ts";
import type { Hash } from "../tree/hashes.ts";
import { noteType, type NamedKey } from "./key.ts";
import { checkNote, parseNote, type Checked, type Note } from "./note.ts";

/** What a log says of itself: this many leaves, with this root (C2SP tlog-checkpoint). */
export type Checkpoint = { origin: string; size: number; root: Hash; extensions: string[] };

/** Text to be signed. */
export function checkpointText({
  origin,
  size,
  root,
  extensions = [],
}: Omit<Checkpoint, "extensions"> & { extensions?: string[] }): string {
  return [origin, size, base64Of(root), ...extensions, ""].join("\n");
}

/** @throws TlogError malformed */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const [origin = "", size = "", root = "", ...extensions] = lines.slice(0, -1);
  if (lines.length < 4 || lines.at(-1) !== "" || lines.slice(0, -1).includes("") || extensions.some((line) => !line))
    throw new TlogError("malformed", "a checkpoint has a line each for origin, size and root");
  const checkpoint = { origin, size: wholeNumber(size), root: fromBase64(root), extensions };
  if (checkpoint.root.length !== 32) throw new TlogError("malformed", "the root of a checkpoint has 32 bytes");
  return checkpoint;
}

/** A checkpoint whose signatures were checked. */
export type OpenedCheckpoint = { checkpoint: Checkpoint; note: Note; signedBy: Checked[]; witnesses: Checked[] };

/**
 * Opens a signed checkpoint of a known log. @param log the log's key, whose name is its origin
 * @throws TlogError malformed, wrongOrigin, badSignature, unknownKey
 */
export async function openCheckpoint(
  whole: string,
  log: NamedKey,
  witnesses: readonly NamedKey[] = [],
): Promise<OpenedCheckpoint> {
  const note = parseNote(whole);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== log.name)
    throw new TlogError("wrongOrigin", `this is a checkpoint of ${checkpoint.origin}, not of ${log.name}`);
  const checked = await checkNote(note, [log, ...witnesses]);
  const signedBy = checked.filter(({ key }) => key.type === noteType && key.name === log.name);
  if (signedBy.length === 0) throw new TlogError("unknownKey", `the checkpoint is not signed by ${log.name}`);
  return { checkpoint, note, signedBy, witnesses: checked.filter((each) => !signedBy.includes(each)) };
}
