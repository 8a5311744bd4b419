import type { PublicFact } from "@linge/domain/case/event.ts";
import { commitmentTo, sealWords, type Words } from "@linge/tlog/ledger/commitment.ts";
import type { Kysely } from "kysely";
import { randomBytes } from "node:crypto";
import type { DB } from "../../platform/db/schema.ts";
import { newId } from "../../platform/ids.ts";

export { canonical } from "@linge/tlog/ledger/canonical.ts";

/** One leaf of the transparency log: a commitment that reveals nothing, and what opens it. Bytes in hex. */
export type Leaf = {
  id: string;
  subject: string;
  kind: string;
  at: string;
  commitment: string;
  salt: string;
  data: Record<string, unknown>;
  words?: Words;
};

const newSalt = (): Uint8Array<ArrayBuffer> => Uint8Array.from(randomBytes(32));

/** Commits to a fact with a fresh salt; words that people wrote are sealed apart, so that they can be destroyed alone. */
export function leafOf(made: PublicFact, id: string): Leaf {
  const salt = newSalt();
  const { fact, words } = sealWords(made, newSalt);
  return {
    id,
    subject: fact.subject,
    kind: fact.kind,
    at: fact.at,
    commitment: Buffer.from(commitmentTo(fact, salt)).toString("hex"),
    salt: Buffer.from(salt).toString("hex"),
    data: fact.data,
    ...(Object.keys(words).length > 0 && { words }),
  };
}

/**
 * Adds a fact about something that is not a case (a plan, published figures …) in the transaction that made it. Its kind
 * begins with its noun and a dot: `figures.published`.
 */
export async function addFact(db: Kysely<DB>, cityId: string, fact: PublicFact): Promise<void> {
  const { commitment, salt, data, words, ...leaf } = leafOf(fact, newId());
  await db
    .insertInto("ledger_leaves")
    .values({
      ...leaf,
      city_id: cityId,
      commitment: Buffer.from(commitment, "hex"),
      salt: Buffer.from(salt, "hex"),
      data: JSON.stringify(data),
      words: words ? JSON.stringify(words) : null,
    })
    .execute();
}
