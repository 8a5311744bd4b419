import { refuse } from "@linge/domain/error/catalogue.ts";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { keepSession } from "../../platform/http/sessions.ts";
import { openSession } from "../sessions/commands.ts";
import { identityRoutes } from "./identityRoutes.ts";
import { isLinked } from "./identity.ts";
import {
  addPasskey,
  passkeysOf,
  removePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from "./passkeys.ts";
import { setPassword } from "./password.ts";
import { confirmPassword } from "./person.ts";
import { endTotp, finishTotp, startTotp } from "./totp.ts";

const guarded = { rateLimit: { max: 20, timeWindow: "1 minute" } };
const strict = { additionalProperties: false } as const;
const Ticket = Type.String({ minLength: 43, maxLength: 43 });
const Code = Type.String({ pattern: "^\\d{6}$" });
const Password = Type.Object({ password: Type.Optional(Type.String({ maxLength: 200 })) }, strict);
const Base64 = Type.String({ pattern: "^[A-Za-z0-9_-]*$", maxLength: 8000 });

/** What a browser answers (WebAuthn's JSON); its parts are read and checked by the verifier. */
function answerOf(fields: Record<string, unknown>) {
  return Type.Object(
    {
      id: Base64,
      rawId: Base64,
      type: Type.Literal("public-key"),
      response: Type.Object(fields as never),
      clientExtensionResults: Type.Optional(Type.Object({})),
      authenticatorAttachment: Type.Optional(Type.Union([Type.String({ maxLength: 30 }), Type.Null()])),
    },
    strict,
  );
}
const Transports = Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 10 }));
const Registration = answerOf({ clientDataJSON: Base64, attestationObject: Base64, transports: Transports });
const Assertion = answerOf({ clientDataJSON: Base64, authenticatorData: Base64, signature: Base64 });

/** The credentials of whoever is signed in, and signing in with a passkey. */
export function credentialRoutes(app: App, house: House): void {
  identityRoutes(app, house);
  ownCredentials(app, house);
  passkeyRoutes(app, house);
}

async function personOf(house: House, id: string) {
  const person = await house.db
    .selectFrom("people")
    .select(["id", "login", "name", "totp_secret", "password_hash"])
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!person) throw new Refusal(refuse("signInNeeded", {}));
  return person;
}

function ownCredentials(app: App, house: House): void {
  const access = "staff" as const;

  app.get("/api/credentials", { config: { access } }, async (request) => {
    const person = await personOf(house, request.actor.id);
    const { oidc } = house.config;
    return {
      password: person.password_hash !== null,
      totp: person.totp_secret !== null,
      passkeys: await passkeysOf(house, person.id),
      identity: oidc && { name: oidc.name, linked: await isLinked(house, person.id) },
    };
  });

  const Change = Type.Object(
    { password: Type.Optional(Type.String({ maxLength: 200 })), next: Type.String({ minLength: 1, maxLength: 200 }) },
    strict,
  );
  app.post(
    "/api/credentials/password",
    { config: { access, ...guarded }, schema: { body: Change } },
    async (request, reply) => {
      const { password, next } = request.body;
      await confirmPassword(house, request.actor.id, password);
      const person = await personOf(house, request.actor.id);
      await setPassword(house, person, next, request.actor, request.session!.id);
      return reply.status(204).send();
    },
  );

  app.post(
    "/api/credentials/totp/start",
    { config: { access, ...guarded }, schema: { body: Password } },
    async (request) => {
      await confirmPassword(house, request.actor.id, request.body.password);
      const { login } = await personOf(house, request.actor.id);
      return startTotp(house, request.actor.id, login);
    },
  );

  const Finish = Type.Object({ ticket: Ticket, code: Code }, strict);
  app.post("/api/credentials/totp", { config: { access, ...guarded }, schema: { body: Finish } }, async (request) =>
    finishTotp(house, request.actor, request.session!.id, request.body.ticket, request.body.code),
  );

  app.post(
    "/api/credentials/totp/end",
    { config: { access, ...guarded }, schema: { body: Type.Object({ code: Code }, strict) } },
    async (request, reply) => {
      await endTotp(house, request.actor, request.body.code);
      return reply.status(204).send();
    },
  );

  app.post(
    "/api/credentials/passkeys/start",
    { config: { access, ...guarded }, schema: { body: Password } },
    async (request) => {
      await confirmPassword(house, request.actor.id, request.body.password);
      return startPasskey(house, await personOf(house, request.actor.id));
    },
  );

  const Add = Type.Object({ ticket: Ticket, response: Registration }, strict);
  app.post(
    "/api/credentials/passkeys",
    { config: { access, ...guarded }, schema: { body: Add } },
    async (request, reply) => {
      const { ticket, response } = request.body;
      return reply
        .status(201)
        .send(await addPasskey(house, request.actor, ticket, response as unknown as RegistrationResponseJSON));
    },
  );

  const Params = Type.Object({ id: Type.String({ maxLength: 400 }) });
  app.delete(
    "/api/credentials/passkeys/:id",
    { config: { access }, schema: { params: Params } },
    async (request, reply) => {
      await removePasskey(house, request.actor, request.params.id);
      return reply.status(204).send();
    },
  );
}

const StartedShown = Type.Object({ ticket: Type.String(), options: Type.Any() });
const SignedInShown = Type.Object({ csrf: Type.String() });

function passkeyRoutes(app: App, house: House): void {
  const config = { access: "anyone" as const, withoutCsrf: true, ...guarded };
  const secure = house.config.publicUrl.startsWith("https:");

  app.post("/api/session/passkey/start", { config, schema: { response: { 200: StartedShown } } }, async () =>
    startPasskeySignIn(house),
  );

  const Body = Type.Object({ ticket: Ticket, response: Assertion }, strict);
  app.post(
    "/api/session/passkey",
    { config, schema: { body: Body, response: { 200: SignedInShown } } },
    async (request, reply) => {
      const { ticket, response } = request.body;
      const who = await signInWithPasskey(house, ticket, response as unknown as AuthenticationResponseJSON);
      const { token, csrf } = await openSession(house, who, String(request.headers["user-agent"] ?? ""));
      keepSession(reply, token, house.config.sessionDays, secure);
      return { csrf };
    },
  );
}
