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
import { followPage, receivedPage } from "./following.ts";
import { readDraft } from "./draft.ts";
import { fieldsOf, readForm, type Fields } from "./form.ts";
import { keepPictures } from "./reporting.ts";
import type { Pages } from "./view.ts";

const Token = Type.Object({ token: Type.String({ minLength: 43, maxLength: 43 }) });
const guarded = { rateLimit: { max: 20, timeWindow: "1 minute" } };
type Words = Pick<FollowingCommand, "type"> & Record<string, unknown>;
const mostWords = 1000;

/** What each form of the page asks for. */
const steps: Record<string, (fields: Fields, photos: string[]) => Words> = {
  add: ({ text = "" }, photos) => ({ type: "addInformation", text: text.trim(), photos }),
  confirm: () => ({ type: "confirmResolved" }),
  rate: ({ resolved, satisfaction, comment = "" }, photos) => ({
    type: "rate",
    resolved: resolved === "yes",
    satisfaction: Number(satisfaction),
    comment: comment.trim() || undefined,
    photos,
  }),
  reopen: ({ reason = "" }, photos) => ({ type: "requestReopening", reason: reason.trim(), photos }),
  withdraw: ({ reason = "" }) => ({ type: "withdraw", reason: reason.trim() }),
};

/** Whoever holds the link acts as the one who reported. */
const holder = (caseId: string): Actor => ({ id: `link:${caseId}`, kind: "anonymous", grants: [] });

function caseIdOf(house: House, token: string): string {
  const caseId = readLink(house, "follow", token);
  if (!caseId) throw new Refusal(refuse("notFound", { what: "case" }));
  return caseId;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The words of a step, checked as a form can be wrong: nothing written, too much written, nothing chosen. */
function checked(step: string, words: Words, { resolved = "" }: Fields): Words {
  const { reason, text, comment, satisfaction } = words as Record<string, string | number | undefined>;
  const chosen = /^(yes|no)$/.test(resolved) && [1, 2, 3, 4, 5].includes(satisfaction as number);
  if (reason === "" || text === "" || (words.type === "rate" && !chosen))
    throw new Refusal(refuse("reasonNeeded", { what: step }));
  for (const written of [reason, text, comment])
    if (String(written ?? "").length > mostWords) throw new Refusal(refuse("textTooLong", { most: mostWords }));
  return words;
}

export function followRoutes(app: App, house: House, pages: Pages): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    said: { notice?: string; problem?: string; typed?: Fields; step?: string } = {},
    status = 200,
  ): Promise<FastifyReply> => {
    const record = await caseById(house, caseIdOf(house, token));
    const body = await followPage(house, record, languageOf(request), {
      token,
      can: allowedCommands(record, holder(record.id))
        .filter((each) => each.allowed)
        .map((each) => each.type),
      timeline: await timelineOf(house, record.id, ["everyone", "reporter"]),
      looks: (await looksAt(house, [record.id])).length,
      typed: said.typed ?? {},
      at: said.step,
    });
    const problem = said.problem ? { field: said.step ?? "", message: said.problem } : undefined;
    return pages.send(request, reply, { ...body, notice: said.notice, problem }, status);
  };

  app.get("/f/:token", { config: { access: "anyone" }, schema: { params: Token } }, async (request, reply) =>
    show(request, reply, request.params.token, {
      notice: (request.query as { saved?: string }).saved ? portalTexts[languageOf(request)].follow.saved : undefined,
    }),
  );

  app.get("/f/:token/received", { config: { access: "anyone" }, schema: { params: Token } }, async (request, reply) => {
    const record = await caseById(house, caseIdOf(house, request.params.token));
    return pages.send(request, reply, await receivedPage(house, record, request.params.token));
  });

  for (const [step, words] of Object.entries(steps)) {
    // A form that was sent is at the page it belongs to when it is asked for again.
    app.get(`/f/:token/${step}`, { config: { access: "anyone" }, schema: { params: Token } }, async (request, reply) =>
      reply.redirect(`/f/${request.params.token}`, 303),
    );
    app.post(
      `/f/:token/${step}`,
      { config: { access: "anyone", withoutCsrf: true, ...guarded }, schema: { params: Token } },
      async (request, reply) => {
        const { token } = request.params;
        const caseId = caseIdOf(house, token);
        const form = await readForm(request);
        const { fields } = form;
        try {
          const { draft, problem } = await keepPictures(house, holder(caseId), { ...readDraft(fields), caseId }, form);
          fields.photos = draft.photos;
          if (problem) throw new Refusal(refuse(problem.code === "photoTooLarge" ? "tooLarge" : "unusablePhoto", {}));
          const given = checked(step, words(fields, draft.photos.split(" ").filter(Boolean)), fields);
          const id = uuid.test(fields.commandId ?? "") ? fields.commandId! : newId();
          await runCaseCommand(house, holder(caseId), { id, caseId, ...given } as unknown as FollowingCommand);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const problem = explain(error.reason, languageOf(request));
          return show(request, reply, token, { problem, typed: fields, step }, error.reason.status);
        }
        return reply.redirect(`/f/${token}?saved=1`, 303);
      },
    );
  }

  app.get("/find", { config: { access: "anyone" } }, async (request, reply) =>
    pages.send(request, reply, { page: "find", number: "" }),
  );

  app.post("/find", { config: { access: "anyone", withoutCsrf: true, ...guarded } }, async (request, reply) => {
    const { number = "", digits = "" } = fieldsOf(request.body);
    const read = readCaseNumber(number);
    const record = read ? await caseByNumber(house, read) : undefined;
    if (record?.reporter?.phone && /^\d{4}$/.test(digits) && record.reporter.phone.endsWith(digits))
      return reply.redirect(`/f/${linkToken(house, "follow", record.id)}`, 303);
    const { find } = portalTexts[languageOf(request)];
    const message = number && !read ? find.noNumber : find.none;
    return pages.send(request, reply, { page: "find", number, problem: { field: "number", message } }, 404);
  });
}
