import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import { decideGridPlan } from "@linge/domain/gridPlan/decideGridPlan.ts";
import type { Assignment, GridPlan, GridPlanCommand } from "@linge/domain/gridPlan/gridPlan.ts";
import { measurePlan, RegionInputError, type Figures } from "@linge/regions";
import { sql, type Kysely } from "kysely";
import { runOnce } from "../insight/command.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { DB } from "../../platform/db/schema.ts";
import type { House } from "../../platform/house.ts";
import { cityDay, momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { addFact } from "../ledger/leaf.ts";
import { planningArea } from "./blocks.ts";
import { proveRedrawing } from "./effect.ts";
import { regionInput } from "./regionInput.ts";

/** A plan as it is kept: with its figures, and those of the plan of the day it was drawn. */
export type KeptPlan = GridPlan & {
  figures: Figures;
  before?: Figures;
  problem?: LingeError;
  madeAt: string;
};

const columns = sql`id, area_code as area, name, state, assignment, figures, before, comments_until as "commentsUntil",
  adopted_from as "adoptedFrom", answer, problem, made_at as "madeAt"`;

function planOf(row: Record<keyof KeptPlan, unknown>): KeptPlan {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as KeptPlan;
}

type Where = { db: Kysely<DB>; cityId: string };

/** @throws Refusal notFound */
export async function planById({ db, cityId }: Where, id: string, lock = false): Promise<KeptPlan> {
  const found = await sql<Record<keyof KeptPlan, unknown>>`
    select ${columns} from grid_plans where city_id = ${cityId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    db,
  );
  if (!found.rows[0]) throw new Refusal(refuse("notFound", { what: "plan" }));
  return planOf(found.rows[0]);
}

/** Plans of a city, newest first; with `open` only those that everybody may see. */
export async function listPlans({ db, cityId }: Where, open = false): Promise<KeptPlan[]> {
  const found = await sql<Record<keyof KeptPlan, unknown>>`
    select ${columns} from grid_plans where city_id = ${cityId}
    ${open ? sql`and state in ('shared','decided','adopted')` : sql``} order by id desc limit 100`.execute(db);
  return found.rows.map(planOf);
}

/** Writes down what happened to a plan; what everybody may know of it is also a fact of the public log. */
export async function keepEvent(
  tx: Tx,
  house: House,
  planId: string,
  actorId: string,
  type: string,
  data: Record<string, unknown>,
  isPublic = false,
): Promise<void> {
  const at = momentOf(house);
  await tx
    .insertInto("grid_plan_events")
    .values({
      city_id: house.cityId,
      id: newId(),
      plan_id: planId,
      type,
      at,
      actor_id: actorId,
      data: JSON.stringify(data),
    })
    .execute();
  if (isPublic) await addFact(tx, house.cityId, { kind: `gridPlan.${type}`, subject: planId, at, data });
}

/** Turns what the planner says about unusable input into an answer. */
export function measured(input: Parameters<typeof measurePlan>[0], assignment: Assignment): Figures {
  try {
    return measurePlan(input, assignment);
  } catch (error) {
    if (error instanceof RegionInputError) throw new Refusal(refuse("unusablePlan", { problem: error.message }));
    throw error;
  }
}

export type DraftCommand = { id: string; area: string; name: string; assignment: Assignment; byFerry?: boolean };

/** Keeps a plan as a draft, with figures counted here and not by the page that drew it. */
export async function draftPlan(house: House, actor: Actor, command: DraftCommand): Promise<{ id: string }> {
  const { area, name, assignment, byFerry = false } = command;
  const input = regionInput(await planningArea(house, area), byFerry);
  const figures = measured(input, assignment);
  if (!figures.contiguous) throw new Refusal(refuse("unusablePlan", { problem: "a grid is in pieces" }));
  return runOnce(house, actor, { ...command, type: "draftPlan" }, command.id, async (tx) => {
    const id = newId();
    await tx
      .insertInto("grid_plans")
      .values({
        city_id: house.cityId,
        id,
        area_code: area,
        name,
        state: "draft",
        assignment: JSON.stringify(assignment),
        figures: JSON.stringify(figures),
        before: JSON.stringify(measured(input, input.current!)),
        made_by: actor.id,
        made_at: momentOf(house),
      })
      .execute();
    await keepEvent(tx, house, id, actor.id, "drafted", { area, k: figures.k });
    return { id };
  });
}

/** Carries out a step of a plan: rule, state, event, ledger leaf and audit in one transaction. */
export function runPlanCommand(
  house: House,
  actor: Actor,
  planId: string,
  command: GridPlanCommand & { id: string },
): Promise<{ state: string; adoptedFrom?: string }> {
  return runOnce(house, actor, command, planId, async (tx) => {
    const plan = await planById({ db: tx, cityId: house.cityId }, planId, true);
    const comments = await tx
      .selectFrom("grid_plan_comments")
      .select(({ fn }) => fn.countAll<string>().as("count"))
      .where("city_id", "=", house.cityId)
      .where("plan_id", "=", planId)
      .executeTakeFirstOrThrow();
    const decided = decideGridPlan(plan, command, { today: cityDay(house), comments: Number(comments.count) });
    if (!decided.ok) throw new Refusal(decided.error);
    const after = decided.plan;
    if (after.state === "decided") await proveRedrawing(house, tx, after, after.adoptedFrom!);
    await tx
      .updateTable("grid_plans")
      .set({
        state: after.state,
        comments_until: after.commentsUntil ?? null,
        adopted_from: after.adoptedFrom ?? null,
        answer: after.answer ?? null,
        problem: null,
      })
      .where("city_id", "=", house.cityId)
      .where("id", "=", planId)
      .execute();
    const { area, name, assignment, commentsUntil, adoptedFrom, answer } = after;
    const told = {
      area,
      name,
      ...(commentsUntil && { until: commentsUntil }),
      ...(adoptedFrom && { from: adoptedFrom }),
      ...(answer && { answer }),
    };
    const known = plan.state !== "draft" || after.state === "shared";
    await keepEvent(tx, house, planId, actor.id, after.state, known ? { ...told, assignment } : told, known);
    return { state: after.state, ...(adoptedFrom && { adoptedFrom }) };
  });
}
