import { gridRoles } from "@linge/domain/access/role.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { editVisit, type VisitEdit } from "./commands.ts";
import { listVisits } from "./queries.ts";

const Id = Type.String({ format: "uuid" });
const Query = Type.Object(
  { which: Type.Union([Type.Literal("conflicts"), Type.Literal("due"), Type.Literal("visited")]) },
  { additionalProperties: false },
);
const Edit = Type.Object(
  { id: Id, base: Type.Integer({ minimum: 0 }), fields: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown()) },
  { additionalProperties: false },
);

/** Visits as grid staff see them at a desk; on phones they travel with everything else. */
export function visitRoutes(app: App, house: House): void {
  const config = { access: gridRoles };
  app.get("/api/visits", { config, schema: { querystring: Query } }, async (request) => ({
    visits: await listVisits(house, request.actor, request.query.which),
  }));

  app.post(
    "/api/visits/:id/edit",
    { config, schema: { params: Type.Object({ id: Id }), body: Edit } },
    async (request) => editVisit(house, request.actor, request.params.id, request.body as VisitEdit),
  );
}
