import type { LingeError } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { openWork, proveRedrawing, writeRedrawing } from "./effect.ts";
import { moveCases } from "./handover.ts";
import { cityDay } from "../../platform/moment.ts";
import { keepEvent, planById } from "./plans.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Puts decided plans in force whose day has come: new versions, keepers and the list of open work in one transaction, then
 * the cases one by one. One server does it; a plan that no longer fits today's grids goes back to be decided again.
 * @returns ids of the plans that came into force
 */
export async function takeEffect(house: House): Promise<string[]> {
  const due = await sql<{ id: string }>`
    select id from grid_plans where city_id = ${house.cityId} and state = 'decided' and adopted_from <= ${cityDay(house)}::date
    order by adopted_from, id`.execute(house.db);
  const done: string[] = [];
  for (const { id } of due.rows) if (await adopt(house, id)) done.push(id);
  await moveCases(house);
  return done;
}

async function adopt(house: House, id: string): Promise<boolean> {
  try {
    const adopted = await house.db.transaction().execute(async (tx) => {
      const plan = await planById({ db: tx, cityId: house.cityId }, id, true);
      // Another server was quicker.
      if (plan.state !== "decided") return false;
      const day = plan.adoptedFrom!;
      const drawn = await proveRedrawing(house, tx, plan, day);
      await writeRedrawing(tx, house, drawn, day);
      const work = await openWork(tx, house, drawn);
      const perGrid = Map.groupBy(work, ({ code }) => code);
      for (const { grid, formerCodes } of drawn.made)
        await tx
          .insertInto("grid_handovers")
          .values({
            city_id: house.cityId,
            plan_id: id,
            area_code: grid.code,
            former_codes: formerCodes,
            cases: perGrid.get(grid.code)?.length ?? 0,
          })
          .execute();
      await sql`
        insert into grid_handover_cases (city_id, plan_id, case_id, area_code)
        select ${house.cityId}, ${id}, "caseId", code from jsonb_to_recordset(${JSON.stringify(work)}::jsonb) as r("caseId" uuid, code text)`.execute(
        tx,
      );
      await tx
        .updateTable("grid_plans")
        .set({ state: "adopted" })
        .where("city_id", "=", house.cityId)
        .where("id", "=", id)
        .execute();
      const grids = drawn.made.map(({ grid, formerCodes }) => ({ code: grid.code, former: formerCodes }));
      await keepEvent(
        tx,
        house,
        id,
        nobody,
        "adopted",
        { area: plan.area, from: day, grids, cases: work.length },
        true,
      );
      return true;
    });
    if (adopted) await house.territory.reload();
    return adopted;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await sendBack(house, id, error.reason);
    return false;
  }
}

/** The grids changed since it was decided: it is open again, and says why. */
async function sendBack(house: House, id: string, reason: LingeError): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    await tx
      .updateTable("grid_plans")
      .set({ state: "shared", adopted_from: null, problem: JSON.stringify(reason) })
      .where("city_id", "=", house.cityId)
      .where("id", "=", id)
      .where("state", "=", "decided")
      .execute();
    await keepEvent(tx, house, id, nobody, "sentBack", { code: reason.code, ...reason.params }, true);
  });
}
