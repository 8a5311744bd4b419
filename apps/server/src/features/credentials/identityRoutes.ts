import Type from "typebox";
import type { FastifyReply } from "fastify";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { keepSession } from "../../platform/http/sessions.ts";
import { openSession } from "../sessions/commands.ts";
import { beginVisit, endVisit, identityProvider, unlinkIdentity } from "./identity.ts";
import { confirmPassword } from "./person.ts";

const cookie = "linge_oidc";
const guarded = { rateLimit: { max: 30, timeWindow: "1 minute" } };

/** Sign-in of staff through the city's identity provider (OpenID Connect, code flow with PKCE). */
export function identityRoutes(app: App, house: House): void {
  const provider = identityProvider(house);
  const secure = house.config.publicUrl.startsWith("https:");
  const keepState = (reply: FastifyReply, state: string): FastifyReply =>
    reply.setCookie(cookie, state, { path: "/auth/oidc", httpOnly: true, sameSite: "lax", secure, maxAge: 600 });

  app.get("/auth/oidc/start", { config: { access: "anyone", ...guarded } }, async (request, reply) => {
    if (!house.config.oidc) return reply.callNotFound();
    try {
      const { url, state } = await beginVisit(house, provider);
      return keepState(reply, state).redirect(url, 303);
    } catch (error) {
      request.log.warn({ err: error }, "identity provider");
      return reply.redirect("/desk?signIn=failed", 303);
    }
  });

  app.get("/auth/oidc/back", { config: { access: "anyone", ...guarded } }, async (request, reply) => {
    if (!house.config.oidc) return reply.callNotFound();
    const returned = await endVisit(house, provider, request.url, request.cookies[cookie], request.actor);
    reply.clearCookie(cookie, { path: "/auth/oidc" });
    if (returned.kind !== "signedIn") return reply.redirect(`/desk?signIn=${returned.kind}`, 303);
    const device = String(request.headers["user-agent"] ?? "");
    const { token } = await openSession(house, { personId: returned.personId }, device);
    keepSession(reply, token, house.config.sessionDays, secure);
    return reply.redirect("/desk", 303);
  });

  const Body = Type.Object(
    { password: Type.Optional(Type.String({ maxLength: 200 })) },
    { additionalProperties: false },
  );
  app.post(
    "/api/credentials/identity",
    { config: { access: "staff", ...guarded }, schema: { body: Body } },
    async (request, reply) => {
      await confirmPassword(house, request.actor.id, request.body.password);
      const { url, state } = await beginVisit(house, provider, request.actor.id);
      keepState(reply, state);
      return { url };
    },
  );

  app.delete("/api/credentials/identity", { config: { access: "staff" } }, async (request, reply) => {
    await unlinkIdentity(house, request.actor);
    return reply.status(204).send();
  });
}
