import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { runOnce } from "../insight/command.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { cityDay, momentOf } from "../../platform/moment.ts";
import { keepEvent, planById } from "./plans.ts";

/** What somebody thinks of a plan; residents say where they live if they like, and never their name. */
export type PlanComment = { author?: string; byResident: boolean; community?: string; at: string; text: string };
export type CommentCommand = { id: string; text: string; community?: string };

/** Takes a comment in while the plan is open for them. @throws Refusal notFound, commentsClosed */
export function commentOnPlan(
  house: House,
  actor: Actor,
  planId: string,
  given: CommentCommand,
): Promise<{ kept: true }> {
  const { text, community } = given;
  const command = { ...given, planId, type: "commentOnPlan" };
  return runOnce(house, actor, command, planId, async (tx) => {
    const plan = await planById({ db: tx, cityId: house.cityId }, planId, true);
    if (plan.state === "draft" || plan.state === "withdrawn") throw new Refusal(refuse("notFound", { what: "plan" }));
    const day = plan.commentsUntil!;
    if (plan.state !== "shared" || cityDay(house) > day) throw new Refusal(refuse("commentsClosed", { day }));
    const author = actor.kind === "staff" ? await nameOf(house, actor.id) : null;
    await tx
      .insertInto("grid_plan_comments")
      .values({
        city_id: house.cityId,
        id: newId(),
        plan_id: planId,
        author,
        by_resident: author === null,
        community_code: community ?? null,
        at: momentOf(house),
        text,
      })
      .execute();
    await keepEvent(tx, house, planId, actor.id, "commented", { byResident: author === null });
    return { kept: true as const };
  });
}

async function nameOf(house: House, id: string): Promise<string> {
  const person = await house.db
    .selectFrom("people")
    .select("name")
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return person.name;
}

/** Comments on plans, oldest first. */
export async function commentsOn(house: House, planIds: readonly string[]): Promise<Map<string, PlanComment[]>> {
  if (planIds.length === 0) return new Map();
  const rows = await house.db
    .selectFrom("grid_plan_comments")
    .select(["plan_id", "author", "by_resident", "community_code", "at", "text"])
    .where("city_id", "=", house.cityId)
    .where("plan_id", "in", [...planIds])
    .orderBy("at")
    .execute();
  const byPlan = Map.groupBy(rows, ({ plan_id }) => plan_id);
  return new Map(
    [...byPlan].map(([plan, all]) => [
      plan,
      all.map(({ author, by_resident, community_code, at, text }) => ({
        author: author ?? undefined,
        byResident: by_resident,
        community: community_code ? house.territory.area(community_code)?.names.zh : undefined,
        at,
        text,
      })),
    ]),
  );
}
