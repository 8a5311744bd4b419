import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import { holdProblem, isHolding } from "@linge/domain/privacy/hold.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { noteAct } from "./audit.ts";
import { once } from "./once.ts";

export type ShownHold = {
  id: string;
  number?: string;
  reason: string;
  basis: string;
  by: string;
  at: string;
  until: string;
  endedAt?: string;
  endReason?: string;
  holding: boolean;
};
export type PlaceHold = { id: string; number: string; reason: string; basis: string; until: string };

export async function listHolds(house: House): Promise<ShownHold[]> {
  type Row = {
    id: string;
    number: string | null;
    reason: string;
    basis: string;
    by: string | null;
    placed_at: string;
    until: string;
    ended_at: string | null;
    end_reason: string | null;
  };
  const found = await sql<Row>`
    select h.id, c.number, h.reason, h.basis, p.name as by, h.placed_at, h.until, h.ended_at, h.end_reason from legal_holds h
    left join cases c on c.city_id = h.city_id and c.id = h.subject
    left join people p on p.city_id = h.city_id and p.id = h.placed_by
    where h.city_id = ${house.cityId} order by h.ended_at is not null, h.until limit 200`.execute(house.db);
  return found.rows.map(({ number, by, placed_at, ended_at, end_reason, ...row }) => ({
    ...row,
    number: number ?? undefined,
    by: by ?? "",
    at: placed_at,
    endedAt: ended_at ?? undefined,
    endReason: end_reason ?? undefined,
    holding: isHolding({ until: row.until, endedAt: ended_at ?? undefined }, house.clock()),
  }));
}

/** Records an exception from the retention table. @throws Refusal reasonNeeded, invalidInput, notFound */
export async function placeHold(house: House, actor: Actor, command: PlaceHold): Promise<void> {
  const problem = holdProblem(command, house.clock());
  if (problem) throw new Refusal(problem);
  const number = readCaseNumber(command.number);
  const row = number
    ? await house.db
        .selectFrom("cases")
        .select("id")
        .where("city_id", "=", house.cityId)
        .where("number", "=", number)
        .executeTakeFirst()
    : undefined;
  if (!row) throw new Refusal(refuse("notFound", { what: "case" }));
  await once(house, actor, { ...command, type: "placeHold" }, async (tx) => {
    const at = house.clock();
    await tx
      .insertInto("legal_holds")
      .values({
        city_id: house.cityId,
        id: command.id,
        kind: "case",
        subject: row.id,
        reason: command.reason,
        basis: command.basis,
        placed_by: actor.id,
        placed_at: new Date(at),
        until: command.until,
      })
      .execute();
    await noteAct(tx, house.cityId, actor, { action: "placeHold", target: row.id, purpose: command.basis, at });
    return { holdId: command.id };
  });
}

/** Ends an exception before its day. @throws Refusal notFound, alreadyDecided */
export async function endHold(
  house: House,
  actor: Actor,
  holdId: string,
  command: { id: string; reason: string },
): Promise<void> {
  await once(house, actor, { ...command, type: "endHold" }, async (tx) => {
    const at = house.clock();
    const ended = await tx
      .updateTable("legal_holds")
      .set({ ended_by: actor.id, ended_at: new Date(at), end_reason: command.reason })
      .where("city_id", "=", house.cityId)
      .where("id", "=", holdId)
      .where("ended_at", "is", null)
      .executeTakeFirst();
    if (!ended.numUpdatedRows) throw new Refusal(refuse("notFound", { what: "hold" }));
    await noteAct(tx, house.cityId, actor, { action: "endHold", target: holdId, purpose: command.reason, at });
    return { holdId };
  });
}
