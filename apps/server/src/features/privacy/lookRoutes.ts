import { roles } from "@linge/domain/access/role.ts";
import { lookPurposes, type LookAsked } from "@linge/domain/privacy/look.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { caseReaders } from "../cases/scope.ts";
import { lookAtReporter } from "./look.ts";
import { listLooks, recordReaders, type LookFilter } from "./looks.ts";
import { reviewReading, unusualReadings, type ReviewCommand } from "./readings.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });
const staff = roles.filter((role) => caseReaders.includes(role));

const Look = Type.Object(
  {
    id: Id,
    purpose: Type.Union(lookPurposes.map((purpose) => Type.Literal(purpose))),
    note: Type.Optional(Type.String({ maxLength: 200, format: "text" })),
  },
  { additionalProperties: false },
);
const Filter = Type.Object(
  {
    from: Type.Optional(Time),
    to: Type.Optional(Time),
    before: Type.Optional(Time),
    person: Type.Optional(Id),
    refused: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
const Review = Type.Object(
  {
    id: Id,
    reading: Type.String({ minLength: 1, maxLength: 120 }),
    outcome: Type.Union(["inOrder", "talkedTo", "misuse"].map((outcome) => Type.Literal(outcome))),
    note: Type.String({ minLength: 2, maxLength: 1000, format: "text" }),
  },
  { additionalProperties: false },
);

/** Looking at personal data, and reading who looked. */
export function lookRoutes(app: App, house: House): void {
  app.post(
    "/api/cases/:id/reporter",
    { config: { access: staff }, schema: { params: Type.Object({ id: Id }), body: Look } },
    async (request, reply) =>
      reply
        .header("cache-control", "no-store")
        .send(await lookAtReporter(house, request.actor, request.params.id, request.body as LookAsked)),
  );

  app.get(
    "/api/privacy/looks",
    { config: { access: recordReaders }, schema: { querystring: Filter } },
    async (request) => listLooks(house, request.actor, request.query as LookFilter),
  );

  app.get("/api/privacy/readings", { config: { access: recordReaders } }, async (request) => ({
    readings: await unusualReadings(house, request.actor),
  }));

  app.post(
    "/api/privacy/readings/decisions",
    { config: { access: ["privacyOfficer"] }, schema: { body: Review } },
    async (request) => {
      await reviewReading(house, request.actor, request.body as ReviewCommand);
      return { readings: await unusualReadings(house, request.actor) };
    },
  );
}
