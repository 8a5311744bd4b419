import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { rolesWithPhones } from "../sync/rules.ts";
import { askToLeave, hasLeft, listPhones, mustLeave, seePhone } from "./commands.ts";

const Params = Type.Object({ id: Type.String({ format: "uuid" }) });
const rateLimit = { max: 20_000, timeWindow: "1 minute" };
const Seen = Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }) }, { additionalProperties: false });
const Standing = Type.Object({ linge: Type.Literal("standing"), leave: Type.Boolean() });
const Left = Type.Object({ linge: Type.Literal("left") });
const nothing = Type.Object({}, { additionalProperties: false });

/** Phones in workers' hands: seen at each contact, signed out from afar when one is lost. */
export function phoneRoutes(app: App, house: House): void {
  app.put(
    "/api/phones/:id",
    { config: { access: rolesWithPhones, rateLimit }, schema: { params: Params, body: Seen } },
    async (request, reply) => {
      const { id } = request.params;
      await seePhone(house, request.actor.id, request.session?.id, { id, name: request.body.name });
      return reply.status(204).send();
    },
  );

  // Asked before anything else and without a session: a phone that was signed out has none any more.
  app.get(
    "/api/phones/:id/standing",
    { config: { access: "anyone", rateLimit }, schema: { params: Params, response: { 200: Standing } } },
    async (request, reply) => {
      void reply.header("cache-control", "no-store");
      return { linge: "standing" as const, leave: await mustLeave(house, request.params.id) };
    },
  );

  app.post(
    "/api/phones/:id/left",
    {
      config: { access: "anyone", withoutCsrf: true, rateLimit },
      schema: { params: Params, body: nothing, response: { 200: Left } },
    },
    async (request) => {
      await hasLeft(house, request.params.id);
      return { linge: "left" as const };
    },
  );

  app.get("/api/phones", { config: { access: "staff" } }, async (request) => ({
    phones: await listPhones(house, request.actor),
  }));

  app.post(
    "/api/phones/:id/sign-out",
    { config: { access: "staff" }, schema: { params: Params, body: nothing } },
    async (request, reply) => {
      await askToLeave(house, request.actor, request.params.id);
      return reply.status(204).send();
    },
  );
}
