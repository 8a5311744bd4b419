import {
  bundleOf,
  entriesIn,
  growTree,
  leafHash,
  readEdge,
  rootOfEdge,
  tileWidth,
  type Bytes,
  type TileName,
} from "@linge/tlog";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { signTree } from "./checkpoints.ts";
import { logKey } from "./key.ts";
import { keepTiles, keptTile, tileReader } from "./tiles.ts";

/** Leaves put in order in one transaction. */
export const batch = 4_096;

/**
 * Gives waiting leaves their places in the log, and signs for it: order, tiles and checkpoint in one transaction, so that
 * whatever dies in between leaves nothing. One sequencer works at a time; another that comes goes away.
 * @returns how many leaves got their place
 */
export async function sequence(house: House): Promise<number> {
  const key = await logKey(house);
  return house.db.transaction().execute(async (tx) => {
    if (!(await takeTurn(tx, house.cityId))) return 0;
    const waiting = await waitingLeaves(tx, house.cityId);
    if (waiting.length === 0) return 0;
    const size = await sizeOf(tx, house.cityId);
    const entries = waiting.map(({ commitment }) => Uint8Array.from(commitment));
    const edge = await readEdge(size, tileReader(tx, house.cityId));
    const grown = growTree(edge, entries.map(leafHash));
    await place(
      tx,
      house.cityId,
      waiting.map(({ id }) => id),
      size,
    );
    await keepTiles(tx, house.cityId, [...grown.tiles, ...(await growBundles(tx, house.cityId, size, entries))]);
    const root = rootOfEdge(grown.edge);
    await tx
      .insertInto("ledger_checkpoints")
      .values({
        city_id: house.cityId,
        size: grown.edge.size,
        root: Buffer.from(root),
        note: await signTree(key, grown.edge.size, root),
        at: new Date(house.clock()),
      })
      .execute();
    return waiting.length;
  });
}

/** Whether this transaction may put leaves in order; the turn ends with it, however it ends. */
async function takeTurn(tx: Tx, cityId: string): Promise<boolean> {
  const asked = await sql<{
    ours: boolean;
  }>`select pg_try_advisory_xact_lock(72012, hashtext(${cityId})) as ours`.execute(tx);
  return asked.rows[0]!.ours;
}

async function waitingLeaves(tx: Tx, cityId: string): Promise<{ id: string; commitment: Buffer }[]> {
  return tx
    .selectFrom("ledger_leaves")
    .select(["id", "commitment"])
    .where("city_id", "=", cityId)
    .where("seq", "is", null)
    .orderBy("at")
    .orderBy("id")
    .limit(batch)
    .execute();
}

async function sizeOf(tx: Tx, cityId: string): Promise<number> {
  const row = await tx
    .selectFrom("ledger_checkpoints")
    .select("size")
    .where("city_id", "=", cityId)
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.size ?? 0;
}

async function place(tx: Tx, cityId: string, ids: readonly string[], from: number): Promise<void> {
  await sql`
    update ledger_leaves l set seq = ${from}::bigint + r.nth - 1
    from unnest(${ids}::uuid[]) with ordinality as r(id, nth)
    where l.city_id = ${cityId} and l.id = r.id and l.seq is null`.execute(tx);
}

/** The bundles that new entries go into; the last one that was not full goes on. */
async function growBundles(
  tx: Tx,
  cityId: string,
  size: number,
  entries: readonly Bytes[],
): Promise<(TileName & { bytes: Bytes })[]> {
  const first = Math.floor(size / tileWidth);
  const begun =
    size % tileWidth ? entriesIn((await keptTile(tx, cityId, { level: "entries", index: first }))!.bytes) : [];
  const all = [...begun.slice(0, size % tileWidth), ...entries];
  return Array.from({ length: Math.ceil(all.length / tileWidth) }, (_, nth) => {
    const part = all.slice(nth * tileWidth, (nth + 1) * tileWidth);
    return { level: "entries", index: first + nth, width: part.length, bytes: bundleOf(part) };
  });
}
