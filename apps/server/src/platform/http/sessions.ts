import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { findSession } from "../../features/sessions/queries.ts";
import type { House } from "../house.ts";
import type { App } from "./app.ts";
import { Refusal } from "./refusal.ts";

export const sessionCookie = "linge_session";
const nobody: Actor = { id: "anonymous", kind: "anonymous", grants: [] };

/** Sets the session's cookie; it is out of reach of scripts and of other sites. */
export function keepSession(reply: FastifyReply, token: string, days: number, secure: boolean): void {
  reply.setCookie(sessionCookie, token, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge: days * 86_400 });
}

function tokenSent(request: FastifyRequest): string | undefined {
  const header = request.headers["x-linge-csrf"];
  if (typeof header === "string") return header;
  const field = (request.body as { csrf?: unknown } | null | undefined)?.csrf;
  return typeof field === "string" ? field : undefined;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Refuses a form that did not come from a page of ours, where there is a session that it could misuse. */
export function checkFormToken(request: FastifyRequest, sent: string | undefined): void {
  if (request.session && (!sent || !sameText(sent, request.session.csrf))) throw new Refusal(refuse("forgedForm", {}));
}

/** Finds who is asking, and refuses writes that another site made his browser send. */
export function useSessions(app: App, house: House): void {
  app.decorateRequest("actor");
  app.decorateRequest("session");
  app.addHook("onRequest", async (request) => {
    request.actor = nobody;
    const token = request.cookies[sessionCookie];
    const found = token ? await findSession(house, token) : undefined;
    if (!found) return;
    request.actor = found.actor;
    request.session = found.session;
  });
  app.addHook("preValidation", async (request) => {
    if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return;
    // Multipart forms carry their token as a field; the route that reads them checks it.
    const { withoutCsrf, csrfInForm } = request.routeOptions.config ?? {};
    if (withoutCsrf || (csrfInForm && request.isMultipart())) return;
    checkFormToken(request, tokenSent(request));
  });
}
