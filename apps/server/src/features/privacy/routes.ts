import { requestOutcomes } from "@linge/domain/privacy/request.ts";
import { retentionKeys, retentionRules } from "@linge/domain/privacy/retention.ts";
import type { Role } from "@linge/domain/access/role.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { endHold, listHolds, placeHold, type PlaceHold } from "./holds.ts";
import { lookRoutes } from "./lookRoutes.ts";
import { recordReaders } from "./looks.ts";
import { processing } from "./processing.ts";
import { decideRequest, requestsFor, type DecideRequest } from "./requests.ts";
import { pastRuns, runRetention } from "./retention/run.ts";
import { works } from "./retention/works.ts";
import { privacySettings, savePrivacySettings, type PrivacySettings } from "./settings.ts";

const Id = Type.String({ format: "uuid" });
const Text = (most: number, least = 1) => Type.String({ minLength: least, maxLength: most, format: "text" });
const Count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const strict = { additionalProperties: false } as const;
const officer: readonly Role[] = ["privacyOfficer"];
const overseers: readonly Role[] = [...recordReaders, "cityAdmin"];

const Settings = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    document: Type.Object(
      {
        retention: Type.Object(
          Object.fromEntries(
            retentionKeys.map((key) => [key, Count(retentionRules[key].least, retentionRules[key].most)]),
          ),
          strict,
        ),
        reading: Type.Object(
          {
            persons: Count(1, 10_000),
            attempts: Count(1, 1_000),
            nightFrom: Count(0, 23),
            nightTo: Count(0, 23),
            urgentAtNight: Count(0, 1_000),
            endedDays: Count(1, 3_650),
          },
          strict,
        ),
        requestWorkingDays: Count(1, 15),
        nightly: Type.Boolean(),
      },
      strict,
    ),
  },
  strict,
);

/** The privacy officer's room; auditors and administrators read what is theirs. */
export function privacyRoutes(app: App, house: House): void {
  lookRoutes(app, house);
  requestRoutes(app, house);
  retentionRoutes(app, house);
  app.get("/api/privacy/processing", { config: { access: overseers } }, async () => processing(house));
}

function requestRoutes(app: App, house: House): void {
  app.get("/api/privacy/requests", { config: { access: recordReaders } }, async (request) => ({
    requests: await requestsFor(house, request.actor),
  }));
  const Decision = Type.Object(
    {
      id: Id,
      outcome: Type.Union(requestOutcomes.map((outcome) => Type.Literal(outcome))),
      answer: Text(2000, 0),
      name: Type.Optional(Text(60)),
      phone: Type.Optional(Type.String({ pattern: "^[+\\d][\\d -]{4,19}$" })),
    },
    strict,
  );
  app.post(
    "/api/privacy/requests/:id/decision",
    { config: { access: officer }, schema: { params: Type.Object({ id: Id }), body: Decision } },
    async (request) => ({
      request: await decideRequest(house, request.actor, request.params.id, request.body as DecideRequest),
    }),
  );
}

function retentionRoutes(app: App, house: House): void {
  const shown = async () => ({
    settings: await privacySettings(house),
    rules: retentionRules,
    carriedOut: works.map(({ key }) => key),
    runs: await pastRuns(house),
    holds: await listHolds(house),
  });
  app.get("/api/privacy/retention", { config: { access: overseers } }, shown);

  const Run = Type.Object({ id: Id, dry: Type.Boolean() }, strict);
  app.post("/api/privacy/retention/runs", { config: { access: officer }, schema: { body: Run } }, async (request) => {
    await runRetention(house, request.actor, request.body);
    return shown();
  });

  const Hold = Type.Object(
    {
      id: Id,
      number: Type.String({ minLength: 1, maxLength: 20 }),
      reason: Text(1000),
      basis: Text(200),
      until: Type.String({ format: "date-time" }),
    },
    strict,
  );
  app.post("/api/privacy/holds", { config: { access: officer }, schema: { body: Hold } }, async (request) => {
    await placeHold(house, request.actor, request.body as PlaceHold);
    return shown();
  });
  const Ending = Type.Object({ id: Id, reason: Text(1000, 4) }, strict);
  app.post(
    "/api/privacy/holds/:id/end",
    { config: { access: officer }, schema: { params: Type.Object({ id: Id }), body: Ending } },
    async (request) => {
      await endHold(house, request.actor, request.params.id, request.body);
      return shown();
    },
  );

  app.put("/api/admin/privacy", { config: { access: ["cityAdmin"] }, schema: { body: Settings } }, async (request) => {
    const { version, document } = request.body as { version: number; document: PrivacySettings };
    await savePrivacySettings(house, version, document, request.actor.id);
    return shown();
  });
}
