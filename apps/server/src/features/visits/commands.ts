import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { hear } from "@linge/sync/command/clock.ts";
import type { JsonObject } from "@linge/sync/json.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { decideVisit } from "./decide.ts";
import { lockVisits, writeVisits } from "./store.ts";

export type VisitEdit = { id: string; base: number; fields: JsonObject };

/** Sets fields of a visit from the desk, in sight of its version `base`; whoever does is a branch of his own. Sent twice it is done once. @throws Refusal */
export async function editVisit(
  house: House,
  actor: Actor,
  visitId: string,
  edit: VisitEdit,
): Promise<{ version: number }> {
  const now = momentOf(house);
  return house.db.transaction().execute(async (tx) => {
    const [visit] = await lockVisits(tx, house.cityId, [visitId]);
    if (!visit) throw new Refusal(refuse("notFound", { what: "visit" }));
    const known = await sql<{ actor_id: string; answer: { version: number } }>`
      select actor_id, answer from commands where city_id = ${house.cityId} and id = ${edit.id}`.execute(tx);
    const before = known.rows[0];
    if (before && before.actor_id !== actor.id) throw new Refusal(refuse("idUsedDifferently", {}));
    if (before) return before.answer;
    const version = { base: edit.base, branch: actor.id, sequence: visit.document.version + 1 };
    const command = { id: edit.id, kind: "visit", recordId: visitId, type: "edit", version, at: now };
    const decided = decideVisit(
      house,
      actor,
      visit,
      { ...command, data: { fields: edit.fields } },
      hear(house.clock(), now, now),
    );
    if (!decided.ok) throw new Refusal(decided.error);
    await writeVisits(tx, house.cityId, [decided.change]);
    return { version: decided.change.visit.document.version };
  });
}
