import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { languageOf } from "../../platform/http/language.ts";
import { checkJurisdiction, holderOf, writeLimit, type Ask } from "./ask.ts";
import { readBody } from "./body.ts";
import { discovery } from "./discovery.ts";
import { contentTypes, write, type Format, type Plain } from "./document.ts";
import { keyRoutes } from "./keyRoutes.ts";
import type { KeyHolder } from "./keys.ts";
import { decodePairs, parametersOf } from "./parameters.ts";
import { bad, Open311Refusal, problemsOf, refuseWith } from "./problem.ts";
import { report } from "./report.ts";
import { serviceRequest, serviceRequests } from "./requests.ts";
import { serviceDefinition, serviceList } from "./services.ts";
import { requestOfToken } from "./tokens.ts";
import { listUpdates, postUpdate } from "./updates.ts";

const form = "application/x-www-form-urlencoded";
const extension = /\.(xml|json)$/;
const resources = /^\/open311\/v2\/(discovery|services|requests|tokens|servicerequestupdates)\b/;

/** The extension decides; without one, JSON for those who ask for JSON and nothing else. XML is what every client knows. */
function formatOf(request: FastifyRequest): Format {
  const [path = ""] = request.url.split("?");
  const named = extension.exec(path)?.[1];
  if (named) return named as Format;
  const accept = request.headers.accept ?? "";
  return accept.includes("json") && !accept.includes("xml") ? "json" : "xml";
}

function send(request: FastifyRequest, reply: FastifyReply, root: string, value: Plain, status = 200): FastifyReply {
  const format = formatOf(request);
  return reply
    .status(status)
    .type(contentTypes[format])
    .send(write(format, root, value));
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problems = problemsOf(error);
  const { status } = problems[0]!;
  if (status >= 500) request.log.error({ err: error }, "open311");
  if (status === 429) void reply.header("retry-after", "60");
  if (status === 503) void reply.header("retry-after", "5");
  const language = languageOf(request);
  const errors = problems.map((problem) => ({ code: problem.status, description: problem.text[language] }));
  return send(request, reply, "errors", errors, status);
}

function answerUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = resources.test(request.url)
    ? bad("地址或方法不对；格式只有 xml 和 json。", "The URL or method is not valid; formats are xml and json.")
    : { ...bad("没有这个地址。", "There is no such resource."), status: 404 as const };
  return answerError(new Open311Refusal([problem]), request, reply);
}

async function askOf(house: House, request: FastifyRequest): Promise<Ask> {
  const query = decodePairs(Buffer.from(request.url.split("?").slice(1).join("?"), "latin1"));
  const body = request.method === "POST" ? await readBody(request) : { pairs: [], photos: [] };
  const parameters = parametersOf([...body.pairs, ...query]);
  const holder = await holderOf(house, parameters);
  const { name = "" } = request.params as { name?: string };
  return {
    parameters,
    language: languageOf(request),
    name: name.replace(extension, ""),
    photos: body.photos,
    holder,
  };
}

type Read = (ask: Ask) => Plain | Promise<Plain>;
type Write = (holder: KeyHolder, ask: Ask) => Promise<Plain>;

/** The interface itself: every resource with `.xml`, `.json` or no extension. */
async function georeport(app: FastifyInstance, house: House): Promise<void> {
  app.removeContentTypeParser([form, "application/json", "text/plain"]);
  app.addContentTypeParser(form, { parseAs: "buffer", bodyLimit: 256 * 1024 }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknown);
  // Public data, and writes that need a key of their own: pages of other sites may ask, and send no cookie.
  app.addHook("onRequest", async (_request, reply) => {
    void reply.headers({ "access-control-allow-origin": "*", vary: "accept, accept-language" });
  });
  const limit = writeLimit(house);
  const config = { access: "anyone" as const, withoutCsrf: true };

  const reads = (path: string, root: string, handler: Read): void => {
    const paths = path.endsWith("/:name") ? [path] : [path, `${path}.xml`, `${path}.json`];
    for (const each of paths)
      app.get(each, { config, schema: { hide: true } }, async (request, reply) => {
        const ask = await askOf(house, request);
        checkJurisdiction(house, ask.parameters);
        return send(request, reply, root, await handler(ask));
      });
  };
  const writes = (path: string, root: string, handler: Write): void => {
    for (const each of [path, `${path}.xml`, `${path}.json`])
      app.post(each, { config, schema: { hide: true } }, async (request, reply) => {
        const ask = await askOf(house, request);
        const holder = ask.holder ?? refuseWith(403, "缺少 api_key。", "The api_key was not provided.");
        limit(holder);
        checkJurisdiction(house, ask.parameters);
        return send(request, reply, root, await handler(holder, ask));
      });
  };

  reads("/discovery", "discovery", ({ language }) => discovery(house, language));
  reads("/services", "services", ({ language }) => serviceList(house, language));
  reads("/services/:name", "service_definition", ({ name, language }) => serviceDefinition(house, name, language));
  reads("/requests", "service_requests", (ask) => serviceRequests(house, ask));
  reads("/requests/:name", "service_requests", (ask) => serviceRequest(house, ask));
  reads("/tokens/:name", "service_requests", (ask) => requestOfToken(house, ask));
  reads("/servicerequestupdates", "service_request_updates", (ask) => listUpdates(house, ask));
  writes("/requests", "service_requests", (holder, ask) => report(house, holder, ask));
  writes("/servicerequestupdates", "service_request_updates", (holder, ask) => postUpdate(house, holder, ask));
}

/** Open311 GeoReport v2 with the updates of FixMyStreet's extension, and the administration of its keys. */
export async function open311Routes(app: App, house: House): Promise<void> {
  keyRoutes(app, house);
  await app.register(async (inner) => georeport(inner as unknown as FastifyInstance, house), {
    prefix: "/open311/v2",
  });
}
