import type { Actor } from "@linge/domain/access/scope.ts";
import type { Role } from "@linge/domain/access/role.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "./refusal.ts";

/** Who may call a route at all; what he then sees or does is decided by scope in commands and queries. */
export type RouteAccess = "anyone" | "signedIn" | "staff" | readonly Role[];

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route says who may call it; a route that does not is refused at start. */
    access?: RouteAccess;
    /** Machines with keys of their own (Open311) send no cookie and need no token against forged forms. */
    withoutCsrf?: boolean;
    /** The route reads a multipart form and checks the token in it itself. */
    csrfInForm?: boolean;
  }
  interface FastifyRequest {
    actor: Actor;
    session?: { id: string; csrf: string; personId?: string; residentId?: string };
  }
}

/** One row of the route table: what a test walks to see that nothing is left unclassified. */
export type ClassifiedRoute = {
  method: string;
  url: string;
  access: RouteAccess;
  /** Whether it says what it answers with: then nothing else leaves. */
  declaresAnswer: boolean;
};

export function mayCall(access: RouteAccess, actor: Actor): boolean {
  if (access === "anyone") return true;
  if (access === "signedIn") return actor.kind === "staff" || actor.kind === "resident";
  if (actor.kind !== "staff") return false;
  return access === "staff" || actor.grants.some((grant) => access.includes(grant.role));
}

/** Checks every request against its route's class, and keeps the list of routes for those who want to read it. */
export function guardRoutes(app: FastifyInstance): ClassifiedRoute[] {
  const routes: ClassifiedRoute[] = [];
  app.addHook("onRoute", (route) => {
    const access = route.config?.access;
    if (!access) throw new Error(`${String(route.method)} ${route.url} does not say who may call it (config.access)`);
    for (const method of [route.method].flat())
      if (method !== "HEAD" && method !== "OPTIONS")
        routes.push({ method, url: route.url, access, declaresAnswer: route.schema?.response !== undefined });
  });
  app.addHook("preHandler", async (request: FastifyRequest) => {
    const access = request.routeOptions.config?.access;
    if (!access || mayCall(access, request.actor)) return;
    throw new Refusal(request.actor.kind === "anonymous" ? refuse("signInNeeded", {}) : refuse("notAllowed", {}));
  });
  return routes;
}
