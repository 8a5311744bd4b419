import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash } from "node:crypto";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { mediaTypeOf } from "./mediaType.ts";

/** Keeps a voice note as it was recorded. @throws Refusal unusableRecording */
export async function keepRecording(house: House, owner: string, upload: Buffer, id: string): Promise<void> {
  const mediaType = mediaTypeOf(upload);
  if (!mediaType) throw new Refusal(refuse("unusableRecording", {}));
  await house.storage.put(`${id}.recording`, upload);
  await house.db
    .insertInto("recordings")
    .values({
      city_id: house.cityId,
      id,
      owner,
      media_type: mediaType,
      bytes: upload.length,
      sha256: createHash("sha256").update(upload).digest(),
    })
    .execute();
}
