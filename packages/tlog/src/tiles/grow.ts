import { concat, type Bytes } from "../bytes.ts";
import { emptyRoot, nodeHash, rootOver, type Hash } from "../tree/hashes.ts";
import { tileWidth, widthIn, type TileName } from "./path.ts";
import { hashesIn, type ReadTile } from "./read.ts";

/** A tile and its bytes. */
export type Tile = TileName & { bytes: Bytes };

/** The rightmost, unfinished tile of each level: all that is needed to go on. */
export type Edge = { size: number; levels: Hash[][] };

export const emptyEdge = (): Edge => ({ size: 0, levels: [] });

/** Reads the edge of a tree of `size` leaves from its tiles. @throws TypeError when one is missing */
export async function readEdge(size: number, readTile: ReadTile): Promise<Edge> {
  const levels: Hash[][] = [];
  for (let level = 0; tileWidth ** level <= size; level += 1) {
    const index = Math.floor(size / tileWidth ** (level + 1));
    const width = widthIn(size, level, index);
    const bytes = width ? (await readTile({ level, index, width }))! : new Uint8Array(0);
    levels.push(hashesIn(bytes.subarray(0, width * 32)));
  }
  return { size, levels };
}

/**
 * Appends leaves by their hashes.
 * @returns the new edge, and every tile that is new or wider than before: full ones, and the last of each level
 */
export function growTree(edge: Edge, leaves: readonly Hash[]): { edge: Edge; tiles: Tile[] } {
  const levels = edge.levels.map((hashes) => [...hashes]);
  const tiles: Tile[] = [];
  const touched = new Set<number>();
  let size = edge.size;
  const push = (level: number, hash: Hash): void => {
    const hashes = (levels[level] ??= []);
    touched.add(level);
    hashes.push(hash);
    if (hashes.length < tileWidth) return;
    const index = Math.floor((size - 1) / tileWidth ** (level + 1));
    tiles.push({ level, index, width: tileWidth, bytes: concat(...hashes) });
    levels[level] = [];
    push(level + 1, rootOver(hashes));
  };
  for (const leaf of leaves) {
    size += 1;
    push(0, leaf);
  }
  for (const level of [...touched].sort()) {
    const hashes = levels[level]!;
    const index = Math.floor(size / tileWidth ** (level + 1));
    if (hashes.length) tiles.push({ level, index, width: hashes.length, bytes: concat(...hashes) });
  }
  return { edge: { size, levels }, tiles };
}

/** Root of the tree that an edge belongs to. */
export function rootOfEdge({ levels }: Edge): Hash {
  let root: Hash | undefined;
  for (const hashes of levels) {
    // Within a tile's row the complete subtrees are the binary digits of its length, largest first.
    for (let taken = hashes.length, span = 1; taken > 0; span *= 2) {
      if (!(taken & span)) continue;
      const group = rootOver(hashes.slice(taken - span, taken));
      root = root ? nodeHash(group, root) : group;
      taken -= span;
    }
  }
  return root ?? emptyRoot();
}
