import { emptyRoot, nodeHash, type Hash } from "./hashes.ts";

/** The right edge of a growing tree: enough to append and to know the root, in one hash per power of two. */
export type Frontier = { size: number; subtrees: { level: number; hash: Hash }[] };

export const emptyFrontier = (): Frontier => ({ size: 0, subtrees: [] });

/** Adds a leaf by its hash, in place; subtrees of equal height join at once. */
export function append(frontier: Frontier, leaf: Hash): void {
  const { subtrees } = frontier;
  let joined = { level: 0, hash: leaf };
  while (subtrees.at(-1)?.level === joined.level)
    joined = { level: joined.level + 1, hash: nodeHash(subtrees.pop()!.hash, joined.hash) };
  subtrees.push(joined);
  frontier.size += 1;
}

export function rootOfFrontier({ subtrees }: Frontier): Hash {
  if (subtrees.length === 0) return emptyRoot();
  return subtrees.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right));
}
