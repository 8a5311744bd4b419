import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { canonical } from "@linge/tlog/ledger/canonical.ts";
import { createHash } from "node:crypto";
import type { Tx } from "./database.ts";
import type { House } from "../house.ts";
import { Refusal } from "../http/refusal.ts";
import { newId } from "../ids.ts";

/** A command as a client sends it: its id makes it one, however often it arrives. */
export type Command = { id: string; type: string };

type Kept = { actor_id: string; fingerprint: Buffer; answer: unknown };

/**
 * Carries a command out once: its work, its answer and its line in the audit in one transaction. Sent again it gets the
 * same answer. Of two at once the second fails on
 * the id, leaves nothing, and is then answered as the first.
 * @param target what the audit says was touched
 * @throws Refusal when the id stood for something else
 */
export async function runOnce<Answer extends object>(
  house: House,
  actor: Actor,
  command: Command,
  target: string,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const fingerprint = createHash("sha256").update(canonical(command)).digest();
  const run = (): Promise<Answer> => runIn(house, actor, { command, fingerprint, target }, work);
  try {
    return await run();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== "commands_pkey") throw error;
    return run();
  }
}

type Begun = { command: Command; fingerprint: Buffer; target: string };

function runIn<Answer extends object>(
  house: House,
  actor: Actor,
  { command, fingerprint, target }: Begun,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  return house.db.transaction().execute(async (tx) => {
    const begun = await tx
      .selectFrom("commands")
      .select(["actor_id", "fingerprint", "answer"])
      .where("city_id", "=", house.cityId)
      .where("id", "=", command.id)
      .executeTakeFirst();
    if (begun) return sameAnswer<Answer>(begun, actor, fingerprint);
    const answer = await work(tx);
    const at = new Date(house.clock()).toISOString();
    await tx
      .insertInto("commands")
      .values({
        city_id: house.cityId,
        id: command.id,
        actor_id: actor.id,
        type: command.type,
        fingerprint,
        answer: JSON.stringify(answer),
        at,
      })
      .execute();
    await tx
      .insertInto("audit")
      .values({
        city_id: house.cityId,
        id: newId(),
        at,
        actor_id: actor.id,
        actor_role: actor.grants[0]?.role ?? actor.kind,
        action: command.type,
        target,
      })
      .execute();
    return answer;
  });
}

function sameAnswer<Answer>(kept: Kept, actor: Actor, fingerprint: Buffer): Answer {
  if (kept.actor_id !== actor.id || Buffer.compare(kept.fingerprint, fingerprint) !== 0)
    throw new Refusal(refuse("idUsedDifferently", {}));
  return kept.answer as Answer;
}
