import { refuse } from "@linge/domain/error/catalogue.ts";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { readers, setters } from "./access.ts";
import { saveOnce } from "./budgetRoutes.ts";
import { lastWholeDay } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { summaryCsv } from "./reports.ts";
import { Counted, Period } from "./schemas.ts";
import { firstDay } from "./streams.ts";
import { summaryOf, type Summary } from "./summary.ts";

type Query = { within?: string; days?: number };
const usualDays = 28;

/** Comparison of a period with the one before and with the season; and how many people live where. */
export function comparisonRoutes(app: App, house: House): void {
  async function asked({ within = house.config.city.code, days = usualDays }: Query): Promise<Summary> {
    if (!house.territory.area(within)) throw new Refusal(refuse("unknownArea", { area: within }));
    const last = lastWholeDay(house.clock());
    return summaryOf(house, within, last - days + 1, days, (await firstDay(house)) ?? last);
  }

  app.get(
    "/api/insight/comparison",
    { config: { access: readers }, schema: { querystring: Period } },
    async (request) => asked(request.query),
  );

  app.get(
    "/api/insight/comparison.csv",
    { config: { access: readers }, schema: { querystring: Period } },
    async (request, reply) => {
      const summary = await asked(request.query);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="linge-${summary.first}-${summary.last}.csv"`)
        .send(summaryCsv(house, summary));
    },
  );

  app.get("/api/insight/residents", { config: { access: readers } }, async () => ({
    residents: await currentDocument(house, "residents"),
  }));

  app.put("/api/insight/residents", { config: { access: setters }, schema: { body: Counted } }, async (request) => {
    const { id, residents } = request.body;
    const unknown = residents.find(({ areaCode }) => !house.territory.area(areaCode));
    if (unknown) throw new Refusal(refuse("unknownArea", { area: unknown.areaCode }));
    await saveOnce(house, request.actor, { id, type: "setResidents" }, "residents", residents);
    return { residents: await currentDocument(house, "residents") };
  });
}
