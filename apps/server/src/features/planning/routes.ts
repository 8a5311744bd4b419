import { sql } from "kysely";
import Type from "typebox";
import { runOnce } from "../insight/command.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { concerns, isPlanner, mustConcern, mustKeep, planners, readers } from "./access.ts";
import { planningArea } from "./blocks.ts";
import { commentOnPlan, commentsOn } from "./comments.ts";
import { confirmHandover, handoversFor } from "./handover.ts";
import { takeEffect } from "./keep.ts";
import { cityDay } from "../../platform/moment.ts";
import { draftPlan, listPlans, planById, runPlanCommand } from "./plans.ts";

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ format: "uuid" });
const Code = Type.String({ pattern: "^\\d{12}$" });
const GridCode = Type.String({ pattern: "^\\d{15}$" });
const Block = Type.String({ pattern: "^\\d{15}(\\d{3})?$" });
const Assignment = Type.Record(Block, Type.String({ minLength: 1, maxLength: 40 }));
const Day = Type.String({ format: "date" });
const Words = (most: number) => Type.String({ minLength: 2, maxLength: most, format: "text" });
const Id = Type.Object({ id: Uuid });

export function planningRoutes(app: App, house: House): void {
  const Area = Type.Object({ area: Code }, closed);
  app.get("/api/planning/today", { config: { access: readers }, schema: { querystring: Area } }, async (request) => {
    const { area } = request.query;
    mustConcern(request.actor, area);
    return { day: cityDay(house), ...(await planningArea(house, area)) };
  });
  householdRoutes(app, house);
  planRoutes(app, house);
  handoverRoutes(app, house);
}

function householdRoutes(app: App, house: House): void {
  const Counts = Type.Object(
    {
      id: Uuid,
      countedOn: Day,
      households: Type.Record(Block, Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    },
    closed,
  );
  app.put(
    "/api/planning/households",
    { config: { access: ["cityAdmin"] }, schema: { body: Counts } },
    async (request) => {
      const { id, countedOn, households } = request.body;
      for (const code of Object.keys(households)) mustKeep(request.actor, code);
      return runOnce(house, request.actor, { ...request.body, type: "countHouseholds" }, id, async (tx) => {
        const rows = Object.entries(households).map(([code, count]) => ({ code, count }));
        await sql`
          insert into area_households (city_id, code, households, counted_on)
          select ${house.cityId}, code, count, ${countedOn}::date from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, count integer)
          on conflict (city_id, code) do update set households = excluded.households, counted_on = excluded.counted_on, synthetic = false`.execute(
          tx,
        );
        return { kept: rows.length };
      });
    },
  );
}

/** Plans that were kept: announced, commented on, decided. */
function planRoutes(app: App, house: House): void {
  app.get("/api/planning/plans", { config: { access: readers } }, async (request) => {
    const { actor } = request;
    const plans = (await listPlans(house)).filter(
      (plan) =>
        concerns(actor, plan.area) && (isPlanner(actor) || (plan.state !== "draft" && plan.state !== "withdrawn")),
    );
    const comments = await commentsOn(
      house,
      plans.map(({ id }) => id),
    );
    return {
      today: cityDay(house),
      plans: plans.map((plan) => ({ ...plan, comments: comments.get(plan.id) ?? [] })),
    };
  });

  const Draft = Type.Object(
    { id: Uuid, area: Code, name: Words(80), assignment: Assignment, byFerry: Type.Optional(Type.Boolean()) },
    closed,
  );
  app.post("/api/planning/plans", { config: { access: planners }, schema: { body: Draft } }, async (request, reply) => {
    mustKeep(request.actor, request.body.area);
    return reply.status(201).send(await draftPlan(house, request.actor, request.body));
  });

  const Comment = Type.Object({ id: Uuid, text: Words(2000) }, closed);
  app.post(
    "/api/planning/plans/:id/comments",
    { config: { access: readers }, schema: { params: Id, body: Comment } },
    async (request, reply) => {
      mustConcern(request.actor, (await planById(house, request.params.id)).area);
      return reply.status(201).send(await commentOnPlan(house, request.actor, request.params.id, request.body));
    },
  );

  const Share = Type.Object({ id: Uuid, until: Day }, closed);
  app.post(
    "/api/planning/plans/:id/share",
    { config: { access: planners }, schema: { params: Id, body: Share } },
    async (request) => {
      mustKeep(request.actor, (await planById(house, request.params.id)).area);
      return runPlanCommand(house, request.actor, request.params.id, { ...request.body, type: "sharePlan" });
    },
  );

  const Withdraw = Type.Object({ id: Uuid, reason: Words(500) }, closed);
  app.post(
    "/api/planning/plans/:id/withdraw",
    { config: { access: planners }, schema: { params: Id, body: Withdraw } },
    async (request) => {
      mustKeep(request.actor, (await planById(house, request.params.id)).area);
      return runPlanCommand(house, request.actor, request.params.id, { ...request.body, type: "withdrawPlan" });
    },
  );

  const Adopt = Type.Object({ id: Uuid, from: Day, answer: Type.Optional(Words(2000)) }, closed);
  app.post(
    "/api/planning/plans/:id/adopt",
    { config: { access: ["cityAdmin"] }, schema: { params: Id, body: Adopt } },
    async (request) => {
      mustKeep(request.actor, (await planById(house, request.params.id)).area);
      const decided = await runPlanCommand(house, request.actor, request.params.id, {
        ...request.body,
        type: "adoptPlan",
      });
      // A plan for today does not wait for the next round.
      await takeEffect(house);
      return { ...decided, state: (await planById(house, request.params.id)).state };
    },
  );
}

function handoverRoutes(app: App, house: House): void {
  app.get("/api/planning/handovers", { config: { access: readers } }, async (request) => ({
    handovers: await handoversFor(house, request.actor),
  }));

  const Confirm = Type.Object({ id: Uuid, plan: Uuid, area: GridCode }, closed);
  app.post(
    "/api/planning/handovers/confirm",
    { config: { access: readers }, schema: { body: Confirm } },
    async (request) => {
      mustKeep(request.actor, request.body.area);
      return confirmHandover(house, request.actor, request.body);
    },
  );
}
