import type { Bytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { rootOver, type Hash } from "../tree/hashes.ts";
import type { Subtrees } from "../tree/subtrees.ts";
import { tilePath, tileWidth, widthIn, type TileName } from "./path.ts";

/** Fetches a tile's bytes: from a folder, a database or the net. A wider tile than asked for is welcome. */
export type ReadTile = (tile: TileName) => Promise<Bytes | undefined>;

export function hashesIn(bytes: Bytes): Hash[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(32 * i, 32 * i + 32));
}

/** Subtrees of the tree of `size` leaves read from its tiles, each fetched once. @throws TlogError missingTile */
export function subtreesInTiles(size: number, readTile: ReadTile): Subtrees {
  const kept = new Map<string, Promise<Hash[]>>();
  const fetched = (level: number, index: number): Promise<Hash[]> => {
    const width = widthIn(size, level, index);
    const path = tilePath({ level, index, width });
    const known = kept.get(path);
    if (known) return known;
    const loading = readTile({ level, index, width }).then((bytes) => {
      if (!bytes || bytes.length < width * 32) throw new TlogError("missingTile", `${path} is missing or too short`);
      return hashesIn(bytes.subarray(0, width * 32));
    });
    kept.set(path, loading);
    return loading;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const span = 2 ** (level % 8);
    const first = index * span;
    const hashes = await fetched(tileLevel, Math.floor(first / tileWidth));
    const at = first % tileWidth;
    if (at + span > hashes.length) throw new TlogError("outOfRange", `subtree ${level}/${index} is not complete`);
    return rootOver(hashes.slice(at, at + span));
  };
}
