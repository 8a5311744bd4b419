import { bundleOf, entriesIn, type Bytes, type ReadTile, type TileName } from "@linge/tlog";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";

/** Bundles of entries are kept beside the tiles, below the lowest level. */
const levelOf = ({ level }: Pick<TileName, "level">): number => (level === "entries" ? -1 : level);

/** What is kept of a tile's place, as wide as it has grown. */
export async function keptTile(
  db: Kysely<DB>,
  cityId: string,
  tile: Pick<TileName, "level" | "index">,
): Promise<{ width: number; bytes: Bytes } | undefined> {
  const row = await db
    .selectFrom("ledger_tiles")
    .select(["width", "bytes"])
    .where("city_id", "=", cityId)
    .where("level", "=", levelOf(tile))
    .where("index", "=", tile.index)
    .executeTakeFirst();
  return row && { width: row.width, bytes: Uint8Array.from(row.bytes) };
}

/** A tile exactly as wide as asked for: narrower ones are the beginnings of what is kept. Nothing when it has not grown so far. */
export function tileReader(db: Kysely<DB>, cityId: string): ReadTile {
  return async (tile) => {
    const kept = await keptTile(db, cityId, tile);
    if (!kept || kept.width < tile.width) return undefined;
    if (tile.level !== "entries") return kept.bytes.slice(0, tile.width * 32);
    return kept.width === tile.width ? kept.bytes : bundleOf(entriesIn(kept.bytes).slice(0, tile.width));
  };
}

/** Writes tiles in one statement; a place that was there grows. */
export async function keepTiles(
  db: Kysely<DB>,
  cityId: string,
  tiles: readonly (TileName & { bytes: Bytes })[],
): Promise<void> {
  const rows = tiles.map((tile) => ({
    level: levelOf(tile),
    index: tile.index,
    width: tile.width,
    bytes: Buffer.from(tile.bytes).toString("hex"),
  }));
  await sql`
    insert into ledger_tiles (city_id, level, index, width, bytes)
    select ${cityId}, level, index, width, decode(bytes, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(level smallint, index bigint, width smallint, bytes text)
    on conflict (city_id, level, index) do update set width = excluded.width, bytes = excluded.bytes
    where ledger_tiles.width < excluded.width`.execute(db);
}
