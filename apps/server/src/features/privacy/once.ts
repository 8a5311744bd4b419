import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash } from "node:crypto";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { canonical } from "../ledger/leaf.ts";

/** Carried out before: what this transaction did is taken back. */
class Repeated extends Error {}

export type Sent = { id: string; type: string };

/**
 * Carries out a command once, in one transaction with its answer; sent again, it is answered from what was kept.
 * @param work what the command does; its answer must hold nothing personal, it is kept
 * @throws Refusal idUsedDifferently when the id stood for something else
 */
export async function once<T extends object>(
  house: House,
  actor: Actor,
  command: Sent,
  work: (tx: Tx) => Promise<T>,
): Promise<{ answer: T; first: boolean; at: number }> {
  const fingerprint = createHash("sha256").update(canonical(command)).digest();
  const at = house.clock();
  try {
    const answer = await house.db.transaction().execute(async (tx) => {
      const done = await work(tx);
      const kept = await tx
        .insertInto("commands")
        .values({
          city_id: house.cityId,
          id: command.id,
          actor_id: actor.id,
          type: command.type,
          fingerprint,
          answer: JSON.stringify(done),
          at: new Date(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (!kept.numInsertedOrUpdatedRows) throw new Repeated();
      return done;
    });
    return { answer, first: true, at };
  } catch (error) {
    const earlier = await earlierAnswer(house, actor, command.id, fingerprint);
    if (earlier === undefined) throw error;
    if (earlier === "different") throw new Refusal(refuse("idUsedDifferently", {}));
    return { answer: earlier.answer as T, first: false, at: earlier.at };
  }
}

async function earlierAnswer(house: House, actor: Actor, id: string, fingerprint: Buffer) {
  const row = await house.db
    .selectFrom("commands")
    .select(["actor_id", "fingerprint", "answer", "at"])
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const same = row.actor_id === actor.id && Buffer.compare(row.fingerprint, fingerprint) === 0;
  return same ? { answer: row.answer as object, at: Date.parse(row.at) } : ("different" as const);
}
