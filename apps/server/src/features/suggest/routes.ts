import { sql } from "kysely";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { scopeOf } from "../cases/scope.ts";
import { similarCases } from "../cases/similar.ts";
import { suggestCategories } from "./model.ts";

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

/** Suggestions while somebody writes: three categories, and reports that look like the same thing. */
export function suggestRoutes(app: App, house: House): void {
  app.get(
    "/api/suggest",
    { config: { access: "anyone" }, schema: { querystring: Query, response: { 200: SuggestedShown } } },
    async (request) => {
      const { text, lon, lat, area } = request.query;
      const staff = request.actor.kind === "staff";
      // Strangers see what is published, in its published words; staff see what they may open.
      const scope = staff ? scopeOf(request.actor) : sql<boolean>`published`;
      const [suggested, found] = await Promise.all([
        suggestCategories(house, text),
        similarCases(house, { text, lon, lat, areaCode: area }, scope),
      ]);
      const duplicates = found.map(({ record, likeness }) => ({
        ...(staff && { id: record.id, state: record.state }),
        number: record.number,
        text: (staff ? record.text : record.publicText) ?? "",
        reportedAt: record.reportedAt,
        likeness,
      }));
      return { ...suggested, duplicates };
    },
  );
}
