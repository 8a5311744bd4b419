import type { Role } from "@linge/domain/access/role.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { createKey, endKey, listKeys } from "./keys.ts";

const admin: readonly Role[] = ["cityAdmin"];

/** Keys of Open311 clients: a city administrator gives and ends them. */
export function keyRoutes(app: App, house: House): void {
  const url = "/api/admin/open311-keys";
  const Body = Type.Object(
    { holder: Type.String({ minLength: 2, maxLength: 120, format: "text" }) },
    { additionalProperties: false },
  );
  const Params = Type.Object({ id: Type.String({ format: "uuid" }) });

  app.get(url, { config: { access: admin } }, async () => ({ keys: await listKeys(house) }));

  app.post(url, { config: { access: admin }, schema: { body: Body } }, async (request, reply) =>
    reply.status(201).send(await createKey(house, request.actor, request.body.holder, request.id)),
  );

  app.delete(`${url}/:id`, { config: { access: admin }, schema: { params: Params } }, async (request, reply) => {
    await endKey(house, request.actor, request.params.id, request.id);
    return reply.status(204).send();
  });
}
