import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { processingPurposes, processingTexts } from "@linge/domain/privacy/processing.ts";
import { requestKinds, type RequestKind } from "@linge/domain/privacy/request.ts";
import Type from "typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { privacyTexts } from "../../../../web/portal/privacyTexts.ts";
import type { NoticePurpose } from "../../../../web/portal/privacyModel.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { sessionCookie } from "../../platform/http/sessions.ts";
import { derivedId } from "../../platform/derivedId.ts";
import { runCaseCommand } from "../cases/commands.ts";
import { unitNames, type Pages } from "../portal/view.ts";
import { ownData } from "./export.ts";
import { looksAt } from "./looks.ts";
import { byLink, bySession, leave, type Owner } from "./own.ts";
import { processing } from "./processing.ts";
import { makeRequest, ownRequests } from "./requests.ts";
import { privacySettings } from "./settings.ts";

const access = "anyone" as const;
const Token = Type.Object({ token: Type.String({ minLength: 43, maxLength: 43 }) });
const guarded = { rateLimit: { max: 30, timeWindow: "1 minute" } };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
type Fields = Record<string, string | undefined>;
type Find = (request: FastifyRequest) => Promise<Owner | undefined>;

/** What each form of the page does for its owner. */
const steps: Record<string, (house: House, own: Owner, fields: Fields) => Promise<unknown>> = {
  request: (house, own, { id, kind, text = "", caseId }) =>
    makeRequest(house, own, {
      id: idOf(id),
      kind: kindOf(kind),
      text: text.slice(0, 1000),
      caseId: caseId || (own.cases.length === 1 ? own.caseIds[0] : undefined),
    }),
  object: (house, own, { id, text = "", look = "", caseId }) =>
    makeRequest(house, own, { id: idOf(id), kind: "objection", text: text.slice(0, 1000), caseId, lookId: idOf(look) }),
  forget: (house, own, { id, caseId = "" }) => {
    if (!own.caseIds.includes(caseId)) throw new Refusal(refuse("notFound", { what: "case" }));
    return runCaseCommand(house, own.actor, { id: idOf(id), type: "removeIdentity", caseId, reason: "own wish" });
  },
};

function idOf(text: string | undefined): string {
  if (!text || !uuid.test(text)) throw new Refusal(refuse("notFound", { what: "page" }));
  return text;
}

function kindOf(text: string | undefined): RequestKind {
  const kind = requestKinds.find((each) => each === text && each !== "objection");
  if (!kind) throw new Refusal(refuse("reasonNeeded", { what: "kind" }));
  return kind;
}

/** The pages where somebody sees who looked at his data, and what he wants done with it. */
export function privacyPages(app: App, house: House, pages: Pages): void {
  const link: Find = (request) => byLink(house, (request.params as { token: string }).token);
  ownPages(app, house, pages, "/f/:token", link, true);
  ownPages(app, house, pages, "/me", (request) => bySession(house, request), false);

  app.post("/me/leave", { config: { access, ...guarded } }, async (request, reply) => {
    if (request.session?.residentId) await leave(house, request.session.residentId);
    reply.clearCookie(sessionCookie, { path: "/" });
    return reply.redirect("/", 303);
  });

  app.get("/privacy", { config: { access } }, async (request, reply) =>
    pages.send(request, reply, { page: "privacyNotice", purposes: await noticeOf(house, languageOf(request)) }),
  );
}

function ownPages(app: App, house: House, pages: Pages, base: string, find: Find, byLinkOnly: boolean): void {
  const schema = byLinkOnly ? { params: Token } : {};
  const signIn = (request: FastifyRequest, reply: FastifyReply) =>
    pages.send(request, reply, { page: "signIn", phone: "", sent: false });
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    own: Owner,
    said: { notice?: string; problem?: string } = {},
    status = 200,
  ) => {
    const language = languageOf(request);
    const { document } = await privacySettings(house);
    const body = {
      page: "privacy" as const,
      base: own.base,
      looks: await looksAt(house, own.caseIds),
      requests: (await ownRequests(house, own)).map(({ id, kind, number, text, at, dueAt, decided }) => ({
        id,
        kind,
        number,
        text,
        at,
        dueAt,
        decided: decided && { outcome: decided.outcome, answer: decided.answer, at: decided.at },
      })),
      cases: own.cases,
      freshId: newId(),
      identityDays: document.retention.caseIdentity,
      answerDays: document.requestWorkingDays,
      unitNames: unitNames(house, language),
      notice: said.notice,
      problem: said.problem ? { field: "", message: said.problem } : undefined,
    };
    return pages.send(request, reply, body, status);
  };

  app.get(`${base}/privacy`, { config: { access }, schema }, async (request, reply) => {
    const own = await find(request);
    if (!own) return signIn(request, reply);
    const { saved } = request.query as { saved?: string };
    const said = privacyTexts[languageOf(request)].saved;
    return show(request, reply, own, { notice: saved ? (said[saved] ?? said.request) : undefined });
  });

  for (const [step, work] of Object.entries(steps))
    app.post(
      `${base}/privacy/${step}`,
      { config: { access, withoutCsrf: byLinkOnly, ...guarded }, schema },
      async (request, reply) => {
        const own = await find(request);
        if (!own) return signIn(request, reply);
        try {
          const fields = (request.body ?? {}) as Fields;
          // Forms of one page share its fresh id; each makes a command of its own out of it.
          const id = derivedId(idOf(fields.id), step, fields.look ?? "", fields.caseId ?? "");
          await work(house, own, { ...fields, id });
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const problem = explain(error.reason, languageOf(request));
          return show(request, reply, own, { problem }, error.reason.status);
        }
        return reply.redirect(`${own.base}/privacy?saved=${step}`, 303);
      },
    );

  app.get(`${base}/data`, { config: { access, ...guarded }, schema }, async (request, reply) => {
    const own = await find(request);
    if (!own) return signIn(request, reply);
    const data = await ownData(house, own);
    return pages.send(request, reply, {
      page: "ownData",
      base: own.base,
      data,
      unitNames: unitNames(house, languageOf(request)),
    });
  });

  app.get(`${base}/data.json`, { config: { access, ...guarded }, schema }, async (request, reply) => {
    const own = await find(request);
    if (!own) throw new Refusal(refuse("signInNeeded", {}));
    return reply
      .type("application/json; charset=utf-8")
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="linge-my-data.json"`)
      .send(JSON.stringify(await ownData(house, own), null, 1));
  });
}

/** What residents are told before anything is asked of them: made from what the columns of the database declare. */
async function noticeOf(house: House, language: Language): Promise<NoticePurpose[]> {
  const { personal } = await processing(house);
  const labels = privacyLabels[language].retention;
  return processingPurposes.flatMap((purpose) => {
    const columns = personal.filter((each) => each.purpose === purpose && each.of === "resident");
    if (!columns.length) return [];
    const { name, necessity, safeguards } = processingTexts[language][purpose];
    const kept = [...new Map(columns.map((each) => [`${each[language]} ${each.kept}`, each])).values()].map((each) => ({
      what: each[language],
      days: each.days,
      until: each.kept in labels ? labels[each.kept as keyof typeof labels].name : undefined,
    }));
    return [{ name, necessity, safeguards, kept }];
  });
}
