import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { caseById } from "../cases/queries.ts";
import { caseReaders, seesCase } from "../cases/scope.ts";

type Found = { case_id: string; media_type: string };

/** A voice note is heard by staff who may see its case, never by the public: a voice is a person. */
export function recordingRoutes(app: App, house: House): void {
  const Params = Type.Object({ id: Type.String({ format: "uuid" }) });
  app.get(
    "/recordings/:id",
    { config: { access: caseReaders }, schema: { params: Params } },
    async (request, reply) => {
      const { id } = request.params;
      const found = await sql<Found>`
        select r.case_id, r.media_type from recordings r join cases c on c.city_id = r.city_id and c.id = r.case_id
        where r.city_id = ${house.cityId} and r.id = ${id} and c.record->'recordings' ? ${id}`.execute(house.db);
      const row = found.rows[0];
      if (!row || !seesCase(request.actor, await caseById(house, row.case_id)))
        throw new Refusal(refuse("notFound", { what: "recording" }));
      const bytes = await house.storage.get(`${id}.recording`);
      if (!bytes) throw new Refusal(refuse("notFound", { what: "recording" }));
      return reply.type(row.media_type).header("cache-control", "private, no-store").send(bytes);
    },
  );
}
