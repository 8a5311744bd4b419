import { explain, refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { languageOf } from "./language.ts";
import { Refusal } from "./refusal.ts";

/** Shows an error to somebody at a browser; nothing when whoever asks is a program. */
type ErrorPage = (request: FastifyRequest, reply: FastifyReply, reason: LingeError) => FastifyReply | undefined;
declare module "fastify" {
  interface FastifyInstance {
    /** Filled by the feature that draws pages. */
    errorPage: { send?: ErrorPage };
  }
}

const fromFastify: Record<string, (error: FastifyError) => LingeError> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => refuse("malformedJson", {}),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => refuse("malformedJson", {}),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => refuse("unsupportedMedia", {}),
  FST_ERR_CTP_BODY_TOO_LARGE: () => refuse("tooLarge", {}),
  FST_REQ_FILE_TOO_LARGE: () => refuse("tooLarge", {}),
  FST_FILES_LIMIT: () => refuse("tooLarge", {}),
  FST_FIELDS_LIMIT: () => refuse("tooLarge", {}),
  FST_PARTS_LIMIT: () => refuse("tooLarge", {}),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () => refuse("unsupportedMedia", {}),
  FST_PREMATURE_CLOSE: () => refuse("malformedForm", {}),
};

const databaseDown = new Set([
  "ECONNREFUSED",
  "ENOENT",
  "ECONNRESET",
  "57P01",
  "57P02",
  "57P03",
  "08006",
  "08001",
  "EPIPE",
]);
const databaseFull = new Set(["53100", "53200", "53300"]);

/** What an error of any kind is called in the catalogue. */
export function reasonOf(error: unknown): LingeError {
  if (error instanceof Refusal) return error.reason;
  const known = error as FastifyError & {
    validation?: { instancePath: string; message?: string; params?: { additionalProperty?: string } }[];
  };
  if (known.validation) {
    const [first] = known.validation;
    const field = [first?.instancePath.slice(1).replaceAll("/", "."), first?.params?.additionalProperty]
      .filter(Boolean)
      .join(".");
    return refuse("invalidInput", { field: field || "body", problem: first?.message ?? "" });
  }
  const translate = fromFastify[known.code];
  if (translate) return translate(known);
  if (known.statusCode === 429) return refuse("tooManyRequests", {});
  if (databaseFull.has(known.code)) return refuse("storageFull", {});
  if (
    databaseDown.has(known.code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(known.message ?? "")
  )
    return refuse("databaseUnavailable", {});
  if (/multipart|part header|boundary/i.test(known.message ?? "")) return refuse("malformedForm", {});
  if (known.statusCode && known.statusCode >= 400 && known.statusCode < 500)
    return refuse("invalidInput", { field: "request", problem: known.message });
  return refuse("internal", {});
}

/** The one shape in which errors leave for programs: `{ error: { code, message, params, requestId } }`. */
export function answerErrors(app: FastifyInstance): void {
  const errorPage: { send?: ErrorPage } = {};
  app.decorate("errorPage", errorPage);
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const reason = reasonOf(error);
    if (reason.status >= 500) request.log.error({ err: error }, reason.code);
    if (reason.status === 503) void reply.header("retry-after", "5");
    const page = errorPage.send?.(request, reply, reason);
    if (page) return page;
    const message = explain(reason, languageOf(request));
    return reply
      .status(reason.status)
      .send({ error: { code: reason.code, message, params: reason.params, requestId: request.id } });
  };
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) => answer(new Refusal(refuse("notFound", { what: "page" })), request, reply));
}
