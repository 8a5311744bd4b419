import { emptyRoot, nodeHash, type Hash } from "./hashes.ts";

/** Gives the hash of the complete subtree over leaves `[index · 2^level, (index + 1) · 2^level)`. */
export type Subtrees = (level: number, index: number) => Hash | Promise<Hash>;

/** Largest power of two smaller than n (n > 1): where RFC 6962 splits n leaves. */
export function splitAt(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1 || 1));
}

/** Root over leaves `[from, to)`, where `from` is where RFC 6962 would begin a subtree of that many. */
export async function rangeRoot(subtrees: Subtrees, from: number, to: number): Promise<Hash> {
  const parts: Hash[] = [];
  for (let at = from; at < to;) {
    const level = Math.floor(Math.log2(to - at));
    parts.push(await subtrees(level, at / 2 ** level));
    at += 2 ** level;
  }
  return parts.length ? parts.reduceRight((right, left) => nodeHash(left, right)) : emptyRoot();
}
