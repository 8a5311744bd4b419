import { refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { keepSession, sessionCookie } from "../../platform/http/sessions.ts";
import type { House } from "../../platform/house.ts";
import { endSession, openSession, sendCode, signIn, takeCode } from "./commands.ts";
import { ownSessions } from "./queries.ts";

const Phone = Type.String({ pattern: "^1[3-9]\\d{9}$" });
const SignIn = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 80 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    totp: Type.Optional(Type.String({ pattern: "^\\d{6}$" })),
    newPassword: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
);
const Text = Type.String();
const Id = Type.Object({ id: Text });
const SessionShown = Type.Object({
  person: Type.Optional(
    Type.Object({
      id: Text,
      name: Text,
      login: Text,
      kind: Text,
      grants: Type.Array(Type.Object({ role: Text, area: Type.Optional(Text), unitId: Type.Optional(Text) })),
      unit: Type.Optional(Type.Object({ id: Text, zh: Text, en: Text })),
    }),
  ),
  resident: Type.Optional(Id),
  csrf: Type.Optional(Text),
  demo: Type.Boolean(),
  city: Type.Object({ code: Text, zh: Text, en: Text }),
  identityProvider: Type.Optional(Text),
});
const SignedInShown = Type.Object({ csrf: Text });
const SessionsShown = Type.Object({
  sessions: Type.Array(Type.Object({ id: Text, device: Text, createdAt: Text, seenAt: Text, current: Type.Boolean() })),
});
/** Guessing is made slow: these routes take far fewer requests from one address than others. */
const guarded = { rateLimit: { max: 20, timeWindow: "1 minute" } };

export const codeText: Record<Language, (code: string) => string> = {
  zh: (code) => `您的邻格验证码是 ${code}，10 分钟内有效。请不要告诉别人。`,
  en: (code) => `Your Linge code is ${code}. It is valid for 10 minutes; tell it to nobody.`,
};

export function sessionRoutes(app: App, house: House): void {
  const secure = house.config.publicUrl.startsWith("https:");
  const { sessionDays, city } = house.config;

  app.get(
    "/api/session",
    { config: { access: "anyone" }, schema: { response: { 200: SessionShown } } },
    async (request) => {
      const { session, actor } = request;
      const person = session?.personId
        ? await house.db
            .selectFrom("people")
            .select(["id", "name", "login", "unit_id"])
            .where("city_id", "=", house.cityId)
            .where("id", "=", session.personId)
            .executeTakeFirst()
        : undefined;
      const unit = person?.unit_id ? house.territory.unit(person.unit_id) : undefined;
      return {
        person: person && {
          id: person.id,
          name: person.name,
          login: person.login,
          kind: actor.kind,
          grants: [...actor.grants],
          unit: unit && { id: unit.id, zh: unit.zh, en: unit.en },
        },
        resident: session?.residentId ? { id: session.residentId } : undefined,
        csrf: session?.csrf,
        demo: house.config.demo !== "off",
        city,
        identityProvider: house.config.oidc?.name,
      };
    },
  );

  app.post(
    "/api/session",
    {
      config: { access: "anyone", withoutCsrf: true, ...guarded },
      schema: { body: SignIn, response: { 200: SignedInShown } },
    },
    async (request, reply) => {
      const who = await signIn(house, request.body);
      const { token, csrf } = await openSession(house, who, String(request.headers["user-agent"] ?? ""));
      keepSession(reply, token, sessionDays, secure);
      return { csrf };
    },
  );

  app.delete("/api/session", { config: { access: "signedIn" } }, async (request, reply) => {
    if (request.session) await endSession(house, request.session, request.session.id);
    reply.clearCookie(sessionCookie, { path: "/" });
    return reply.status(204).send();
  });

  app.get(
    "/api/sessions",
    { config: { access: "signedIn" }, schema: { response: { 200: SessionsShown } } },
    async (request) => {
      if (!request.session) throw new Refusal(refuse("signInNeeded", {}));
      return { sessions: await ownSessions(house, request.session) };
    },
  );

  app.delete(
    "/api/sessions/:id",
    { config: { access: "signedIn" }, schema: { params: Type.Object({ id: Type.String({ format: "uuid" }) }) } },
    async (request, reply) => {
      await endSession(house, request.session!, request.params.id);
      return reply.status(204).send();
    },
  );

  app.post(
    "/api/resident-code",
    {
      config: { access: "anyone", withoutCsrf: true, ...guarded },
      schema: {
        body: Type.Object({ phone: Phone }, { additionalProperties: false }),
        response: { 202: Type.Object({ sent: Type.Boolean() }) },
      },
    },
    async (request, reply) => {
      await sendCode(house, request.body.phone, codeText[languageOf(request)]);
      return reply.status(202).send({ sent: true });
    },
  );

  app.post(
    "/api/resident-session",
    {
      config: { access: "anyone", withoutCsrf: true, ...guarded },
      schema: {
        body: Type.Object(
          { phone: Phone, code: Type.String({ pattern: "^\\d{6}$" }) },
          { additionalProperties: false },
        ),
        response: { 200: SignedInShown },
      },
    },
    async (request, reply) => {
      const who = await takeCode(house, request.body.phone, request.body.code);
      const { token, csrf } = await openSession(house, who, String(request.headers["user-agent"] ?? ""));
      keepSession(reply, token, sessionDays, secure);
      return { csrf };
    },
  );
}
