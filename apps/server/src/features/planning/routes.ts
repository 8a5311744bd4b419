import type { Role } from "@linge/domain/access/role.ts";
import { covers } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { measurePlan, planRegions, RegionInputError, type Figures } from "@linge/regions";
import type { FastifyRequest } from "fastify";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { adoptPlan } from "./adopt.ts";
import { blocksOf, planningInput } from "./blocks.ts";

const planners: readonly Role[] = ["gridLeader", "cityAdmin"];
const readers: readonly Role[] = [...planners, "gridWorker", "gridAdvisor"];
const Code = Type.String({ pattern: "^\\d{12}$" });
const Assignment = Type.Record(Type.String({ pattern: "^\\d{15}$" }), Type.String({ minLength: 1, maxLength: 40 }));
const Id = Type.Object({ id: Type.String({ format: "uuid" }) });
const closed = { additionalProperties: false } as const;
/** Seconds after which the best plans found so far are good enough. */
const patience = 8;

/** A planner plans what he keeps. */
function mustKeep(request: FastifyRequest, area: string): void {
  if (!request.actor.grants.some((grant) => covers(grant, { areaCode: area, unitIds: [] })))
    throw new Refusal(refuse("outOfScope", {}));
}

/** Turns what the planner says about unusable input into an answer. */
function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RegionInputError) throw new Refusal(refuse("unusablePlan", { problem: error.message }));
    throw error;
  }
}

export function planningRoutes(app: App, house: House): void {
  const Area = Type.Object({ area: Code }, closed);
  app.get("/api/planning/today", { config: { access: planners }, schema: { querystring: Area } }, async (request) => {
    const { area } = request.query;
    mustKeep(request, area);
    const input = await planningInput(house, area);
    const features = blocksOf(house, area).map(({ code, names, geometry, focus, parentCode }) => ({
      code,
      zh: names.zh,
      en: names.en ?? names.zh,
      focus,
      community: parentCode,
      coordinates: geometry!.coordinates,
      workload: input.blocks.find((block) => block.id === code)!.workload,
    }));
    return { blocks: features, figures: measurePlan(input, input.current!) };
  });

  const Aims = Type.Object(
    {
      area: Code,
      k: Type.Integer({ minimum: 1, maximum: 999 }),
      tolerance: Type.Number({ minimum: 0.01, maximum: 1 }),
      objective: Type.Union([Type.Literal("compact"), Type.Literal("moves"), Type.Literal("pareto")]),
    },
    closed,
  );
  app.post("/api/planning/search", { config: { access: planners }, schema: { body: Aims } }, async (request) => {
    const { area, ...aims } = request.body;
    mustKeep(request, area);
    const input = await planningInput(house, area);
    const stop = new AbortController();
    request.raw.socket.once("close", () => stop.abort());
    try {
      return await planRegions(input, { ...aims, timeLimit: patience, signal: stop.signal });
    } catch (error) {
      if (error instanceof RegionInputError) throw new Refusal(refuse("unusablePlan", { problem: error.message }));
      throw error;
    }
  });

  const Drawn = Type.Object({ area: Code, assignment: Assignment }, closed);
  app.post("/api/planning/measure", { config: { access: planners }, schema: { body: Drawn } }, async (request) => {
    mustKeep(request, request.body.area);
    const input = await planningInput(house, request.body.area);
    return { figures: inWords(() => measurePlan(input, request.body.assignment)) };
  });
  draftRoutes(app, house);
}

