import { base64Of, concat, fromBase64, hexOf, sameBytes, utf8, type Bytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { sha256 } from "../hash/sha256.ts";

/** Signature types of C2SP signed-note that we speak: plain Ed25519, and a witness's timestamped cosignature. */
export const noteType = 0x01;
export const cosignatureType = 0x04;
export type KeyType = typeof noteType | typeof cosignatureType;

/** A public key with the name it signs under; `id` is the 4 bytes that name it on a signature line. */
export type NamedKey = { name: string; type: KeyType; publicKey: Bytes; id: Bytes };

/** Key names have no plus and no space of any alphabet. */
export function isKeyName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return name !== "" && !/[+\p{White_Space}\u0000-\u001f]/u.test(name);
}

/** @throws TlogError malformed */
export function namedKey(name: string, type: KeyType, publicKey: Bytes): NamedKey {
  if (!isKeyName(name)) throw new TlogError("malformed", `"${name.slice(0, 80)}" cannot name a key`);
  return { name, type, publicKey, id: sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey).slice(0, 4) };
}

/** The key as one line of text: name, id, type and key (C2SP signed-note, verifier keys). */
export function verifierKey({ name, type, publicKey, id }: NamedKey): string {
  return `${name}+${hexOf(id)}+${base64Of(concat(Uint8Array.of(type), publicKey))}`;
}

/** @throws TlogError malformed, also when the id is not that of the key */
export function readVerifierKey(text: string): NamedKey {
  const [, name = "", id = "", key = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  if (!name) throw new TlogError("malformed", `"${text.slice(0, 80)}" is not a verifier key`);
  const bytes = fromBase64(key);
  const type = bytes[0];
  if ((type !== noteType && type !== cosignatureType) || bytes.length !== 33)
    throw new TlogError("malformed", `the key of ${name} is not an Ed25519 key of a log or of a witness`);
  const read = namedKey(name, type, bytes.slice(1));
  if (hexOf(read.id) !== id) throw new TlogError("malformed", `the key of ${name} does not have the id ${id}`);
  return read;
}

export const sameKey = (a: NamedKey, b: NamedKey): boolean => a.name === b.name && sameBytes(a.id, b.id);
