import type { CaseRecord } from "@linge/domain/case/record.ts";
import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { languageOf } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { keepSession, sessionCookie } from "../../platform/http/sessions.ts";
import { linkToken } from "../cases/links.ts";
import { rowOf } from "../cases/queries.ts";
import { endSession, openSession, sendCode, takeCode } from "../sessions/commands.ts";
import { ownSessions } from "../sessions/queries.ts";
import { codeText } from "../sessions/routes.ts";
import { fieldsOf } from "./form.ts";
import { portalTexts } from "../../../../web/portal/texts.ts";
import { named, type PageBody, type Pages } from "./view.ts";

const access = "anyone" as const;
const guarded = { rateLimit: { max: 20, timeWindow: "1 minute" } };
const listed = 100;

/** Pages of a resident who is signed in: his cases, and where he is signed in. */
export function ownPages(app: App, house: House, pages: Pages): void {
  const { sessionDays, publicUrl } = house.config;
  const signIn = (phone: string, sent: boolean, message?: string, field = sent ? "code" : "phone"): PageBody => ({
    page: "signIn",
    phone,
    sent,
    problem: message ? { field, message } : undefined,
  });

  app.get("/me", { config: { access } }, async (request, reply) => {
    const { session } = request;
    if (!session?.residentId) return pages.send(request, reply, signIn("", false));
    const language = languageOf(request);
    const found = await sql<{ record: CaseRecord }>`
      select record from cases where city_id = ${house.cityId} and resident_id = ${session.residentId}
      order by reported_at desc limit ${listed}`.execute(house.db);
    const items = found.rows.map(({ record }) => ({
      ...named(house, rowOf(house, record), language),
      token: linkToken(house, "follow", record.id),
    }));
    return pages.send(request, reply, { page: "me", items, sessions: await ownSessions(house, session) });
  });
  // What a form was sent to is at the page it stood on when it is asked for again.
  app.get("/me/:step", { config: { access } }, async (_request, reply) => reply.redirect("/me", 303));

  app.post("/me/phone", { config: { access, withoutCsrf: true, ...guarded } }, async (request, reply) => {
    const typed = fieldsOf(request.body).phone ?? "";
    const phone = typed.replace(/^\+?86|[\s-]/g, "");
    const language = languageOf(request);
    if (!/^1[3-9]\d{9}$/.test(phone))
      return pages.send(request, reply, signIn(typed, false, portalTexts[language].problems.phoneWrong), 422);
    try {
      await sendCode(house, phone, codeText[language]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return pages.send(request, reply, signIn(phone, true, explain(error.reason, language)), error.reason.status);
    }
    return pages.send(request, reply, signIn(phone, true));
  });

  app.post("/me/code", { config: { access, withoutCsrf: true, ...guarded } }, async (request, reply) => {
    const { phone = "", code = "" } = fieldsOf(request.body);
    try {
      const who = await takeCode(house, phone, code.trim());
      const { token } = await openSession(house, who, String(request.headers["user-agent"] ?? ""));
      keepSession(reply, token, sessionDays, publicUrl.startsWith("https:"));
      return reply.redirect("/me", 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const message = explain(error.reason, languageOf(request));
      return pages.send(request, reply, signIn(phone, true, message), error.reason.status);
    }
  });

  app.post("/me/end", { config: { access } }, async (request, reply) => {
    if (!request.session?.residentId) throw new Refusal(refuse("signInNeeded", {}));
    await endSession(house, request.session, fieldsOf(request.body).session ?? "");
    return reply.redirect("/me", 303);
  });

  app.post("/me/out", { config: { access } }, async (request, reply) => {
    if (request.session) await endSession(house, request.session, request.session.id);
    reply.clearCookie(sessionCookie, { path: "/" });
    return reply.redirect("/", 303);
  });
}
