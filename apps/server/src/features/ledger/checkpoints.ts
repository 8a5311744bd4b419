import { checkpointText, emptyRoot, formatNote, parseNote, parseSignature, signNote, type Hash } from "@linge/tlog";
import type { Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import type { House } from "../../platform/house.ts";
import { logKey, type LogKey } from "./key.ts";

/** A tree that was signed for. */
export type Given = { size: number; root: Hash; note: string };

/** Signs for a tree. */
export async function signTree({ key, secret }: LogKey, size: number, root: Hash): Promise<string> {
  const text = checkpointText({ origin: key.name, size, root });
  return formatNote({ text, signatures: [await signNote(text, key, secret)] });
}

async function cosigned(db: Kysely<DB>, cityId: string, size: number, note: string): Promise<string> {
  const lines = await db
    .selectFrom("ledger_cosignatures")
    .select("line")
    .where("city_id", "=", cityId)
    .where("size", "=", size)
    .orderBy("witness")
    .execute();
  const { text, signatures } = parseNote(note);
  return formatNote({ text, signatures: [...signatures, ...lines.map(({ line }) => parseSignature(line))] });
}

/** The newest checkpoint, or that of `size`; with what witnesses said of it. Nothing when there is none. */
export async function givenCheckpoint(db: Kysely<DB>, cityId: string, size?: number): Promise<Given | undefined> {
  const row = await db
    .selectFrom("ledger_checkpoints")
    .select(["size", "root", "note"])
    .where("city_id", "=", cityId)
    .$if(size !== undefined, (query) => query.where("size", "=", size!))
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return (
    row && { size: row.size, root: Uint8Array.from(row.root), note: await cosigned(db, cityId, row.size, row.note) }
  );
}

/** The newest checkpoint; of a log without entries, one that says so. */
export async function latestCheckpoint(house: House): Promise<Given> {
  const given = await givenCheckpoint(house.db, house.cityId);
  if (given) return given;
  return { size: 0, root: emptyRoot(), note: await signTree(await logKey(house), 0, emptyRoot()) };
}

/** The newest checkpoint that a witness cosigned, if it covers the first `size` entries; else the newest of all. */
export async function checkpointOver(house: House, size: number): Promise<Given> {
  const row = await house.db
    .selectFrom("ledger_cosignatures")
    .select(({ fn }) => fn.max("size").as("size"))
    .where("city_id", "=", house.cityId)
    .executeTakeFirst();
  const cosigned = row?.size ?? 0;
  const given = cosigned >= size && cosigned > 0 ? await givenCheckpoint(house.db, house.cityId, cosigned) : undefined;
  return given ?? latestCheckpoint(house);
}