/** Plans that were kept: shared for comment, adopted, handed over. */
function draftRoutes(app: App, house: House): void {
  const { db, cityId } = house;
  async function planOf(id: string) {
    const row = await db
      .selectFrom("grid_plans")
      .selectAll()
      .where("city_id", "=", cityId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!row) throw new Refusal(refuse("notFound", { what: "plan" }));
    return row;
  }

  const Draft = Type.Object(
    { area: Code, name: Type.String({ minLength: 1, maxLength: 80, format: "text" }), assignment: Assignment },
    closed,
  );
  app.post("/api/planning/plans", { config: { access: planners }, schema: { body: Draft } }, async (request, reply) => {
    const { area, name, assignment } = request.body;
    mustKeep(request, area);
    const input = await planningInput(house, area);
    const figures: Figures = inWords(() => measurePlan(input, assignment));
    if (!figures.contiguous) throw new Refusal(refuse("unusablePlan", { problem: "a grid is in pieces" }));
    const id = newId();
    await db
      .insertInto("grid_plans")
      .values({
        city_id: cityId,
        id,
        area_code: area,
        name,
        state: "draft",
        assignment: JSON.stringify(assignment),
        figures: JSON.stringify(figures),
        made_by: request.actor.id,
        made_at: new Date(house.clock()).toISOString(),
      })
      .execute();
    return reply.status(201).send({ id });
  });

  app.get("/api/planning/plans", { config: { access: readers } }, async (request) => {
    const rows = await db
      .selectFrom("grid_plans")
      .selectAll()
      .where("city_id", "=", cityId)
      .orderBy("id", "desc")
      .limit(100)
      .execute();
    const comments = await db
      .selectFrom("grid_plan_comments")
      .select(["plan_id", "author", "at", "text"])
      .where("city_id", "=", cityId)
      .orderBy("at")
      .execute();
    const plans = request.actor.grants.some((grant) => planners.includes(grant.role));
    const mine = (area: string): boolean =>
      request.actor.grants.some(
        (grant) =>
          covers(grant, { areaCode: area, unitIds: [] }) ||
          (grant.area !== undefined && grant.area.startsWith(area.slice(0, 9))),
      );
    return {
      plans: rows
        .filter((row) => mine(row.area_code) && (plans || row.state !== "draft"))
        .map((row) => ({
          id: row.id,
          area: row.area_code,
          name: row.name,
          state: row.state,
          assignment: row.assignment as Record<string, string>,
          figures: row.figures as unknown as Figures,
          madeAt: row.made_at,
          adoptedFrom: row.adopted_from ?? undefined,
          comments: comments.filter((each) => each.plan_id === row.id),
        })),
    };
  });

  app.post(
    "/api/planning/plans/:id/share",
    { config: { access: planners }, schema: { params: Id } },
    async (request) => {
      const plan = await planOf(request.params.id);
      mustKeep(request, plan.area_code);
      await db
        .updateTable("grid_plans")
        .set({ state: "shared" })
        .where("city_id", "=", cityId)
        .where("id", "=", plan.id)
        .where("state", "=", "draft")
        .execute();
      return { state: "shared" };
    },
  );

  const Comment = Type.Object({ text: Type.String({ minLength: 2, maxLength: 2000, format: "text" }) }, closed);
  app.post(
    "/api/planning/plans/:id/comments",
    { config: { access: readers }, schema: { params: Id, body: Comment } },
    async (request, reply) => {
      const plan = await planOf(request.params.id);
      if (plan.state === "draft") throw new Refusal(refuse("notFound", { what: "plan" }));
      const person = await db
        .selectFrom("people")
        .select("name")
        .where("city_id", "=", cityId)
        .where("id", "=", request.actor.id)
        .executeTakeFirstOrThrow();
      await db
        .insertInto("grid_plan_comments")
        .values({
          city_id: cityId,
          id: newId(),
          plan_id: plan.id,
          author: person.name,
          at: new Date(house.clock()).toISOString(),
          text: request.body.text,
        })
        .execute();
      return reply.status(201).send({ kept: true });
    },
  );

  const From = Type.Object({ from: Type.String({ format: "date" }) }, closed);
  app.post(
    "/api/planning/plans/:id/adopt",
    { config: { access: ["cityAdmin"] }, schema: { params: Id, body: From } },
    async (request) => {
      const plan = await planOf(request.params.id);
      mustKeep(request, plan.area_code);
      if (plan.state !== "shared") throw new Refusal(refuse("planNotShared", {}));
      const today = new Date(house.clock() + 8 * 3_600_000).toISOString().slice(0, 10);
      // Lines and open work move together, so a plan begins on the day it is adopted.
      if (request.body.from !== today) throw new Refusal(refuse("planFromToday", { day: today }));
      const adopted = await adoptPlan(
        house,
        request.actor,
        { id: plan.id, area: plan.area_code, assignment: plan.assignment as Record<string, string> },
        request.body.from,
      );
      await db
        .updateTable("grid_plans")
        .set({ state: "adopted", adopted_from: request.body.from })
        .where("city_id", "=", cityId)
        .where("id", "=", plan.id)
        .execute();
      return adopted;
    },
  );

  app.get("/api/planning/handovers", { config: { access: readers } }, async (request) => {
    const rows = await db
      .selectFrom("grid_handovers")
      .selectAll()
      .where("city_id", "=", cityId)
      .orderBy("area_code")
      .execute();
    return {
      handovers: rows
        .filter((row) => request.actor.grants.some((grant) => covers(grant, { areaCode: row.area_code, unitIds: [] })))
        .map((row) => ({
          plan: row.plan_id,
          area: row.area_code,
          name: house.territory.area(row.area_code)?.names.zh ?? row.area_code,
          former: row.former_codes,
          cases: row.cases,
          confirmedAt: row.confirmed_at ?? undefined,
        })),
    };
  });

  const Handover = Type.Object(
    { plan: Type.String({ format: "uuid" }), area: Type.String({ pattern: "^\\d{15}$" }) },
    closed,
  );
  app.post(
    "/api/planning/handovers/confirm",
    { config: { access: readers }, schema: { body: Handover } },
    async (request) => {
      mustKeep(request, request.body.area);
      const changed = await db
        .updateTable("grid_handovers")
        .set({ confirmed_by: request.actor.id, confirmed_at: new Date(house.clock()).toISOString() })
        .where("city_id", "=", cityId)
        .where("plan_id", "=", request.body.plan)
        .where("area_code", "=", request.body.area)
        .executeTakeFirst();
      if (!changed.numUpdatedRows) throw new Refusal(refuse("notFound", { what: "handover" }));
      return { confirmed: true };
    },
  );
}
