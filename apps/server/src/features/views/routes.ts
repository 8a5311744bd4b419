import Type, { type Static } from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";

const Word = Type.String({ maxLength: 100, format: "text" });
const View = Type.Object(
  {
    id: Type.String({ format: "uuid" }),
    name: Type.String({ minLength: 1, maxLength: 40, format: "text" }),
    filter: Type.Object(
      {
        queue: Type.Optional(Word),
        unit: Type.Optional(Word),
        area: Type.Optional(Word),
        category: Type.Optional(Word),
        state: Type.Optional(Word),
        light: Type.Optional(Word),
        q: Type.Optional(Word),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
const Views = Type.Object({ views: Type.Array(View, { maxItems: 30 }) }, { additionalProperties: false });
export type SavedView = Static<typeof View>;

/** Searches that somebody keeps for himself. */
export function viewRoutes(app: App, house: House): void {
  app.get("/api/views", { config: { access: "staff" } }, async (request) => {
    const row = await house.db
      .selectFrom("saved_views")
      .select("views")
      .where("city_id", "=", house.cityId)
      .where("person_id", "=", request.actor.id)
      .executeTakeFirst();
    return { views: (row?.views ?? []) as SavedView[] };
  });

  app.put("/api/views", { config: { access: "staff" }, schema: { body: Views } }, async (request) => {
    const views = JSON.stringify(request.body.views);
    await house.db
      .insertInto("saved_views")
      .values({ city_id: house.cityId, person_id: request.actor.id, views })
      .onConflict((conflict) => conflict.columns(["city_id", "person_id"]).doUpdateSet({ views }))
      .execute();
    return { views: request.body.views };
  });
}
