import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  type RawServerDefault,
} from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import { registerFeatures } from "../../features/index.ts";
import type { Config } from "../config/config.ts";
import type { House } from "../house.ts";
import { logOptions } from "../log/options.ts";
import { newId } from "../ids.ts";
import { guardRoutes, type ClassifiedRoute } from "./access.ts";
import { answerErrors } from "./errors.ts";
import { healthRoutes } from "./health.ts";
import { securityHeaders } from "./security.ts";
import { useSessions } from "./sessions.ts";
import { useValidation } from "./validation.ts";

/** The server with its types: routes declare TypeBox schemas and get typed requests. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Builds the whole HTTP surface over an opened house; `routes` is the table of all of it. */
export async function buildApp(
  config: Config,
  makeHouse: (log: FastifyBaseLogger) => House,
  logger: FastifyServerOptions["logger"] = logOptions(),
): Promise<{ app: App; routes: ClassifiedRoute[]; house: House }> {
  const app: App = Fastify({
    logger,
    genReqId: () => newId(),
    requestIdHeader: false,
    trustProxy: config.trustProxy,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const house = makeHouse(app.log);
  useValidation(app);
  answerErrors(app);
  const routes = guardRoutes(app);
  securityHeaders(app);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 256 * 1024 });
  await app.register(multipart, {
    limits: { fileSize: house.config.photoMegabytes * 1024 * 1024, files: 3, fields: 40, fieldSize: 64 * 1024 },
  });
  await app.register(rateLimit, {
    max: house.config.requestsPerMinute,
    timeWindow: "1 minute",
    keyGenerator: (request) => request.ip,
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Linge 邻格", version: "0.1.0", license: { name: "MPL-2.0", identifier: "MPL-2.0" } },
    },
  });
  useSessions(app, house);
  healthRoutes(app, house);
  await registerFeatures(app, house);
  await app.ready();
  return { app, routes, house };
}
