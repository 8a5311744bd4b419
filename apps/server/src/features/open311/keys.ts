import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { hashToken, newToken } from "../../platform/auth/secrets.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";

/** Whom a key was given to. */
export type KeyHolder = { id: string; holder: string };
export type KeyRow = KeyHolder & { createdAt: string; endedAt?: string };

/** As whom the holder of a key reports: somebody without an account, known by the key. */
export function keyActor(holder: KeyHolder): Actor {
  return { id: `open311:${holder.id}`, kind: "anonymous", grants: [] };
}

/** The holder of a key that was given and not ended. */
export async function findKey(house: House, key: string): Promise<KeyHolder | undefined> {
  return house.db
    .selectFrom("api_keys")
    .select(["id", "holder"])
    .where("city_id", "=", house.cityId)
    .where("key_hash", "=", hashToken(key))
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

export async function listKeys(house: House): Promise<KeyRow[]> {
  const rows = await house.db
    .selectFrom("api_keys")
    .select(["id", "holder", "created_at", "ended_at"])
    .where("city_id", "=", house.cityId)
    .orderBy("created_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    holder: row.holder,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
  }));
}

async function audit(
  tx: Tx,
  cityId: string,
  by: Actor,
  action: string,
  target: string,
  requestId: string,
): Promise<void> {
  const row = { id: newId(), actor_id: by.id, actor_role: "cityAdmin", action, target, request_id: requestId };
  await tx
    .insertInto("audit")
    .values({ city_id: cityId, ...row })
    .execute();
}

/** Gives a key to somebody. It is shown this once and kept only as a hash. */
export async function createKey(
  house: House,
  by: Actor,
  holder: string,
  requestId: string,
): Promise<{ id: string; key: string }> {
  const { token, hash } = newToken();
  const id = newId();
  const row = { city_id: house.cityId, id, key_hash: hash, holder, person_id: by.id };
  await house.db.transaction().execute(async (tx) => {
    await tx.insertInto("api_keys").values(row).execute();
    await audit(tx, house.cityId, by, "createKey", id, requestId);
  });
  return { id, key: token };
}

/** Ends a key at once. @throws Refusal notFound when there is none, or it has ended */
export async function endKey(house: House, by: Actor, id: string, requestId: string): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable("api_keys")
      .set({ ended_at: new Date(house.clock()) })
      .where("city_id", "=", house.cityId)
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .executeTakeFirst();
    if (!ended.numUpdatedRows) throw new Refusal(refuse("notFound", { what: "key" }));
    await audit(tx, house.cityId, by, "endKey", id, requestId);
  });
}
