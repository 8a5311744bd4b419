import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { keepPhoto } from "../photos/commands.ts";
import { keepRecording } from "../recordings/commands.ts";
import { dropPieces, linkMedia, readUpload, type Medium } from "./uploads.ts";

type Waiting = { id: string; owner: string; pieces: number[]; medium: Medium };

const isTaken = (error: unknown): boolean => (error as { code?: string }).code === "23505";

async function keepOne(house: House, { id, owner, pieces, medium }: Waiting): Promise<void> {
  let refused: string | null = null;
  try {
    const keep = medium === "photo" ? keepPhoto : keepRecording;
    await keep(house, owner, await readUpload(house, id, pieces), id);
  } catch (error) {
    // Kept before this process last ended; only the note of it is missing.
    if (error instanceof Refusal) refused = error.reason.code;
    else if (!isTaken(error)) throw error;
  }
  await sql`update sync_uploads set kept_at = now(), refused = ${refused}
    where city_id = ${house.cityId} and id = ${id}`.execute(house.db);
  if (!refused) await linkMedia(house, [id]);
  await dropPieces(house, id, pieces);
}

async function nextWaiting(house: House): Promise<Waiting | undefined> {
  const found = await sql<Waiting>`select id, owner, pieces, medium from sync_uploads
    where city_id = ${house.cityId} and kept_at is null and refused is null and received = bytes
    order by created_at limit 1`.execute(house.db);
  return found.rows[0];
}

/**
 * Turns uploads that are whole into photos and recordings, one after another beside everything else: a harbour full of phones that
 * come back waits for nobody's pictures. What was under way when the process ended is found again at the next start.
 */
export function mediaKeeper(house: House) {
  let working: Promise<void> | undefined;
  let ended = false;
  const work = async (): Promise<void> => {
    for (let next = await nextWaiting(house); next && !ended; next = await nextWaiting(house))
      await keepOne(house, next);
  };
  return {
    /** Begins, if it is not at work already. */
    wake(): void {
      if (ended) return;
      working ??= work()
        .catch((error: unknown) => house.log.error({ err: error }, "keeping an upload failed"))
        .finally(() => (working = undefined));
    },
    idle: async (): Promise<void> => working,
    async end(): Promise<void> {
      ended = true;
      await working;
    },
  };
}
