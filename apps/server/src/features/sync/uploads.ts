import { refuse } from "@linge/domain/error/catalogue.ts";
import { takeChunk, type UploadStatus } from "@linge/sync/photo/upload.ts";
import { sql } from "kysely";
import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { mediaTypeOf } from "../recordings/mediaType.ts";

export type Medium = "photo" | "recording";

type Row = {
  id: string;
  owner: string;
  bytes: number;
  sha256: Buffer;
  received: number;
  pieces: number[];
  refused: string | null;
  medium: Medium;
};

const unusable = { photo: "unusablePhoto", recording: "unusableRecording" } as const;

/** Name in the storage of the piece that begins at an offset. */
const pieceOf = (id: string, offset: number): string => `upload-${id}-${offset}`;

const statusOf = ({ received, bytes }: Row): UploadStatus => ({ offset: received, done: received === bytes });

async function lockUpload(tx: Tx, cityId: string, id: string, owner: string): Promise<Row> {
  const found = await sql<Row>`select id, owner, bytes, sha256, received, pieces, refused, medium from sync_uploads
    where city_id = ${cityId} and id = ${id} for update`.execute(tx);
  const row = found.rows[0];
  if (!row || row.owner !== owner) throw new Refusal(refuse("notFound", { what: "upload" }));
  if (row.refused) throw new Refusal(refuse(unusable[row.medium], {}));
  return row;
}

export type Announced = { id: string; caseId?: string; medium?: Medium; bytes: number; sha256: string };

/** Begins an upload, or says how far it is. @throws Refusal when the id stands for another file, or it is too large */
export async function beginUpload(house: House, owner: string, file: Announced): Promise<UploadStatus> {
  if (file.bytes > house.config.photoMegabytes * 1024 * 1024) throw new Refusal(refuse("tooLarge", {}));
  return house.db.transaction().execute(async (tx) => {
    await sql`insert into sync_uploads (city_id, id, owner, case_id, bytes, sha256, medium)
      values (${house.cityId}, ${file.id}, ${owner}, ${file.caseId ?? null}, ${file.bytes}, decode(${file.sha256}, 'hex'),
        ${file.medium ?? "photo"})
      on conflict do nothing`.execute(tx);
    const row = await lockUpload(tx, house.cityId, file.id, owner);
    if (row.bytes !== file.bytes || row.sha256.toString("hex") !== file.sha256)
      throw new Refusal(refuse("idUsedDifferently", {}));
    return statusOf(row);
  });
}

/** The pieces put together. */
export async function readUpload(house: House, id: string, pieces: readonly number[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const offset of pieces) parts.push((await house.storage.get(pieceOf(id, offset))) ?? Buffer.alloc(0));
  return Buffer.concat(parts);
}

export async function dropPieces(house: House, id: string, pieces: readonly number[]): Promise<void> {
  for (const offset of pieces) await house.storage.remove(pieceOf(id, offset));
}

const isUsable = async (medium: Medium, bytes: Buffer): Promise<boolean> =>
  medium === "recording"
    ? mediaTypeOf(bytes) !== undefined
    : sharp(bytes)
        .metadata()
        .then(
          () => true,
          () => false,
        );

/** Whether the whole file is what was announced. A file of other bytes begins again; one that is of no use is refused. */
async function isWhole(house: House, tx: Tx, row: Row, last: Buffer): Promise<boolean> {
  const first = row.pieces.length === 1 ? last : await readUpload(house, row.id, row.pieces);
  if (Buffer.compare(createHash("sha256").update(first).digest(), row.sha256) !== 0) {
    await sql`update sync_uploads set received = 0, pieces = '{}'
      where city_id = ${house.cityId} and id = ${row.id}`.execute(tx);
    return false;
  }
  if (!(await isUsable(row.medium, first)))
    await sql`update sync_uploads set refused = ${unusable[row.medium]}
      where city_id = ${house.cityId} and id = ${row.id}`.execute(tx);
  return true;
}

/**
 * Takes a piece of a photo or recording. The answer says how much is safely here, whatever was sent: after a lost answer or a break
 * the phone goes on from there.
 * @throws Refusal unusablePhoto, unusableRecording when the whole file is none
 */
export async function takePiece(
  house: House,
  owner: string,
  id: string,
  from: number,
  bytes: Buffer,
): Promise<UploadStatus> {
  const outcome = await house.db.transaction().execute(async (tx) => {
    const row = await lockUpload(tx, house.cityId, id, owner);
    if (takeChunk(row.received, row.bytes, from, bytes.length) !== "take") return statusOf(row);
    await house.storage.put(pieceOf(id, from), bytes);
    const after: Row = { ...row, received: from + bytes.length, pieces: [...row.pieces, from] };
    await sql`update sync_uploads set received = ${after.received}, pieces = pieces || ${from}::int
      where city_id = ${house.cityId} and id = ${id}`.execute(tx);
    if (after.received < after.bytes) return statusOf(after);
    return (await isWhole(house, tx, after, bytes)) ? statusOf(after) : { offset: 0, done: false };
  });
  if (outcome.done) await refuseUnusable(house, id);
  return outcome;
}

async function refuseUnusable(house: House, id: string): Promise<void> {
  const found = await sql<{ refused: string | null; medium: Medium }>`select refused, medium from sync_uploads
    where city_id = ${house.cityId} and id = ${id}`.execute(house.db);
  const row = found.rows[0];
  if (row?.refused) throw new Refusal(refuse(unusable[row.medium], {}));
}

/**
 * Gives photos and recordings to the cases that name them. Each and its command travel apart and either may be first,
 * so both ends call this after they have written: whoever comes second sees the other.
 */
export async function linkMedia(house: House, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  for (const medium of ["photos", "recordings"] as const)
    await sql`
      update ${sql.table(medium)} as m set case_id = c.id from sync_uploads u, cases c
      where m.city_id = ${house.cityId} and m.id = any(${[...ids]}::uuid[]) and m.case_id is null
        and u.city_id = m.city_id and u.id = m.id and c.city_id = u.city_id and c.id = u.case_id
        and c.record->${medium} ? u.id::text`.execute(house.db);
}
