import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash } from "node:crypto";
import sharp from "sharp";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";

const longestSide = 2000;
const thumbnailSide = 360;
/** A picture that unpacks to more than this is no photo of a street lamp. */
const mostPixels = 50_000_000;

/** A photo that was kept before. Its picture stays as it is, whoever sends another one under its name. */
async function keptPhoto(house: House, id: string) {
  return house.db
    .selectFrom("photos")
    .select(["id", "width", "height"])
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/**
 * Keeps a photo: turned upright, shrunk, and re-encoded, so that nothing of the file that came in stays but its
 * picture (no EXIF, no position, no other format hidden in it).
 * @param id the photo's own, where it was made on a phone
 * @throws Refusal unusablePhoto
 */
export async function keepPhoto(
  house: House,
  owner: string,
  upload: Buffer,
  id: string = newId(),
): Promise<{ id: string; width: number; height: number }> {
  const known = await keptPhoto(house, id);
  if (known) return known;
  const options = { limitInputPixels: mostPixels, failOn: "error" } as const;
  let large: { data: Buffer; info: { width: number; height: number } };
  let small: Buffer;
  try {
    large = await sharp(upload, options)
      .rotate()
      .resize(longestSide, longestSide, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 80, mozjpeg: true })
      .toBuffer({ resolveWithObject: true });
    small = await sharp(large.data, options)
      .resize(thumbnailSide, thumbnailSide, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 70 })
      .toBuffer();
  } catch {
    throw new Refusal(refuse("unusablePhoto", {}));
  }
  await house.storage.put(`${id}-large.jpg`, large.data);
  await house.storage.put(`${id}-small.jpg`, small);
  const { width, height } = large.info;
  await house.db
    .insertInto("photos")
    .values({
      city_id: house.cityId,
      id,
      owner,
      bytes: large.data.length,
      width,
      height,
      sha256: createHash("sha256").update(large.data).digest(),
    })
    // The same picture sent twice at once is kept once.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { id, width, height };
}
