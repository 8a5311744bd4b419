import type { Actor } from "@linge/domain/access/scope.ts";
import { covers } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import { createHash } from "node:crypto";
import { runOnce } from "../insight/command.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { runCaseCommand } from "../cases/commands.ts";

/** Cases that nobody works on any more keep the grid they were closed in. */
export const closedStates = ["closed", "followedUp", "archived", "declined", "redirected", "voided", "duplicate"];

export type HandoverCase = { id: string; number: string; text: string; state: string; dueAt: string };
export type Handover = {
  plan: string;
  area: string;
  zh: string;
  en: string;
  former: { code: string; zh: string; en: string }[];
  cases: HandoverCase[];
  /** Everyone who keeps the grid, and when each confirmed. */
  keepers: { name: string; confirmedAt?: string }[];
  /** Whether the one who asks has confirmed. */
  confirmed: boolean;
};

const system: Actor = { id: "00000000-0000-0000-0000-000000000000", kind: "system", grants: [] };

/** The same id whenever the same case of the same plan is moved: after a crash it is moved once all the same. */
function moveId(planId: string, caseId: string): string {
  const hex = createHash("sha256").update(`grid handover ${planId} ${caseId}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Moves the open cases of adopted plans to their new grids, by the same command as any correction. Safe to repeat. */
export async function moveCases(house: House): Promise<number> {
  const waiting = await sql<{ plan: string; id: string; code: string; place: object }>`
    select h.plan_id as plan, h.case_id as id, h.area_code as code, c.record->'place' as place
    from grid_handover_cases h join cases c on c.city_id = h.city_id and c.id = h.case_id
    where h.city_id = ${house.cityId} and not h.arrived`.execute(house.db);
  for (const { plan, id, code, place } of waiting.rows) {
    try {
      await runCaseCommand(house, system, {
        id: moveId(plan, id),
        caseId: id,
        type: "correctPlace",
        place,
        areaCode: code,
        gridId: house.territory.area(code)?.id,
        reason: "网格调整",
      });
    } catch (error) {
      // Closed in the meantime: it stays where it was closed.
      if (!(error instanceof Refusal)) throw error;
    }
    await house.db
      .updateTable("grid_handover_cases")
      .set({ arrived: true })
      .where("city_id", "=", house.cityId)
      .where("plan_id", "=", plan)
      .where("case_id", "=", id)
      .execute();
  }
  return waiting.rows.length;
}

type Row = {
  plan: string;
  area: string;
  former: string[];
  cases: HandoverCase[];
  confirmations: { person: string; at: string }[];
};

/** Handovers of the last adopted plans that a person keeps or oversees. */
export async function handoversFor(house: House, actor: Actor): Promise<Handover[]> {
  const found = await sql<Row>`
    select h.plan_id as plan, h.area_code as area, h.former_codes as former,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'text', left(c.record->>'text', 80), 'state', c.state, 'dueAt', c.due_at) order by c.due_at)
        from grid_handover_cases g join cases c on c.city_id = g.city_id and c.id = g.case_id
        where g.city_id = h.city_id and g.plan_id = h.plan_id and g.area_code = h.area_code), '[]') as cases,
      coalesce((select jsonb_agg(jsonb_build_object('person', k.person_id, 'at', k.at)) from grid_handover_confirmations k
        where k.city_id = h.city_id and k.plan_id = h.plan_id and k.area_code = h.area_code), '[]') as confirmations
    from grid_handovers h where h.city_id = ${house.cityId} order by h.plan_id desc, h.area_code limit 200`.execute(
    house.db,
  );
  const own = found.rows.filter(({ area }) =>
    actor.grants.some((grant) => covers(grant, { areaCode: area, unitIds: [] })),
  );
  const keepers = await keepersOf(
    house,
    own.map(({ area }) => area),
  );
  const named = (code: string) => {
    const area = house.territory.area(code) ?? house.territory.former(code);
    return { code, zh: area?.names.zh ?? code, en: area?.names.en ?? area?.names.zh ?? code };
  };
  return own.map(({ plan, area, former, cases, confirmations }) => {
    const { zh, en } = named(area);
    const at = new Map(confirmations.map((each) => [each.person, each.at]));
    return {
      plan,
      area,
      zh,
      en,
      former: former.map(named),
      cases,
      keepers: keepers
        .filter((keeper) => area.startsWith(keeper.prefix))
        .map(({ id, name }) => ({ name, confirmedAt: at.get(id) })),
      confirmed: at.has(actor.id),
    };
  });
}

/** Grid workers who keep one of the areas, or the community around it. */
async function keepersOf(house: House, areas: string[]): Promise<{ id: string; name: string; prefix: string }[]> {
  if (areas.length === 0) return [];
  const codes = [...new Set(areas.flatMap((area) => [area, area.slice(0, 12)]))];
  const found = await sql<{ id: string; name: string; prefix: string }>`
    select distinct p.id, p.name, g.area as prefix from grants g join people p on p.city_id = g.city_id and p.id = g.person_id
    where g.city_id = ${house.cityId} and g.role = 'gridWorker' and g.area = any(${codes}) and p.left_at is null
    order by p.name`.execute(house.db);
  return found.rows;
}

export type ConfirmCommand = { id: string; plan: string; area: string };

/** A keeper says that the list has arrived. */
export function confirmHandover(house: House, actor: Actor, command: ConfirmCommand): Promise<{ confirmed: true }> {
  return runOnce(house, actor, { ...command, type: "confirmHandover" }, command.area, async (tx) => {
    const known = await tx
      .selectFrom("grid_handovers")
      .select("area_code")
      .where("city_id", "=", house.cityId)
      .where("plan_id", "=", command.plan)
      .where("area_code", "=", command.area)
      .executeTakeFirst();
    if (!known) throw new Refusal(refuse("notFound", { what: "handover" }));
    await tx
      .insertInto("grid_handover_confirmations")
      .values({
        city_id: house.cityId,
        plan_id: command.plan,
        area_code: command.area,
        person_id: actor.id,
        at: momentOf(house),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { confirmed: true as const };
  });
}
