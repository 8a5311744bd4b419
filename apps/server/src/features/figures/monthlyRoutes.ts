import { refuse } from "@linge/domain/error/catalogue.ts";
import { Readable } from "node:stream";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { openings } from "../ledger/openings.ts";
import { receiptFor } from "../ledger/receipt.ts";
import { publishedMonth, publishedMonths } from "./monthly.ts";

const MonthParams = Type.Object({ month: Type.String({ pattern: "^\\d{4}-\\d{2}$" }) });
const MonthsShown = Type.Object({ months: Type.Array(Type.String()) });
/** A published document and its receipt, whole as they stand in the log. */
const MonthShown = Type.Object({ figures: Type.Any(), publishedAt: Type.String(), receipt: Type.Any() });

/** Entries of the log that are opened in one go. */
const mostOpenings = 5_000_000;

/** Figures of months for everybody, each with the proof that it was published so; and what an auditor needs to make them anew. */
export function monthlyFigureRoutes(app: App, house: House): void {
  app.get(
    "/api/public/figures/months",
    { config: { access: "anyone" }, schema: { response: { 200: MonthsShown } } },
    async () => ({
      months: await publishedMonths(house),
    }),
  );

  app.get(
    "/api/public/figures/months/:month",
    {
      config: { access: "anyone", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: { params: MonthParams, response: { 200: MonthShown } },
    },
    async (request) => {
      const { month } = request.params;
      const published = await publishedMonth(house, month);
      if (!published) throw new Refusal(refuse("notFound", { what: "page" }));
      return {
        figures: published.document,
        publishedAt: published.publishedAt,
        receipt: await receiptFor(house, month, published.id),
      };
    },
  );

  const Range = Type.Object(
    {
      from: Type.Integer({ minimum: 0 }),
      to: Type.Integer({ minimum: 1 }),
      purpose: Type.String({ minLength: 4, maxLength: 200, format: "text" }),
    },
    { additionalProperties: false },
  );
  app.get(
    "/api/ledger/openings",
    { config: { access: ["auditor"] }, schema: { querystring: Range } },
    async (request, reply) => {
      const { from, to, purpose } = request.query;
      if (to <= from || to - from > mostOpenings)
        throw new Refusal(refuse("invalidInput", { field: "to", problem: "" }));
      const { actor } = request;
      await house.db
        .insertInto("audit")
        .values({
          city_id: house.cityId,
          id: newId(),
          actor_id: actor.id,
          actor_role: "auditor",
          action: "openLedger",
          target: `${from}-${to}`,
          purpose,
          request_id: request.id,
        })
        .execute();
      const lines = async function* (): AsyncGenerator<string> {
        for await (const opening of openings(house, from, to)) yield `${JSON.stringify(opening)}\n`;
      };
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="linge-openings-${from}-${to}.ndjson"`)
        .send(Readable.from(lines()));
    },
  );
}
