import type { FastifyRequest } from "fastify";
import { checkFormToken } from "../../platform/http/sessions.ts";

export type Fields = Record<string, string>;
/** What a form brought: its fields, the pictures that came with it, and whether one was too large to be read. */
export type Form = { fields: Fields; pictures: Buffer[]; tooLarge: boolean };

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** More files than anybody means to send are read past; a page takes the first few and says so. */
const mostFiles = 12;

/** One text for each name, without characters that nobody typed on purpose; of a name sent twice the last counts. */
export function fieldsOf(body: unknown): Fields {
  const fields: Fields = {};
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>))
    fields[name] = String((Array.isArray(value) ? value.at(-1) : value) ?? "").replace(controls, "");
  return fields;
}

/**
 * Reads a form of either encoding and checks its token. A picture that is too large is read past and noted, so that
 * whoever sent it gets an answer, with everything else he filled in.
 */
export async function readForm(request: FastifyRequest): Promise<Form> {
  if (!request.isMultipart()) return { fields: fieldsOf(request.body), pictures: [], tooLarge: false };
  const form: Form = { fields: {}, pictures: [], tooLarge: false };
  for await (const part of request.parts({ throwFileSizeLimit: false, limits: { files: mostFiles } } as never)) {
    if (part.type === "field") Object.assign(form.fields, fieldsOf({ [part.fieldname]: part.value }));
    else {
      const bytes = await part.toBuffer();
      if (part.file.truncated) form.tooLarge = true;
      else if (bytes.length) form.pictures.push(bytes);
    }
  }
  if (!request.routeOptions.config?.withoutCsrf) checkFormToken(request, form.fields.csrf);
  return form;
}
