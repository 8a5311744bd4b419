import type { FastifyServerOptions } from "fastify";

/**
 * JSON lines with request ids. Addresses, bodies and query strings stay out: they may hold what people wrote or
 * secret links, and logs are kept by others than cases are.
 */
export function logOptions(): FastifyServerOptions["logger"] {
  if (process.env.NODE_ENV === "test") return { level: process.env.LINGE_LOG ?? "fatal" };
  return {
    level: process.env.LINGE_LOG ?? "info",
    serializers: {
      req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? "unknown" }),
      res: (reply) => ({ status: reply.statusCode }),
    },
  };
}
