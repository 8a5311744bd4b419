import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import { sql } from "kysely";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { languageOf } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { keepSession, sessionCookie } from "../../platform/http/sessions.ts";
import { linkToken } from "../cases/links.ts";
import { rowOf, timelineOf } from "../cases/queries.ts";
import { recentFigures } from "../figures/recent.ts";
import { publicCase, publicCases } from "../public/queries.ts";
import { endSession, openSession, sendCode, takeCode } from "../sessions/commands.ts";
import { codeText } from "../sessions/routes.ts";
import { openDataPage } from "../openData/portal.ts";
import { privacyPages } from "../privacy/portal.ts";
import { followRoutes } from "./follow.ts";
import { reportRoutes } from "./report.ts";
import { named, portalPages, townships, unitNames, type Pages } from "./view.ts";

const access = "anyone" as const;
const guarded = { rateLimit: { max: 20, timeWindow: "1 minute" } };

/** The residents' pages. Each works without a script; each answers a wrong step with a page that says what to do. */
export async function portalRoutes(app: App, house: House): Promise<void> {
  const pages = await portalPages(house);
  publicPages(app, house, pages);
  ownPages(app, house, pages);
  reportRoutes(app, house, pages);
  followRoutes(app, house, pages);
  privacyPages(app, house, pages);
  openDataPage(app, house, pages);
}

function publicPages(app: App, house: House, pages: Pages): void {
  app.get("/", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const { items } = await publicCases(house, { limit: 6 });
    return pages.send(request, reply, {
      page: "home",
      recent: items.map((item) => named(house, item, language)),
      counts: (await recentFigures(house)).counts,
    });
  });

  app.get("/about", { config: { access } }, async (request, reply) => pages.send(request, reply, { page: "about" }));

  app.get("/figures", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const { units: rows } = await recentFigures(house);
    return pages.send(request, reply, {
      page: "figures",
      rows: rows.map((row) => ({ ...row, name: house.territory.unit(row.unitId)?.[language] ?? row.unitId })),
    });
  });

  app.get("/cases", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const { q = "", area = "", cursor } = request.query as Record<string, string | undefined>;
    const { items, next } = await publicCases(house, {
      q: q.slice(0, 100),
      area: /^\d{12}$/.test(area) ? area.slice(0, 9) : undefined,
      cursor,
      limit: 20,
    });
    return pages.send(request, reply, {
      page: "list",
      items: items.map((item) => named(house, item, language)),
      next,
      q,
      area,
      areas: townships(house, language),
    });
  });

  app.get("/cases/:number", { config: { access } }, async (request, reply) => {
    const language = languageOf(request);
    const number = readCaseNumber((request.params as { number: string }).number);
    const found = number && (await publicCase(house, number));
    if (!found)
      return pages.send(
        request,
        reply,
        {
          page: "message",
          title: (request.params as { number: string }).number,
          text: explain(refuse("notFound", { what: "case" }), language),
        },
        404,
      );
    const timeline = (await timelineOf(house, found.id, ["everyone"])).map((event) => ({ ...event, data: {} }));
    return pages.send(request, reply, {
      page: "case",
      case: named(house, found, language),
      timeline,
      unitNames: unitNames(house, language),
    });
  });
}

function ownPages(app: App, house: House, pages: Pages): void {
  const { sessionDays, publicUrl } = house.config;

  app.get("/me", { config: { access } }, async (request, reply) => {
    const residentId = request.session?.residentId;
    if (!residentId) return pages.send(request, reply, { page: "signIn", phone: "", sent: false });
    const language = languageOf(request);
    const found = await sql<{ record: CaseRecord }>`
      select record from cases where city_id = ${house.cityId} and resident_id = ${residentId} order by reported_at desc limit 100`.execute(
      house.db,
    );
    const items = found.rows.map(({ record }) => ({
      ...named(house, rowOf(house, record), language),
      token: linkToken(house, "follow", record.id),
    }));
    return pages.send(request, reply, { page: "me", items });
  });

  app.post("/me/phone", { config: { access, withoutCsrf: true, ...guarded } }, async (request, reply) => {
    const { phone = "" } = (request.body ?? {}) as Record<string, string>;
    const language = languageOf(request);
    if (!/^1[3-9]\d{9}$/.test(phone))
      return pages.send(
        request,
        reply,
        {
          page: "signIn",
          phone,
          sent: false,
          problem: {
            field: "phone",
            message: explain(refuse("invalidInput", { field: "phone", problem: "1xxxxxxxxxx" }), language),
          },
        },
        422,
      );
    await sendCode(house, phone, codeText[language]);
    return pages.send(request, reply, { page: "signIn", phone, sent: true });
  });

  app.post("/me/code", { config: { access, withoutCsrf: true, ...guarded } }, async (request, reply) => {
    const { phone = "", code = "" } = (request.body ?? {}) as Record<string, string>;
    try {
      const { token } = await openSession(
        house,
        await takeCode(house, phone, code),
        String(request.headers["user-agent"] ?? ""),
      );
      keepSession(reply, token, sessionDays, publicUrl.startsWith("https:"));
      return reply.redirect("/me", 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return pages.send(
        request,
        reply,
        {
          page: "signIn",
          phone,
          sent: true,
          problem: { field: "code", message: explain(error.reason, languageOf(request)) },
        },
        error.reason.status,
      );
    }
  });

  app.post("/me/out", { config: { access } }, async (request, reply) => {
    if (request.session) await endSession(house, request.session, request.session.id);
    reply.clearCookie(sessionCookie, { path: "/" });
    return reply.redirect("/", 303);
  });
}
