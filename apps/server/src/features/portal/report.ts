import type { ReportCommand } from "@linge/domain/case/command.ts";
import { explain } from "@linge/domain/error/catalogue.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import QRCode from "qrcode";
import type { Draft } from "../../../../web/portal/model.ts";
import { portalTexts } from "../../../../web/portal/texts.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { reportCase } from "../cases/commands.ts";
import { linkToken } from "../cases/links.ts";
import { areaOf } from "../cases/place.ts";
import { suggestCategories } from "../suggest/model.ts";
import { keepPhoto } from "../photos/commands.ts";
import { placeOf, readDraft, readForm, type Form } from "./draft.ts";
import { categoryGroups, categoryName, townships, type PageBody, type Pages } from "./view.ts";
import { checkFormToken } from "../../platform/http/sessions.ts";

const access = "anyone" as const;
const slow = { rateLimit: { max: 60, timeWindow: "1 minute" } };

/** Where nothing was suggested, the family that people most often mean. */
const commonest = ["facilities.streetLights", "environment.litter", "care.elderly"];

export function reportRoutes(app: App, house: House, pages: Pages): void {
  const more = async (draft: Draft, language: Language, message?: string): Promise<PageBody> => {
    const found = (await suggestCategories(house, draft.text)).categories.map(({ id }) => id);
    const ids = [
      ...new Set([...(draft.categoryId ? [draft.categoryId] : []), ...(found.length ? found : commonest)]),
    ].slice(0, 4);
    const chosen = draft.categoryId || ids[0]!;
    return {
      page: "more",
      draft: { ...draft, categoryId: chosen },
      suggested: ids.map((id) => ({ value: id, label: categoryName(house, id, language) })),
      categories: categoryGroups(house, language),
      questions: house.settings.category(chosen)?.questions ?? [],
      problem: message ? { field: "", message } : undefined,
    };
  };
  const where = (draft: Draft, language: Language, message?: string): PageBody => ({
    page: "where",
    draft,
    areas: townships(house, language),
    problem: message ? { field: "", message } : undefined,
  });

  app.get("/report", { config: { access } }, async (request, reply) =>
    pages.send(request, reply, { page: "what", draft: readDraft({}) }),
  );

  app.post("/report/what", { config: { access } }, async (request, reply) => {
    const draft = readDraft((request.body ?? {}) as Record<string, string>);
    const language = languageOf(request);
    if (draft.text.length < 2)
      return pages.send(
        request,
        reply,
        { page: "what", draft, problem: { field: "text", message: portalTexts[language].what.title } },
        422,
      );
    return pages.send(request, reply, where(draft, language));
  });

  app.post("/report/where", { config: { access } }, async (request, reply) => {
    const draft = readDraft((request.body ?? {}) as Record<string, string>);
    const language = languageOf(request);
    const place = placeOf(draft);
    if (!place) return pages.send(request, reply, where(draft, language, portalTexts[language].where.needed), 422);
    try {
      areaOf(house, place, draft.area || undefined);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return pages.send(
        request,
        reply,
        where({ ...draft, lon: "", lat: "" }, language, explain(error.reason, language)),
        error.reason.status,
      );
    }
    return pages.send(request, reply, await more(draft, language));
  });

  app.post("/report/back", { config: { access } }, async (request, reply) => {
    const fields = (request.body ?? {}) as Record<string, string>;
    const draft = readDraft(fields);
    return pages.send(
      request,
      reply,
      fields.to === "where" ? where(draft, languageOf(request)) : { page: "what", draft },
    );
  });

  app.post("/report/more", { config: { access, csrfInForm: true, ...slow } }, async (request, reply) => {
    const form = await readForm(request);
    checkFormToken(request, form.fields.csrf);
    const draft = readDraft({ ...form.fields, categoryId: form.fields.otherCategory || form.fields.categoryId || "" });
    try {
      return await report(house, pages, request, reply, draft, form);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return pages.send(
        request,
        reply,
        await more(draft, languageOf(request), explain(error.reason, languageOf(request))),
        error.reason.status,
      );
    }
  });
}

async function report(
  house: House,
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: Draft,
  form: Form,
): Promise<FastifyReply> {
  const { actor } = request;
  const place = placeOf(draft) ?? { unknown: true };
  const photos: string[] = [];
  for (const photo of form.photos.slice(0, 3)) photos.push((await keepPhoto(house, actor.id, photo)).id);
  const residentId = actor.kind === "resident" ? actor.id : undefined;
  const wantsContact = form.fields.wantsContact === "1" && (draft.phone !== "" || residentId !== undefined);
  const reporter =
    draft.name || draft.phone || residentId
      ? { residentId, name: draft.name || undefined, phone: draft.phone || undefined, wantsContact }
      : undefined;
  const answers = Object.fromEntries(
    Object.entries(form.fields).flatMap(([key, value]) =>
      key.startsWith("answer-") && value ? [[key.slice(7), value.slice(0, 500)]] : [],
    ),
  );
  const command: ReportCommand = {
    id: draft.id,
    caseId: draft.caseId,
    type: "report",
    kind: draft.kind as ReportCommand["kind"],
    categoryId: draft.categoryId,
    text: draft.text,
    place,
    ...areaOf(house, place, draft.area || undefined),
    channel: "portal",
    reporter,
    answers,
    photos,
  };
  const answer = await reportCase(house, actor, command);
  const link = `/f/${linkToken(house, "follow", answer.caseId)}`;
  const qr = await QRCode.toDataURL(`${house.config.publicUrl}${link}`, { margin: 1, width: 360 });
  return pages.send(request, reply, {
    page: "done",
    number: answer.number,
    link,
    qr,
    dueAt: answer.dueAt,
    wantsContact,
  });
}
