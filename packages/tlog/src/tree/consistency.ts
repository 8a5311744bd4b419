import { sameBytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { emptyRoot, isHash, nodeHash, type Hash } from "./hashes.ts";
import { rangeRoot, splitAt, type Subtrees } from "./subtrees.ts";

/**
 * Proof that the tree of `size` leaves begins with the tree of `old` leaves (RFC 6962, 2.1.2); empty for none or all.
 * @throws TlogError outOfRange
 */
export async function proveConsistency(subtrees: Subtrees, old: number, size: number): Promise<Hash[]> {
  if (!(old >= 0 && old <= size)) throw new TlogError("outOfRange", `a tree of ${size} does not extend one of ${old}`);
  if (old === 0 || old === size) return [];
  const proof: Promise<Hash>[] = [];
  let from = 0;
  let to = size;
  // The old tree's root is known to whoever asks, as long as the part looked at begins at its first leaf.
  while (old !== to) {
    const middle = from + splitAt(to - from);
    if (old <= middle) {
      proof.push(rangeRoot(subtrees, middle, to));
      to = middle;
    } else {
      proof.push(rangeRoot(subtrees, from, middle));
      from = middle;
    }
  }
  if (from !== 0) proof.push(rangeRoot(subtrees, from, to));
  return (await Promise.all(proof)).reverse();
}

/** Whether the proof shows that the newer tree begins with the older one (RFC 9162, 2.1.4.2). */
export function isConsistent(old: number, size: number, oldRoot: Hash, root: Hash, proof: readonly Hash[]): boolean {
  if (!(old >= 0 && old <= size)) return false;
  if (old === 0 && !sameBytes(oldRoot, emptyRoot())) return false;
  if (old === size) return proof.length === 0 && sameBytes(oldRoot, root);
  if (![oldRoot, root, ...proof].every(isHash)) return false;
  if (old === 0) return proof.length === 0;
  let [node, last] = [old - 1, size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  const path = node === 0 ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (!first) return false;
  let [oldHash, hash] = [first, first];
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash);
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(oldHash, oldRoot) && sameBytes(hash, root);
}
