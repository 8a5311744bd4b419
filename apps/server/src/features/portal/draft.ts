import type { Question } from "@linge/domain/category/category.ts";
import type { CasePlace } from "@linge/domain/case/record.ts";
import type { Draft } from "../../../../web/portal/model.ts";
import { newId } from "../../platform/ids.ts";
import type { Fields } from "./form.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const kinds = ["inquiry", "help", "complaint", "report", "suggestion"];
/** Nothing that was typed is cut: a text that is too long goes back to its writer whole. */
const mostKept = 50_000;
const plain = ["text", "placeName", "area", "unknown", "lon", "lat", "name", "phone", "wantsContact"] as const;

/** How long each text may be. */
export const longest = { text: 4000, placeName: 200, name: 60, phone: 20, answer: 500 } as const;

/**
 * The draft that a form carries. Ids are made with the first step, so that sending the last one twice reports once.
 */
export function readDraft(fields: Fields): Draft {
  const kept = (name: string): string => (fields[name] ?? "").trim().slice(0, mostKept);
  const chosen = kept("otherCategory") || kept("categoryId");
  return {
    ...(Object.fromEntries(plain.map((name) => [name, kept(name)])) as Pick<Draft, (typeof plain)[number]>),
    id: uuid.test(kept("id")) ? kept("id") : newId(),
    caseId: uuid.test(kept("caseId")) ? kept("caseId") : newId(),
    kind: kinds.includes(kept("kind")) ? kept("kind") : "help",
    categoryId: /^[A-Za-z]+\.[A-Za-z]+$/.test(chosen) ? chosen : "",
    photos: kept("photos")
      .split(" ")
      .filter((id) => uuid.test(id))
      .join(" "),
    answers: Object.fromEntries(
      Object.keys(fields).flatMap((name) => (name.startsWith("answer-") ? [[name.slice(7), kept(name)]] : [])),
    ),
  };
}

/** The place that a draft names; nothing when it names none. */
export function placeOf(draft: Draft): CasePlace | undefined {
  const [lon, lat] = [Number(draft.lon), Number(draft.lat)];
  const name = draft.placeName || undefined;
  if (draft.lon && draft.lat && Number.isFinite(lon) && Number.isFinite(lat)) return { lon, lat, name };
  if (name || draft.area) return { name };
  return draft.unknown === "1" ? { unknown: true } : undefined;
}

/** The answers to a category's questions, and the first question that still waits for a good one. */
export function answersOf(
  questions: readonly Question[],
  given: Draft["answers"],
): { answers: Record<string, string | number>; waiting?: Question } {
  const answers: Record<string, string | number> = {};
  let waiting: Question | undefined;
  for (const question of questions) {
    const text = given[question.id] ?? "";
    const fits = text !== "" && fitsQuestion(question, text);
    if (fits) answers[question.id] = question.kind === "number" ? Number(text) : text;
    else if (text !== "" || question.required) waiting ??= question;
  }
  return { answers, waiting };
}

function fitsQuestion({ kind, choices }: Question, text: string): boolean {
  if (kind === "yesNo") return text === "yes" || text === "no";
  if (kind === "choice") return choices?.some((choice) => choice.id === text) ?? false;
  if (kind === "number") return Number.isFinite(Number(text)) && Number(text) >= 0;
  return text.length <= longest.answer;
}
