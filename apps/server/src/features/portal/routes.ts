import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { languageOf } from "../../platform/http/language.ts";
import { timelineOf } from "../cases/queries.ts";
import { recentFigures } from "../figures/recent.ts";
import { plansOpenForComment, residentPlanRoutes } from "../planning/residentRoutes.ts";
import { publicCase, publicCases } from "../public/queries.ts";
import { openDataPage } from "../openData/portal.ts";
import { privacyPages } from "../privacy/portal.ts";
import { errorPages } from "./errors.ts";
import { figurePages } from "./figures.ts";
import { followRoutes } from "./follow.ts";
import { fieldsOf } from "./form.ts";
import { ownPages } from "./mine.ts";
import { reportRoutes } from "./report.ts";
import { categoryGroups, named, portalPages, townships, unitNames, type Pages } from "./view.ts";

const access = "anyone" as const;

/** The residents' pages. Each works without a script; each answers a wrong step with a page that says what to do. */
export async function portalRoutes(app: App, house: House): Promise<void> {
  const pages = await portalPages(house);
  errorPages(app, pages);
  publicPages(app, house, pages);
  figurePages(app, house, pages);
  casePages(app, house, pages);
  ownPages(app, house, pages);
  reportRoutes(app, house, pages);
  followRoutes(app, house, pages);
  privacyPages(app, house, pages);
  openDataPage(app, house, pages);
  residentPlanRoutes(app, house, pages);
}

function publicPages(app: App, house: House, pages: Pages): void {
  app.get("/", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const { items } = await publicCases(house, { limit: 6 });
    return pages.send(request, reply, {
      page: "home",
      recent: items.map((item) => named(house, item, language)),
      counts: (await recentFigures(house)).counts,
      plans: await plansOpenForComment(house, language),
    });
  });

  app.get("/about", { config: { access } }, async (request, reply) => pages.send(request, reply, { page: "about" }));
}

function casePages(app: App, house: House, pages: Pages): void {
  app.get("/cases", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const { q = "", area = "", category = "", cursor } = fieldsOf(request.query);
    const known = house.settings.category(category) ? category : "";
    const { items, next } = await publicCases(house, {
      q: q.slice(0, 100),
      area: /^\d{12}$/.test(area) ? prefixOfCode(area) : undefined,
      category: known || undefined,
      cursor,
      limit: 20,
    });
    return pages.send(request, reply, {
      page: "list",
      items: items.map((item) => named(house, item, language)),
      next,
      q,
      area,
      category: known,
      areas: townships(house, language),
      categories: categoryGroups(house, language),
    });
  });

  app.get("/cases/:number", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const typed = (request.params as { number: string }).number;
    const number = readCaseNumber(typed);
    const found = number && (await publicCase(house, number));
    if (!found) {
      const text = explain(refuse("notFound", { what: "case" }), language);
      return pages.send(request, reply, { page: "message", title: typed, text }, 404);
    }
    const timeline = (await timelineOf(house, found.id, ["everyone"])).map((event) => ({ ...event, data: {} }));
    return pages.send(request, reply, {
      page: "case",
      case: { ...named(house, found, language), photos: found.photos },
      timeline,
      unitNames: unitNames(house, language),
    });
  });
}
