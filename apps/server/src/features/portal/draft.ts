import type { MultipartFile } from "@fastify/multipart";
import type { CasePlace } from "@linge/domain/case/record.ts";
import type { FastifyRequest } from "fastify";
import type { Draft } from "../../../../web/portal/model.ts";
import { newId } from "../../platform/ids.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const longest: Partial<Record<keyof Draft, number>> = { text: 4000, placeName: 200, name: 60, phone: 20 };
const fields: (keyof Draft)[] = [
  "id",
  "caseId",
  "text",
  "kind",
  "categoryId",
  "lon",
  "lat",
  "placeName",
  "area",
  "unknown",
  "name",
  "phone",
];

/** Fields of a form, and the photos that came with it. */
export type Form = { fields: Record<string, string>; photos: Buffer[] };

/** Reads a form of either encoding; empty file fields are no photos. */
export async function readForm(request: FastifyRequest): Promise<Form> {
  if (!request.isMultipart()) return { fields: (request.body ?? {}) as Record<string, string>, photos: [] };
  const form: Form = { fields: {}, photos: [] };
  for await (const part of request.parts()) {
    if (part.type === "field") form.fields[part.fieldname] = String(part.value);
    else await keep(part, form);
  }
  return form;
}

async function keep(file: MultipartFile, form: Form): Promise<void> {
  const bytes = await file.toBuffer();
  if (bytes.length) form.photos.push(bytes);
}

/**
 * The draft that a form carries. Ids are made with the first step, so that sending the last one twice reports once.
 */
export function readDraft(form: Record<string, string>): Draft {
  const draft = Object.fromEntries(
    fields.map((field) => [
      field,
      (form[field] ?? "")
        .replace(controls, "")
        .trim()
        .slice(0, longest[field] ?? 80),
    ]),
  ) as Draft;
  if (!uuid.test(draft.id)) draft.id = newId();
  if (!uuid.test(draft.caseId)) draft.caseId = newId();
  if (!["inquiry", "help", "complaint", "report", "suggestion"].includes(draft.kind)) draft.kind = "help";
  if (!/^[A-Za-z]+\.[A-Za-z]+$/.test(draft.categoryId)) draft.categoryId = "";
  return draft;
}

/** The place that a draft names; nothing when it names none. */
export function placeOf(draft: Draft): CasePlace | undefined {
  const [lon, lat] = [Number(draft.lon), Number(draft.lat)];
  const name = draft.placeName || undefined;
  if (draft.lon && draft.lat && Number.isFinite(lon) && Number.isFinite(lat)) return { lon, lat, name };
  if (name || draft.area) return { name };
  return draft.unknown === "1" ? { unknown: true } : undefined;
}
