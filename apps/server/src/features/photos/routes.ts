import { photosOf, type CaseRecord } from "@linge/domain/case/record.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { readLink } from "../cases/links.ts";
import { readRecords } from "../cases/store.ts";
import { seesCase } from "../cases/scope.ts";
import { keepPhoto } from "./commands.ts";
import type { Actor } from "@linge/domain/access/scope.ts";

/** The case that a photo belongs to; nothing before it has one, or after its case let go of it. */
async function caseOf(house: House, photoId: string): Promise<CaseRecord | undefined> {
  const photo = await house.db
    .selectFrom("photos")
    .select("case_id")
    .where("city_id", "=", house.cityId)
    .where("id", "=", photoId)
    .executeTakeFirst();
  if (!photo?.case_id) return undefined;
  const [record] = await readRecords(house.db, house.cityId, [photo.case_id]);
  return record && photosOf(record).includes(photoId) ? record : undefined;
}

/** Strangers see what a moderator let through; the parties and the staff of the case see all of it. */
function maySee(house: House, actor: Actor, record: CaseRecord, photoId: string, link: string | undefined): boolean {
  if (record.published && record.publicPhotos?.includes(photoId)) return true;
  if (link && readLink(house, "follow", link) === record.id) return true;
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
      const { id } = request.params;
      const { size = "large", link } = request.query;
      const record = await caseOf(house, id);
      if (!record || !maySee(house, request.actor, record, id, link))
        throw new Refusal(refuse("notFound", { what: "photo" }));
      const bytes = await house.storage.get(`${id}-${size}.jpg`);
      if (!bytes) throw new Refusal(refuse("notFound", { what: "photo" }));
      return reply.type("image/jpeg").header("cache-control", "private, max-age=86400").send(bytes);
    },
  );
}
