import type { Actor } from "@linge/domain/access/scope.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { scopeOf } from "../cases/scope.ts";
import { similarCases, type Sought } from "../cases/similar.ts";
import { suggestCategories } from "./model.ts";
import { publishedAlike } from "./similar.ts";

const Query = Type.Object(
  {
    text: Type.String({ minLength: 2, maxLength: 500 }),
    lon: Type.Optional(Type.Number()),
    lat: Type.Optional(Type.Number()),
    area: Type.Optional(Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" })),
  },
  { additionalProperties: false },
);
/** Ids and states are for staff alone: strangers get what is published. */
const SuggestedShown = Type.Object({
  categories: Type.Array(Type.Object({ id: Type.String(), share: Type.Number() })),
  sure: Type.Boolean(),
  duplicates: Type.Array(
    Type.Object({
      id: Type.Optional(Type.String()),
      state: Type.Optional(Type.String()),
      number: Type.String(),
      text: Type.String(),
      reportedAt: Type.String(),
      likeness: Type.Number(),
    }),
  ),
});

async function alikeForStaff(house: House, sought: Sought, actor: Actor) {
  const found = await similarCases(house, sought, scopeOf(actor));
  return found.map(({ record: { id, state, number, text, reportedAt }, likeness }) => ({
    id,
    state,
    number,
    text,
    reportedAt,
    likeness,
  }));
}

/** Suggestions while somebody writes: three categories, and reports that look like the same thing. */
export function suggestRoutes(app: App, house: House): void {
  app.get(
    "/api/suggest",
    { config: { access: "anyone" }, schema: { querystring: Query, response: { 200: SuggestedShown } } },
    async (request) => {
      const { text, lon, lat, area } = request.query;
      const sought = { text, lon, lat, areaCode: area };
      // Strangers see what is published, in its published words; staff see what they may open.
      const alike = request.actor.kind === "staff" ? alikeForStaff : publishedAlike;
      const [suggested, duplicates] = await Promise.all([
        suggestCategories(house, text),
        alike(house, sought, request.actor),
      ]);
      return { ...suggested, duplicates };
    },
  );
}
