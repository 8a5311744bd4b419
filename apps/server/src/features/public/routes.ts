import { readCaseNumber } from "@linge/domain/case/number.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import type { CaseFilter } from "../cases/queues.ts";
import { CasePageShown, CaseRowShown } from "../cases/shown.ts";
import { publicCase, publicCases } from "./queries.ts";

const Filter = Type.Object(
  {
    area: Type.Optional(Type.String({ pattern: "^\\d{4,18}$" })),
    category: Type.Optional(Type.String({ maxLength: 60 })),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);

export function publicRoutes(app: App, house: House): void {
  app.get(
    "/api/public/cases",
    { config: { access: "anyone" }, schema: { querystring: Filter, response: { 200: CasePageShown } } },
    async (request) => publicCases(house, request.query as CaseFilter),
  );
  app.get(
    "/api/public/cases/:number",
    {
      config: { access: "anyone" },
      schema: { params: Type.Object({ number: Type.String({ maxLength: 20 }) }), response: { 200: CaseRowShown } },
    },
    async (request) => {
      const number = readCaseNumber(request.params.number);
      const found = number && (await publicCase(house, number));
      if (!found) throw new Refusal(refuse("notFound", { what: "case" }));
      return found;
    },
  );
}
