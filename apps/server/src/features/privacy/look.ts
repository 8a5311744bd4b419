import type { Actor } from "@linge/domain/access/scope.ts";
import type { PublicFact } from "@linge/domain/case/event.ts";
import type { CaseRecord, Reporter } from "@linge/domain/case/record.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { decideLook, type Look, type LookAsked } from "@linge/domain/privacy/look.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { caseById } from "../cases/queries.ts";
import { grantSeeing } from "../cases/scope.ts";
import { leafOf } from "../ledger/leaf.ts";
import { once } from "./once.ts";

/** What was asked to be seen: who reported, and the case in words that were not masked. */
export type Unmasked = { reporter: Reporter; text: string; answers: CaseRecord["answers"] };

/** The same command may be sent again for as long as a bad line needs, not to look again tomorrow. */
const repeatMs = 10 * 60_000;

/**
 * Shows who reported a case, for a purpose. The look is kept with its line in the public record and its step in the
 * case, in one transaction, before anything is shown.
 * @throws Refusal outOfScope (which is kept too), purposeNeeded, notFound
 */
export async function lookAtReporter(house: House, actor: Actor, caseId: string, asked: LookAsked): Promise<Unmasked> {
  const record = await caseById(house, caseId);
  const decided = decideLook(record, asked, {
    personId: actor.id,
    unitId: await unitOf(house, actor),
    now: momentOf(house),
    seenBy: grantSeeing(actor, record),
  });
  if (!decided.ok) {
    const { look, error } = decided;
    if (look) await house.db.transaction().execute((tx) => keepLook(tx, house.cityId, { ...look, id: newId() }));
    throw new Refusal(error);
  }
  const { look, fact } = decided;
  const command = { ...asked, type: "lookAtReporter", caseId };
  const { first, at } = await once(house, actor, command, async (tx) => {
    await keepLook(tx, house.cityId, look);
    await tell(tx, house.cityId, look, fact);
    return { caseId, at: look.at };
  });
  if (!first && house.clock() - at > repeatMs) throw new Refusal(refuse("idUsedDifferently", {}));
  return { reporter: publicReporter(record.reporter!), text: record.text, answers: record.answers };
}

/** The account behind a person's cases is nobody's business at the desk. */
function publicReporter({ residentId: _account, ...reporter }: Reporter): Reporter {
  return reporter;
}

async function unitOf(house: House, actor: Actor): Promise<string | undefined> {
  const row = await house.db
    .selectFrom("people")
    .select("unit_id")
    .where("city_id", "=", house.cityId)
    .where("id", "=", actor.id)
    .executeTakeFirst();
  return row?.unit_id ?? undefined;
}

/** Keeps a look; any noun's command that shows personal data calls this in its own transaction. */
export async function keepLook(tx: Tx, cityId: string, look: Look): Promise<void> {
  await tx
    .insertInto("access_records")
    .values({
      city_id: cityId,
      id: look.id,
      at: look.at,
      person_id: look.personId,
      role: look.role,
      unit_id: look.unitId ?? null,
      kind: look.kind,
      subject: look.subject,
      area_code: look.areaCode,
      purpose: look.purpose,
      note: look.note ?? null,
      refused: look.refused ?? null,
      ended_at: look.endedAt ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The step that the person concerned reads, and its line in the public record. Neither names who looked. */
async function tell(tx: Tx, cityId: string, look: Look, fact: PublicFact): Promise<void> {
  await tx
    .insertInto("case_events")
    .values({
      city_id: cityId,
      id: newId(),
      case_id: look.subject,
      type: "looked",
      at: look.at,
      actor_id: `look:${look.id}`,
      actor_role: look.role,
      unit_id: look.unitId ?? null,
      visible: "reporter",
      data: JSON.stringify(fact.data),
    })
    .execute();
  const leaf = leafOf(fact, newId());
  await tx
    .insertInto("ledger_leaves")
    .values({
      city_id: cityId,
      id: leaf.id,
      subject: leaf.subject,
      kind: leaf.kind,
      at: leaf.at,
      commitment: Buffer.from(leaf.commitment, "hex"),
      salt: Buffer.from(leaf.salt, "hex"),
      data: JSON.stringify(leaf.data),
      words: leaf.words ? JSON.stringify(leaf.words) : null,
    })
    .execute();
}
