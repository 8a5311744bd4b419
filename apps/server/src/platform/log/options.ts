import type { PinoLoggerOptions } from "fastify/types/logger.js";

type DatabaseError = Error & { code?: string; severity?: string };

/**
 * An error without what somebody wrote: the database's explanations name whole rows, and complaints about a value (class 22)
 * repeat it.
 */
function withoutValues(error: DatabaseError) {
  const repeats = error.severity !== undefined && error.code?.startsWith("22");
  const [, ...where] = (error.stack ?? "").split("\n    at ");
  return {
    type: error.name,
    code: error.code,
    message: repeats ? "a value was not taken" : error.message,
    stack: where.map((line) => `at ${line}`).join("\n"),
  };
}

/**
 * JSON lines with request ids. Addresses, bodies and query strings stay out: they may hold what people wrote or
 * secret links, and logs are kept by others than cases are.
 */
export function logOptions(environment: NodeJS.ProcessEnv = process.env): PinoLoggerOptions {
  if (environment.NODE_ENV === "test") return { level: environment.LINGE_LOG ?? "fatal" };
  return {
    level: environment.LINGE_LOG ?? "info",
    serializers: {
      req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? "unknown" }),
      res: (reply) => ({ status: reply.statusCode }),
      err: withoutValues as never,
    },
  };
}
