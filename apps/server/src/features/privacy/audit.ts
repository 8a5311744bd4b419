import type { Actor } from "@linge/domain/access/scope.ts";
import type { Tx } from "../../platform/db/database.ts";
import { newId } from "../../platform/ids.ts";

type Act = { action: string; target: string; purpose?: string; at: number };

/** Notes who did what to which thing; nobody can change it afterwards. */
export async function noteAct(
  tx: Tx,
  cityId: string,
  actor: Actor,
  { action, target, purpose, at }: Act,
): Promise<void> {
  await tx
    .insertInto("audit")
    .values({
      city_id: cityId,
      id: newId(),
      at: new Date(at),
      actor_id: actor.id,
      actor_role: actor.grants[0]?.role ?? actor.kind,
      action,
      target,
      purpose: purpose ?? null,
    })
    .execute();
}
