import { sameBytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { isHash, nodeHash, type Hash } from "./hashes.ts";
import { rangeRoot, splitAt, type Subtrees } from "./subtrees.ts";

/**
 * Proof that leaf `index` is in the tree of `size` leaves (RFC 6962, 2.1.1), from the leaf's sibling upwards.
 * @throws TlogError outOfRange
 */
export async function proveInclusion(subtrees: Subtrees, index: number, size: number): Promise<Hash[]> {
  if (!(index >= 0 && index < size)) throw new TlogError("outOfRange", `leaf ${index} is not in a tree of ${size}`);
  const proof: Promise<Hash>[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitAt(to - from);
    if (index < middle) {
      proof.push(rangeRoot(subtrees, middle, to));
      to = middle;
    } else {
      proof.push(rangeRoot(subtrees, from, middle));
      from = middle;
    }
  }
  return (await Promise.all(proof)).reverse();
}

/** The root that a leaf and its proof lead to (RFC 9162, 2.1.3.2), or nothing when the proof has the wrong length. */
export function rootFromInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[]): Hash | undefined {
  if (!(index >= 0 && index < size) || ![leaf, ...proof].every(isHash)) return undefined;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

/** Whether the proof binds the leaf to the root. */
export function isIncluded(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  const found = rootFromInclusion(leaf, index, size, proof);
  return found !== undefined && sameBytes(found, root);
}
