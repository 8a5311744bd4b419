import type { Actor } from "@linge/domain/access/scope.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import { once, type Sent } from "../privacy/once.ts";

export type { Sent };

/**
 * Carries a command of this room out once: its work, its answer and its line in the audit in one transaction.
 * @param target what the audit says was touched
 * @throws Refusal when the id stood for something else
 */
export async function runOnce<Answer extends object>(
  house: House,
  actor: Actor,
  command: Sent,
  target: string,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const { answer } = await once(house, actor, command, async (tx) => {
    const done = await work(tx);
    await tx
      .insertInto("audit")
      .values({
        city_id: house.cityId,
        id: newId(),
        at: momentOf(house),
        actor_id: actor.id,
        actor_role: actor.grants[0]?.role ?? actor.kind,
        action: command.type,
        target,
      })
      .execute();
    return done;
  });
  return answer;
}
