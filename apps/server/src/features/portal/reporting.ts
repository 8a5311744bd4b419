import type { ReportCommand } from "@linge/domain/case/command.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { createHash } from "node:crypto";
import type { Draft } from "../../../../web/portal/model.ts";
import type { Actor } from "@linge/domain/access/scope.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { derivedId } from "../../platform/derivedId.ts";
import { reportCase, type CommandAnswer } from "../cases/commands.ts";
import { areaOf } from "../cases/place.ts";
import { keepPhoto } from "../photos/commands.ts";
import { answersOf, longest, placeOf } from "./draft.ts";
import type { Form } from "./form.ts";

/** Something about a step that has to be put right before the next one; named by the field where that happens. */
export type Problem = { field: string; code: ProblemCode };
export type ProblemCode =
  | "textNeeded"
  | "textTooLong"
  | "placeNeeded"
  | "placeTooLong"
  | "answerNeeded"
  | "nameTooLong"
  | "phoneWrong"
  | "photoTooLarge"
  | "photoUnusable"
  | "photosTooMany";

const most = { photos: 3 };
const telephone = /^[+\d][\d -]{4,19}$/;

export function problemOfText({ text }: Draft): Problem | undefined {
  if (text.length < 2) return { field: "text", code: "textNeeded" };
  return text.length > longest.text ? { field: "text", code: "textTooLong" } : undefined;
}

export function problemOfPlace(draft: Draft): Problem | undefined {
  if (draft.placeName.length > longest.placeName) return { field: "placeName", code: "placeTooLong" };
  return placeOf(draft) ? undefined : { field: "placeName", code: "placeNeeded" };
}

function problemOfRest(house: House, draft: Draft): Problem | undefined {
  const { waiting } = answersOf(house.settings.category(draft.categoryId)?.questions ?? [], draft.answers);
  if (waiting) return { field: `answer-${waiting.id}`, code: "answerNeeded" };
  if (draft.name.length > longest.name) return { field: "name", code: "nameTooLong" };
  if (draft.phone && !telephone.test(draft.phone)) return { field: "phone", code: "phoneWrong" };
  return undefined;
}

/**
 * Keeps the pictures that came with a step and notes them in the draft, so that a page that has to be shown again does
 * not ask for them twice. The same picture of the same draft is the same photo.
 */
export async function keepPictures(
  house: House,
  actor: Actor,
  draft: Draft,
  form: Form,
): Promise<{ draft: Draft; problem?: Problem }> {
  const ids = form.fields.dropPhotos === "1" ? [] : draft.photos.split(" ").filter(Boolean);
  let problem: Problem | undefined = form.tooLarge ? { field: "photos", code: "photoTooLarge" } : undefined;
  for (const picture of form.pictures) {
    const id = derivedId("photo", draft.caseId, createHash("sha256").update(picture).digest("hex"));
    if (ids.includes(id)) continue;
    if (ids.length >= most.photos) {
      problem ??= { field: "photos", code: "photosTooMany" };
      break;
    }
    try {
      ids.push((await keepPhoto(house, actor.id, picture, id)).id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem ??= { field: "photos", code: "photoUnusable" };
    }
  }
  return { draft: { ...draft, photos: ids.join(" ") }, problem };
}

/** Everything that still stands in the way of a report, first things first. */
export function problemOf(house: House, draft: Draft): Problem | undefined {
  return problemOfText(draft) ?? problemOfPlace(draft) ?? problemOfRest(house, draft);
}

/** The telephone of a resident who is signed in. */
export async function phoneOf(house: House, residentId: string): Promise<string> {
  const resident = await house.db
    .selectFrom("residents")
    .select("phone")
    .where("city_id", "=", house.cityId)
    .where("id", "=", residentId)
    .executeTakeFirst();
  return resident?.phone ?? "";
}

/** Takes a finished draft in. @throws Refusal */
export async function reportDraft(house: House, actor: Actor, draft: Draft): Promise<CommandAnswer> {
  const category = house.settings.category(draft.categoryId);
  if (!category) throw new Refusal(refuse("unknownCategory", { category: draft.categoryId }));
  const place = placeOf(draft) ?? { unknown: true };
  const residentId = actor.kind === "resident" ? actor.id : undefined;
  const wantsContact = draft.wantsContact === "1" && (draft.phone !== "" || residentId !== undefined);
  const known = draft.name || draft.phone || residentId;
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
    reporter: known
      ? { residentId, name: draft.name || undefined, phone: draft.phone || undefined, wantsContact }
      : undefined,
    answers: answersOf(category.questions, draft.answers).answers,
    photos: draft.photos.split(" ").filter(Boolean),
  };
  return reportCase(house, actor, command);
}
