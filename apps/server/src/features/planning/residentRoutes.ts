import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import type { Assignment } from "@linge/domain/gridPlan/gridPlan.ts";
import { gridOf } from "@linge/domain/gridPlan/redraw.ts";
import type { PlanNotice, ResidentPlan } from "../../../../web/portal/plans/model.ts";
import type { App } from "../../platform/http/app.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import type { Pages } from "../portal/view.ts";
import { commentOnPlan, commentsOn } from "./comments.ts";
import { cityDay } from "../../platform/moment.ts";
import { listPlans, planById, type KeptPlan } from "./plans.ts";

const access = "anyone" as const;
const guarded = { rateLimit: { max: 10, timeWindow: "1 minute" } };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const nameOf = (house: House, code: string, language: Language): string => {
  const names = (house.territory.area(code) ?? house.territory.former(code))?.names;
  return names?.[language] ?? names?.zh ?? code;
};

function noticeOf(house: House, plan: KeptPlan, language: Language): PlanNotice {
  const { id, name, state, commentsUntil, adoptedFrom } = plan;
  return {
    id,
    name,
    area: nameOf(house, plan.area, language),
    state: state as PlanNotice["state"],
    open: state === "shared" && cityDay(house) <= commentsUntil!,
    commentsUntil: commentsUntil!,
    adoptedFrom,
  };
}

/** Plans that are open for comment today, for the first page. */
export async function plansOpenForComment(house: House, language: Language): Promise<PlanNotice[]> {
  const plans = await listPlans(house, true);
  return plans.map((plan) => noticeOf(house, plan, language)).filter(({ open }) => open);
}

/** Groups of a plan that put several of today's grids together, by the blocks in them. */
function joinedGroups(assignment: Assignment): string[][] {
  const groups = Map.groupBy(Object.keys(assignment), (block) => assignment[block]!);
  return [...groups.values()].filter((blocks) => new Set(blocks.map(gridOf)).size > 1);
}

/** Which of today's grids go together, community by community; a grid's name need not repeat its community's. */
function joinsOf(house: House, assignment: Assignment, language: Language): ResidentPlan["joins"] {
  return joinedGroups(assignment).map((blocks) => {
    const community = nameOf(house, blocks[0]!.slice(0, 12), language);
    const grids = [...new Set(blocks.map(gridOf))];
    return { community, grids: grids.map((code) => nameOf(house, code, language).replace(community, "").trim()) };
  });
}

/** Blocks, those that go together under one number; those that ended when the plan came into force are drawn no more. */
function shapesOf(house: House, assignment: Assignment, language: Language): ResidentPlan["shapes"] {
  const joined = new Map(joinedGroups(assignment).flatMap((blocks, at) => blocks.map((code) => [code, at] as const)));
  return Object.keys(assignment).flatMap((code) => {
    const geometry = house.territory.area(code)?.geometry;
    return geometry
      ? [{ code, name: nameOf(house, code, language), joined: joined.get(code), rings: geometry.coordinates.flat() }]
      : [];
  });
}

async function residentPlan(house: House, plan: KeptPlan, language: Language): Promise<ResidentPlan> {
  const { figures, before, answer } = plan;
  const comments = (await commentsOn(house, [plan.id])).get(plan.id)?.length ?? 0;
  return {
    ...noticeOf(house, plan, language),
    grids: { before: before?.k, after: figures.k },
    worst: { before: before?.worstLoad, after: figures.worstLoad },
    households: figures.movedHouseholds || undefined,
    joins: joinsOf(house, plan.assignment, language),
    shapes: shapesOf(house, plan.assignment, language),
    communities: house.territory
      .children(plan.area)
      .map(({ code }) => ({ value: code, label: nameOf(house, code, language) })),
    comments,
    answer,
  };
}

/** What residents see of plans for the grids they live in, and where they say what they think. */
export function residentPlanRoutes(app: App, house: House, pages: Pages): void {
  app.get("/plans", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const plans = (await listPlans(house, true)).map((plan) => noticeOf(house, plan, language));
    return pages.send(request, reply, { page: "plans", plans });
  });

  async function openPlan(id: string): Promise<KeptPlan | undefined> {
    if (!uuid.test(id)) return undefined;
    const plan = await planById(house, id).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
    return plan && plan.state !== "draft" && plan.state !== "withdrawn" ? plan : undefined;
  }

  app.get("/plans/:id", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const plan = await openPlan((request.params as { id: string }).id);
    if (!plan) {
      const text = explain(refuse("notFound", { what: "plan" }), language);
      return pages.send(request, reply, { page: "message", title: "404", text }, 404);
    }
    return pages.send(request, reply, {
      page: "plan",
      plan: await residentPlan(house, plan, language),
      commandId: newId(),
    });
  });

  app.post("/plans/:id/comments", { config: { access, withoutCsrf: true, ...guarded } }, async (request, reply) => {
    const language = languageOf(request);
    const plan = await openPlan((request.params as { id: string }).id);
    const { id = "", text = "", community = "" } = (request.body ?? {}) as Record<string, string>;
    const shown = plan && (await residentPlan(house, plan, language));
    const known = shown?.communities.some(({ value }) => value === community);
    try {
      if (!plan || !uuid.test(id)) throw new Refusal(refuse("notFound", { what: "plan" }));
      const words = text.trim();
      if (words.length < 2 || words.length > 1000)
        throw new Refusal(
          refuse("invalidInput", { field: language === "zh" ? "您的意见" : "your comment", problem: "2–1000" }),
        );
      await commentOnPlan(house, request.actor, plan.id, { id, text: words, ...(known && { community }) });
      return reply.redirect(`/plans/${plan.id}?said=1#said`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const problem = { field: "text", message: explain(error.reason, language) };
      if (!shown) return pages.send(request, reply, { page: "message", title: "404", text: problem.message }, 404);
      const body = { page: "plan", plan: shown, commandId: newId(), problem, text } as const;
      return pages.send(request, reply, body, error.reason.status);
    }
  });
}
