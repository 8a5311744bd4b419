import { concat, utf8, type Bytes } from "../bytes.ts";
import type { PrivateKey } from "../hash/ed25519.ts";
import type { NamedKey } from "./key.ts";
import type { NoteSignature } from "./note.ts";

/** What a witness signs: that at this second it saw this as the log's largest tree (C2SP tlog-cosignature, v1). */
export function cosignedMessage(text: string, timestamp: number): Bytes {
  return utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

/** Seconds since 1970 at the head of a cosignature; nothing when it is not one of v1. */
export function readTimestamp(bytes: Bytes): number | undefined {
  if (bytes.length !== 72) return undefined;
  const value = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

/** Cosigns a checkpoint's text. `timestamp` in seconds since 1970. */
export async function cosign(
  text: string,
  key: NamedKey,
  secret: PrivateKey,
  timestamp: number,
): Promise<NoteSignature> {
  const head = new DataView(new ArrayBuffer(8));
  head.setBigUint64(0, BigInt(timestamp));
  const signature = await secret.sign(cosignedMessage(text, timestamp));
  return { name: key.name, id: key.id, bytes: concat(new Uint8Array(head.buffer), signature) };
}
