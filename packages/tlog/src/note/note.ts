import { base64Of, concat, fromBase64, sameBytes, utf8, type Bytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { verifyEd25519, type PrivateKey } from "../hash/ed25519.ts";
import { cosignedMessage, readTimestamp } from "./cosignature.ts";
import { cosignatureType, isKeyName, type NamedKey } from "./key.ts";

/** One line under a note: who, with which key, and the bytes after the key's id. */
export type NoteSignature = { name: string; id: Bytes; bytes: Bytes };
/** A text with signatures; `text` ends in a newline. */
export type Note = { text: string; signatures: NoteSignature[] };

const mostSignatures = 100;
const mostBytes = 1_000_000;

/** Reads a signed note (C2SP signed-note); says nothing yet of who signed it. @throws TlogError malformed */
export function parseNote(whole: string): Note {
  const wrong = (why: string): TlogError => new TlogError("malformed", `this is not a signed note: ${why}`);
  if (whole.length > mostBytes) throw wrong("it is too long");
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])/.test(whole))
    throw wrong("it has control characters");
  const split = whole.lastIndexOf("\n\n");
  if (split < 0 || !whole.endsWith("\n")) throw wrong("text, empty line and signatures are expected");
  const lines = whole.slice(split + 2, -1).split("\n");
  if (lines.length > mostSignatures) throw wrong("it has too many signatures");
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/** Reads one signature line, without its newline. @throws TlogError malformed */
export function parseSignature(line: string): NoteSignature {
  const [, name = "", encoded = ""] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  if (!isKeyName(name)) throw new TlogError("malformed", `"${line.slice(0, 80)}" is not a signature line`);
  const bytes = fromBase64(encoded);
  if (bytes.length < 5) throw new TlogError("malformed", `the signature of ${name} is too short`);
  return { name, id: bytes.slice(0, 4), bytes: bytes.slice(4) };
}

export const signatureLine = ({ name, id, bytes }: NoteSignature): string =>
  `— ${name} ${base64Of(concat(id, bytes))}\n`;

export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join("")}`;

/** Signs a text that ends in a newline. */
export async function signNote(text: string, key: NamedKey, secret: PrivateKey): Promise<NoteSignature> {
  return { name: key.name, id: key.id, bytes: await secret.sign(utf8(text)) };
}

async function isValid(text: string, key: NamedKey, bytes: Bytes): Promise<boolean> {
  if (key.type !== cosignatureType) return verifyEd25519(key.publicKey, utf8(text), bytes);
  const timestamp = readTimestamp(bytes);
  return timestamp !== undefined && verifyEd25519(key.publicKey, cosignedMessage(text, timestamp), bytes.slice(8));
}

/** A signature that was checked; `at` is a witness's time, in seconds since 1970. */
export type Checked = { key: NamedKey; at?: number };

/**
 * Checks a note's signatures against known keys; those of unknown keys are passed over, as they must be.
 * @throws TlogError badSignature when one by a known key is wrong, unknownKey when none is by a known key
 */
export async function checkNote(note: Note, keys: readonly NamedKey[]): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const { name, id, bytes } of note.signatures) {
    const key = keys.find((each) => each.name === name && sameBytes(each.id, id));
    if (!key) continue;
    if (!(await isValid(note.text, key, bytes)))
      throw new TlogError("badSignature", `the signature of ${name} is wrong`);
    checked.push(key.type === cosignatureType ? { key, at: readTimestamp(bytes) } : { key });
  }
  if (checked.length) return checked;
  throw new TlogError(
    "unknownKey",
    `none of the signatures is by ${keys.map((key) => key.name).join(", ") || "a known key"}`,
  );
}
