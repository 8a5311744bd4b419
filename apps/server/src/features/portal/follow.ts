import type { Actor } from "@linge/domain/access/scope.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { allowedCommands } from "@linge/domain/case/decide.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import { explain, refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { portalTexts } from "../../../../web/portal/texts.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { languageOf } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { runCaseCommand } from "../cases/commands.ts";
import { linkToken, readLink } from "../cases/links.ts";
import { caseById, caseByNumber, timelineOf } from "../cases/queries.ts";
import { looksAt } from "../privacy/looks.ts";
import { followCase, unitNames, type Pages } from "./view.ts";

const Token = Type.Object({ token: Type.String({ minLength: 43, maxLength: 43 }) });
const guarded = { rateLimit: { max: 20, timeWindow: "1 minute" } };
type Fields = Record<string, string | undefined>;
type Words = Pick<FollowingCommand, "type"> & Record<string, unknown>;

/** What each form of the page asks for. */
const steps: Record<string, (fields: Fields) => Words> = {
  add: ({ text = "" }) => ({ type: "addInformation", text: text.trim().slice(0, 1000) }),
  confirm: () => ({ type: "confirmResolved" }),
  rate: ({ resolved, satisfaction, comment = "" }) => ({
    type: "rate",
    resolved: resolved === "yes",
    satisfaction: Math.min(5, Math.max(1, Number(satisfaction) || 3)),
    comment: comment.trim().slice(0, 1000) || undefined,
  }),
  reopen: ({ reason = "" }) => ({ type: "requestReopening", reason: reason.trim().slice(0, 1000) }),
  withdraw: ({ reason = "" }) => ({ type: "withdraw", reason: reason.trim().slice(0, 1000) }),
};

/** Whoever holds the link acts as the one who reported. */
const holder = (caseId: string): Actor => ({ id: `link:${caseId}`, kind: "anonymous", grants: [] });

function caseIdOf(house: House, token: string): string {
  const caseId = readLink(house, "follow", token);
  if (!caseId) throw new Refusal(refuse("notFound", { what: "case" }));
  return caseId;
}

export function followRoutes(app: App, house: House, pages: Pages): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    said: { notice?: string; problem?: string } = {},
    status = 200,
  ): Promise<FastifyReply> => {
    const language = languageOf(request);
    const record = await caseById(house, caseIdOf(house, token));
    const allowed = allowedCommands(record, holder(record.id))
      .filter((each) => each.allowed)
      .map((each) => each.type);
    return pages.send(
      request,
      reply,
      {
        page: "follow",
        case: followCase(house, record, language),
        timeline: await timelineOf(house, record.id, ["everyone", "reporter"]),
        token,
        can: allowed,
        looks: (await looksAt(house, [record.id])).length,
        notice: said.notice,
        problem: said.problem ? { field: "", message: said.problem } : undefined,
        unitNames: unitNames(house, language),
      },
      status,
    );
  };

  app.get("/f/:token", { config: { access: "anyone" }, schema: { params: Token } }, async (request, reply) =>
    show(request, reply, request.params.token, {
      notice: (request.query as { saved?: string }).saved ? portalTexts[languageOf(request)].follow.saved : undefined,
    }),
  );

  for (const [step, words] of Object.entries(steps))
    app.post(
      `/f/:token/${step}`,
      { config: { access: "anyone", withoutCsrf: true, ...guarded }, schema: { params: Token } },
      async (request, reply) => {
        const { token } = request.params;
        const caseId = caseIdOf(house, token);
        try {
          const command: Words & { id: string } = { id: newId(), caseId, ...words((request.body ?? {}) as Fields) };
          if (command.reason === "" || command.text === "")
            throw new Refusal(refuse("invalidInput", { field: step, problem: "empty" }));
          await runCaseCommand(house, holder(caseId), command as unknown as FollowingCommand);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return show(
            request,
            reply,
            token,
            { problem: explain(error.reason, languageOf(request)) },
            error.reason.status,
          );
        }
        return reply.redirect(`/f/${token}?saved=1`, 303);
      },
    );

  app.get("/find", { config: { access: "anyone" } }, async (request, reply) =>
    pages.send(request, reply, { page: "find", number: "" }),
  );

  app.post("/find", { config: { access: "anyone", ...guarded } }, async (request, reply) => {
    const { number = "", digits = "" } = (request.body ?? {}) as Fields;
    const read = readCaseNumber(number);
    const record = read ? await caseByNumber(house, read) : undefined;
    if (record?.reporter?.phone && /^\d{4}$/.test(digits) && record.reporter.phone.endsWith(digits))
      return reply.redirect(`/f/${linkToken(house, "follow", record.id)}`, 303);
    return pages.send(
      request,
      reply,
      { page: "find", number, problem: { field: "number", message: portalTexts[languageOf(request)].find.none } },
      404,
    );
  });
}
