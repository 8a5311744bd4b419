import { roles, type Role } from "@linge/domain/access/role.ts";
import type { Grant } from "@linge/domain/access/scope.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { addPerson, comeBack, endGrant, giveGrant, leave, resetPerson } from "./commands.ts";
import { listPeople } from "./queries.ts";

const admin: readonly Role[] = ["cityAdmin"];
const config = { access: admin, rateLimit: { max: 120, timeWindow: "1 minute" } };
const strict = { additionalProperties: false } as const;
const Id = Type.String({ format: "uuid" });
const Person = Type.Object({ id: Id });
const grantable = roles.filter((role) => role !== "resident");

const NewPerson = Type.Object(
  {
    id: Id,
    login: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{1,39}$" }),
    name: Type.String({ minLength: 1, maxLength: 60, format: "text" }),
    unitId: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
);
const NewGrant = Type.Object(
  {
    role: Type.Union(grantable.map((role) => Type.Literal(role))),
    area: Type.Optional(Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" })),
    unitId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  },
  strict,
);
const Search = Type.Object(
  { q: Type.Optional(Type.String({ maxLength: 60 })), after: Type.Optional(Type.String({ maxLength: 80 })) },
  strict,
);

/** The staff and their rights, for administrators; each change is on record. */
export function peopleRoutes(app: App, house: House): void {
  app.get("/api/admin/people", { config, schema: { querystring: Search } }, async (request) =>
    listPeople(house, request.actor, request.query),
  );
  app.post("/api/admin/people", { config, schema: { body: NewPerson } }, async (request, reply) =>
    reply.status(201).send(await addPerson(house, request.actor, request.body)),
  );
  app.post(
    "/api/admin/people/:id/grants",
    { config, schema: { params: Person, body: NewGrant } },
    async (request, reply) =>
      reply.status(201).send(await giveGrant(house, request.actor, request.params.id, request.body as Grant)),
  );
  app.delete(
    "/api/admin/people/:id/grants/:grantId",
    { config, schema: { params: Type.Object({ id: Id, grantId: Id }) } },
    async (request, reply) => {
      await endGrant(house, request.actor, request.params.id, request.params.grantId);
      return reply.status(204).send();
    },
  );
  app.post("/api/admin/people/:id/reset", { config, schema: { params: Person } }, async (request) =>
    resetPerson(house, request.actor, request.params.id),
  );
  for (const [step, change] of [
    ["leave", leave],
    ["return", comeBack],
  ] as const)
    app.post(`/api/admin/people/:id/${step}`, { config, schema: { params: Person } }, async (request, reply) => {
      await change(house, request.actor, request.params.id);
      return reply.status(204).send();
    });
}
