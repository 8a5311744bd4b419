import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import type { App } from "../../platform/http/app.ts";
import { languageOf } from "../../platform/http/language.ts";
import type { House } from "../../platform/house.ts";
import { cityFigures, sumOf } from "../figures/city.ts";
import { publishedMonth, publishedMonths } from "../figures/monthly.ts";
import { leavesOf } from "../ledger/told.ts";
import { unitNames, type Pages } from "./view.ts";

const access = "anyone" as const;

/** What the city's figures are: the last 30 days as they stand now, and each month as it was published. */
export function figurePages(app: App, house: House, pages: Pages): void {
  app.get("/figures", { config: { access } }, async (request, reply) => {
    const [figures, months] = await Promise.all([cityFigures(house), publishedMonths(house)]);
    return pages.send(request, reply, {
      page: "figures",
      figures,
      months,
      unitNames: unitNames(house, languageOf(request)),
    });
  });

  app.get("/figures/:month", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const { month } = request.params as { month: string };
    const published = await publishedMonth(house, month);
    if (!published) {
      const text = explain(refuse("notFound", { what: "page" }), language);
      return pages.send(request, reply, { page: "message", title: month, text }, 404);
    }
    const leaves = await leavesOf(house.db, house.cityId, [published.id]);
    return pages.send(request, reply, {
      page: "month",
      figures: published.document,
      together: sumOf(published.document.units),
      publishedAt: published.publishedAt,
      inLog: leaves.some(({ index }) => index !== undefined),
      log: `${house.config.publicUrl.replace(/\/+$/, "")}/ledger`,
      unitNames: unitNames(house, language),
    });
  });
}
