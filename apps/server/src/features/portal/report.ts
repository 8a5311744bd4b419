import { explain } from "@linge/domain/error/catalogue.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import type { Draft } from "../../../../web/portal/model.ts";
import { portalTexts } from "../../../../web/portal/texts.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { linkToken } from "../cases/links.ts";
import { areaOf } from "../cases/place.ts";
import { suggestCategories } from "../suggest/model.ts";
import { publishedAlike } from "../suggest/similar.ts";
import { placeOf, readDraft } from "./draft.ts";
import { fieldsOf, readForm } from "./form.ts";
import {
  keepPictures,
  phoneOf,
  problemOf,
  problemOfPlace,
  problemOfText,
  reportDraft,
  type Problem,
} from "./reporting.ts";
import { categoryGroups, categoryName, townships, type PageBody, type Pages } from "./view.ts";

/** One of the three steps, as a page. */
type StepPage = Extract<PageBody, { page: "what" | "where" | "more" }>;

const access = "anyone" as const;
const slow = { rateLimit: { max: 60, timeWindow: "1 minute" } };
const steps = ["what", "where", "more"] as const;
type Step = (typeof steps)[number];

/** Where nothing was suggested, the family that people most often mean. */
const commonest = ["facilities.streetLights", "environment.litter", "care.elderly"];

/** The three steps of a report, and the way between them. What was said so far travels in the form itself. */
export function reportRoutes(app: App, house: House, pages: Pages): void {
  const draw = drawer(house);
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    step: Step,
    draft: Draft,
    problem?: Problem | { field: string; message: string },
    status = problem ? 422 : 200,
  ): Promise<FastifyReply> => {
    const language = languageOf(request);
    const said =
      problem && "code" in problem
        ? { field: problem.field, message: portalTexts[language].problems[problem.code] }
        : problem;
    return pages.send(request, reply, { ...(await draw(step, draft, language)), problem: said }, status);
  };
  const refused = (request: FastifyRequest, error: unknown, field: string) => {
    if (!(error instanceof Refusal)) throw error;
    return { problem: { field, message: explain(error.reason, languageOf(request)) }, status: error.reason.status };
  };

  app.get("/report", { config: { access } }, async (request, reply) => show(request, reply, "what", readDraft({})));
  // A step that was kept as a bookmark or asked for anew has nothing to show: its words were in the form.
  app.get("/report/:step", { config: { access } }, async (_request, reply) => reply.redirect("/report", 303));

  app.post("/report/what", { config: { access } }, async (request, reply) => {
    const draft = readDraft(fieldsOf(request.body));
    const problem = problemOfText(draft);
    return show(request, reply, problem ? "what" : "where", draft, problem);
  });

  app.post("/report/where", { config: { access } }, async (request, reply) => {
    const draft = readDraft(fieldsOf(request.body));
    const problem = problemOfPlace(draft);
    if (problem) return show(request, reply, "where", draft, problem);
    try {
      areaOf(house, placeOf(draft)!, draft.area || undefined);
    } catch (error) {
      const { problem: said, status } = refused(request, error, "placeName");
      return show(request, reply, "where", { ...draft, lon: "", lat: "" }, said, status);
    }
    if (request.session?.residentId && !draft.phone) draft.phone = await phoneOf(house, request.session.residentId);
    return show(request, reply, "more", draft);
  });

  const To = Type.Object({ to: Type.Optional(Type.Union(steps.map((step) => Type.Literal(step)))) });
  app.post(
    "/report/back",
    { config: { access, csrfInForm: true, ...slow }, schema: { querystring: To } },
    async (request, reply) => {
      const form = await readForm(request);
      const { draft, problem } = await keepPictures(house, request.actor, readDraft(form.fields), form);
      const to = request.query.to ?? steps.find((step) => step === form.fields.to) ?? "what";
      return show(request, reply, to, draft, problem);
    },
  );

  app.post("/report/more", { config: { access, csrfInForm: true, ...slow } }, async (request, reply) => {
    const form = await readForm(request);
    const { draft, problem } = await keepPictures(house, request.actor, readDraft(form.fields), form);
    const wrong = problem ?? problemOf(house, draft);
    if (wrong) return show(request, reply, stepOf(wrong.field), draft, wrong);
    try {
      const answer = await reportDraft(house, request.actor, draft);
      return reply.redirect(`/f/${linkToken(house, "follow", answer.caseId)}/received`, 303);
    } catch (error) {
      const { problem: said, status } = refused(request, error, "categoryId");
      return show(request, reply, "more", draft, said, status);
    }
  });

  const Category = Type.Object({ category: Type.String({ maxLength: 60 }), lang: Type.Optional(Type.String()) });
  app.get(
    "/report/questions",
    { config: { access }, schema: { querystring: Category, hide: true } },
    async (request, reply) =>
      pages.sendPart(reply, {
        language: languageOf(request),
        questions: house.settings.category(request.query.category)?.questions ?? [],
      }),
  );
}

const stepOf = (field: string): Step => (field === "text" ? "what" : field === "placeName" ? "where" : "more");

/** Draws a step with everything it offers: townships, suggested categories, their questions, and the same thing nearby. */
function drawer(house: House) {
  const more = async (draft: Draft, language: Language): Promise<StepPage> => {
    const found = (await suggestCategories(house, draft.text)).categories.map(({ id }) => id);
    const ids = [
      ...new Set([...(draft.categoryId ? [draft.categoryId] : []), ...(found.length ? found : commonest)]),
    ].slice(0, 4);
    const chosen = draft.categoryId || ids[0]!;
    const place = placeOf(draft);
    const around = { lon: place?.lon, lat: place?.lat, areaCode: draft.area || undefined };
    return {
      page: "more",
      draft: { ...draft, categoryId: chosen },
      suggested: ids.map((id) => ({ value: id, label: categoryName(house, id, language) })),
      categories: categoryGroups(house, language),
      questions: house.settings.category(chosen)?.questions ?? [],
      similar: await publishedAlike(house, { text: draft.text, ...around }),
    };
  };

  return async (step: Step, draft: Draft, language: Language): Promise<StepPage> => {
    if (step === "what") return { page: "what", draft };
    if (step === "where") return { page: "where", draft, areas: townships(house, language) };
    return more(draft, language);
  };
}
