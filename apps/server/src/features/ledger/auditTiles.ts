import {
  concat,
  emptyEdge,
  growTree,
  leafHash,
  sameBytes,
  tilePath,
  tileWidth,
  type Bytes,
  type LedgerFault,
  type Tile,
} from "@linge/tlog";
import type { Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { keptTile } from "./tiles.ts";

/** Makes the tiles anew from the entries as they come, and compares each with the one that is served. */
export function tileAudit(db: Kysely<DB>, cityId: string, report: (fault: LedgerFault) => void) {
  let edge = emptyEdge();

  const compare = async (tile: Tile): Promise<void> => {
    const kept = await keptTile(db, cityId, tile);
    if (!kept || !sameBytes(kept.bytes, tile.bytes))
      report({
        code: "altered",
        size: edge.size,
        field: tilePath(tile),
        why: `${tilePath(tile)} is not made of the log's entries`,
      });
  };

  return {
    async entries(entries: readonly Bytes[]): Promise<void> {
      const grown = growTree(edge, entries.map(leafHash));
      edge = grown.edge;
      for (const tile of grown.tiles) if (tile.width === tileWidth) await compare(tile);
    },
    /** Compares the tiles that are not full. */
    async end(): Promise<void> {
      for (const [level, hashes] of edge.levels.entries()) {
        const index = Math.floor(edge.size / tileWidth ** (level + 1));
        if (hashes.length) await compare({ level, index, width: hashes.length, bytes: concat(...hashes) });
      }
    },
  };
}
