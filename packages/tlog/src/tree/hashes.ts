import type { Bytes } from "../bytes.ts";
import { sha256 } from "../hash/sha256.ts";

/** 32 bytes. */
export type Hash = Bytes;

export const isHash = (bytes: Uint8Array): boolean => bytes.length === 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Hash of an entry (RFC 6962, 2.1). */
export const leafHash = (entry: Uint8Array): Hash => sha256(leafPrefix, entry);
/** Hash of two subtrees (RFC 6962, 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Hash => sha256(nodePrefix, left, right);
/** Root of the tree without leaves. */
export const emptyRoot = (): Hash => sha256();

/** Root over hashes of equal subtrees, whose number is any from one up. */
export function rootOver(hashes: readonly Uint8Array[]): Hash {
  let level = hashes;
  // An odd one out goes up as it is: the same tree as splitting at the largest power of two.
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) next.push(nodeHash(level[i]!, level[i + 1]!));
    if (level.length % 2) next.push(level.at(-1)!);
    level = next;
  }
  return level[0] as Hash;
}
