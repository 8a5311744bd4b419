import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { readLink } from "../cases/links.ts";
import { caseById } from "../cases/queries.ts";
import { seesCase } from "../cases/scope.ts";
import { keepPhoto } from "./commands.ts";
import type { Actor } from "@linge/domain/access/scope.ts";

/** A photo is seen by whoever may see its case; before it has one, by nobody. */
async function maySee(house: House, actor: Actor, photoId: string, link: string | undefined): Promise<boolean> {
  const found = await sql<{ id: string; published: boolean }>`
    select id, published from cases where city_id = ${house.cityId} and record->'photos' ? ${photoId}
      and id in (select case_id from photos where city_id = ${house.cityId} and id = ${photoId} and case_id is not null)`.execute(
    house.db,
  );
  const row = found.rows[0];
  if (!row) return false;
  if (row.published || (link && readLink(house, "follow", link) === row.id)) return true;
  const record = await caseById(house, row.id);
  return seesCase(actor, record) || (actor.kind === "resident" && record.reporter?.residentId === actor.id);
}

const PhotoShown = Type.Object({ id: Type.String(), width: Type.Integer(), height: Type.Integer() });

export function photoRoutes(app: App, house: House): void {
  app.post(
    "/api/photos",
    {
      config: { access: "anyone", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: { response: { 201: PhotoShown } },
    },
    async (request, reply) => {
      const file = await request.file();
      if (!file) throw new Refusal(refuse("unusablePhoto", {}));
      return reply.status(201).send(await keepPhoto(house, request.actor.id, await file.toBuffer()));
    },
  );

  const Params = Type.Object({ id: Type.String({ format: "uuid" }) });
  const Query = Type.Object(
    {
      size: Type.Optional(Type.Union([Type.Literal("small"), Type.Literal("large")])),
      link: Type.Optional(Type.String({ maxLength: 64 })),
    },
    { additionalProperties: false },
  );
  app.get(
    "/photos/:id",
    { config: { access: "anyone" }, schema: { params: Params, querystring: Query } },
    async (request, reply) => {
      const { size = "large", link } = request.query;
      if (!(await maySee(house, request.actor, request.params.id, link)))
        throw new Refusal(refuse("notFound", { what: "photo" }));
      const bytes = await house.storage.get(`${request.params.id}-${size}.jpg`);
      if (!bytes) throw new Refusal(refuse("notFound", { what: "photo" }));
      return reply.type("image/jpeg").header("cache-control", "private, max-age=86400").send(bytes);
    },
  );
}
