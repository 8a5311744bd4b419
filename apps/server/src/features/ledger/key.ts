import { namedKey, newSeed, noteType, privateKey, utf8, type NamedKey, type PrivateKey } from "@linge/tlog";
import type { House } from "../../platform/house.ts";

/** The log's name and key: the name is its origin, kept from the first start on, whatever the address becomes. */
export type LogKey = { key: NamedKey; secret: PrivateKey };

const opened = new WeakMap<object, Promise<LogKey>>();

/** The key that signs this city's checkpoints; made on first use and kept with the city's other secrets. */
export function logKey(house: Pick<House, "db" | "cityId" | "config">): Promise<LogKey> {
  const known = opened.get(house.db);
  if (known) return known;
  const opening = openKey(house);
  opened.set(house.db, opening);
  opening.catch(() => opened.delete(house.db));
  return opening;
}

async function openKey(house: Pick<House, "db" | "cityId" | "config">): Promise<LogKey> {
  const origin = `${house.config.publicUrl.replace(/^https?:\/\//, "").replace(/\/+$/, "")}/ledger`;
  const name = Buffer.from(await kept(house, "ledgerOrigin", utf8(origin))).toString("utf8");
  const secret = await privateKey(Uint8Array.from(await kept(house, "ledgerKey", newSeed())));
  return { key: namedKey(name, noteType, secret.publicKey), secret };
}

/** A secret as it was first written: of two servers that start at once, one writes and both read. */
async function kept({ db, cityId }: Pick<House, "db" | "cityId">, name: string, fresh: Uint8Array): Promise<Buffer> {
  await db
    .insertInto("secrets")
    .values({ city_id: cityId, name, value: Buffer.from(fresh) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("secrets")
    .select("value")
    .where("city_id", "=", cityId)
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return row.value;
}
