import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** A tile ready to be sent: its bytes, the same compressed, and a name that changes with them. */
export type ReadyTile = { plain: Buffer; packed: Buffer; etag: string };

const most = 4_000;
const freshMs = 10_000;

/** Tiles made lately. Asked for by many at once, one is made once; the least used go first. */
export type KeptTiles = { get(key: string, make: () => Promise<Uint8Array> | Uint8Array): Promise<ReadyTile> };

function readyTile(bytes: Uint8Array): ReadyTile {
  const plain = Buffer.from(bytes);
  const etag = `W/"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
  return { plain, packed: gzipSync(plain, { level: 4 }), etag };
}

/** @param forMs how long a tile is taken for new */
export function keepTiles(forMs = freshMs): KeptTiles {
  const kept = new Map<string, { until: number; tile: Promise<ReadyTile> }>();
  return {
    get(key, make) {
      const now = performance.now();
      const found = kept.get(key);
      kept.delete(key);
      const held =
        found && found.until > now ? found : { until: now + forMs, tile: Promise.resolve(make()).then(readyTile) };
      // Back in at the end: the first of the map is the one that nobody asked for the longest.
      kept.set(key, held);
      if (held !== found) held.tile.catch(() => kept.delete(key));
      if (kept.size > most) kept.delete(kept.keys().next().value!);
      return held.tile;
    },
  };
}
