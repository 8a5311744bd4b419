import type { CaseCommand, ReportCommand } from "@linge/domain/case/command.ts";
import { roles } from "@linge/domain/access/role.ts";
import type { CasePlace } from "@linge/domain/case/record.ts";
import { decideCase } from "@linge/domain/case/decide.ts";
import { refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import Type, { type Static } from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { derivedId } from "../../platform/derivedId.ts";
import { contextOf, relatedTo, reportCase, runCaseCommand } from "./commands.ts";
import { linkToken } from "./links.ts";
import { areaOf } from "./place.ts";
import { caseById, caseView, maskedFor, rowOf } from "./queries.ts";
import { countQueues, listForStaff, queueKeys, type CaseFilter } from "./queues.ts";
import { caseReaders, seesCase } from "./scope.ts";
import { CommandBody, ReportBody } from "./schemas.ts";
import { CasePageShown, QueuesShown, ReportedShown } from "./shown.ts";

const CaseId = Type.Object({ id: Type.String({ format: "uuid" }) });
/** Staff who may at least try a command; the domain decides the rest. */
const staff = roles.filter((role) => caseReaders.includes(role));
const plausibleMs = 400 * 86_400_000;

const Filter = Type.Object(
  {
    queue: Type.Optional(Type.Union(queueKeys.map((key) => Type.Literal(key)))),
    state: Type.Optional(Type.String({ maxLength: 20 })),
    unit: Type.Optional(Type.String({ maxLength: 80 })),
    area: Type.Optional(Type.String({ pattern: "^\\d{4,18}$" })),
    category: Type.Optional(Type.String({ maxLength: 60 })),
    light: Type.Optional(Type.Union(["green", "yellow", "red", "paused", "done"].map((light) => Type.Literal(light)))),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    since: Type.Optional(Type.String({ format: "date-time" })),
    until: Type.Optional(Type.String({ format: "date-time" })),
    sort: Type.Optional(Type.Union([Type.Literal("due"), Type.Literal("newest")])),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);

/** A clock a day or a year off is noted with the case; a century off is not a clock. */
function checkTime(house: House, at: string | undefined): void {
  if (at && Math.abs(Date.parse(at) - house.clock()) > plausibleMs) throw new Refusal(refuse("timeImplausible", {}));
}

/** Turns what was sent into the command, with the place found in the territory. */
function commandOf(
  house: House,
  caseId: string,
  body: Static<typeof CommandBody>,
): Exclude<CaseCommand, ReportCommand> {
  checkTime(house, body.at);
  if (body.type !== "correctPlace") return { ...body, caseId } as Exclude<CaseCommand, ReportCommand>;
  const place = body.place as CasePlace;
  return { ...body, caseId, ...areaOf(house, place, body.areaCode as string | undefined) } as Exclude<
    CaseCommand,
    ReportCommand
  >;
}

export function caseRoutes(app: App, house: House): void {
  app.post(
    "/api/cases",
    { config: { access: "anyone" }, schema: { body: ReportBody, response: { 201: ReportedShown } } },
    async (request, reply) => {
      const body = request.body as Omit<ReportCommand, "type" | "channel" | "areaCode"> & { areaCode?: string };
      checkTime(house, body.at);
      const { actor } = request;
      const byStaff = actor.kind === "staff";
      const reporter = body.reporter && {
        ...body.reporter,
        ...(byStaff && { by: actor.id }),
        ...(actor.kind === "resident" && { residentId: actor.id }),
      };
      const command: ReportCommand = {
        ...body,
        type: "report",
        channel: byStaff ? "desk" : "portal",
        reporter: reporter ?? (actor.kind === "resident" ? { residentId: actor.id, wantsContact: true } : undefined),
        ...areaOf(house, body.place, body.areaCode),
      };
      const answer = await reportCase(house, actor, command);
      return reply
        .status(201)
        .send({ ...answer, id: answer.caseId, link: `/f/${linkToken(house, "follow", answer.caseId)}` });
    },
  );

  app.post(
    "/api/cases/:id/commands",
    { config: { access: staff }, schema: { params: CaseId, body: CommandBody } },
    async (request) => {
      await runCaseCommand(house, request.actor, commandOf(house, request.params.id, request.body));
      return { case: maskedFor(await caseById(house, request.params.id)) };
    },
  );

  const BulkBody = Type.Object(
    {
      preview: Type.Boolean(),
      caseIds: Type.Array(Type.String({ format: "uuid" }), { minItems: 1, maxItems: 500 }),
      command: CommandBody,
    },
    { additionalProperties: false },
  );
  app.post("/api/cases/bulk", { config: { access: staff }, schema: { body: BulkBody } }, async (request) => {
    const { preview, caseIds, command } = request.body;
    const results: { caseId: string; ok: boolean; error?: LingeError }[] = [];
    for (const caseId of caseIds)
      // From the one id that was sent: the same bulk sent twice is done once.
      results.push(await one(house, request.actor, caseId, { ...command, id: derivedId(command.id, caseId) }, preview));
    return { results };
  });

  app.get(
    "/api/queues",
    { config: { access: staff }, schema: { response: { 200: QueuesShown } } },
    async (request) => ({
      queues: await countQueues(house, request.actor),
    }),
  );
  app.get(
    "/api/cases",
    { config: { access: staff }, schema: { querystring: Filter, response: { 200: CasePageShown } } },
    async (request) => listForStaff(house, request.actor, request.query as CaseFilter),
  );
  app.get("/api/cases/:id", { config: { access: staff }, schema: { params: CaseId } }, async (request) =>
    caseView(house, request.actor, request.params.id),
  );
}

async function one(
  house: House,
  actor: Parameters<typeof decideCase>[2]["actor"],
  caseId: string,
  body: Static<typeof CommandBody>,
  preview: boolean,
) {
  try {
    const command = commandOf(house, caseId, body);
    if (!preview) await runCaseCommand(house, actor, command);
    else {
      const record = await caseById(house, caseId);
      if (!seesCase(actor, record)) throw new Refusal(refuse("outOfScope", {}));
      const related = await relatedTo(house.db, house.cityId, record, command);
      const outcome = decideCase(record, command, contextOf(house, actor, related));
      if (!outcome.ok) throw new Refusal(outcome.error);
      return { caseId, ok: true, row: rowOf(house, outcome.record) };
    }
    return { caseId, ok: true };
  } catch (error) {
    if (error instanceof Refusal) return { caseId, ok: false, error: error.reason };
    throw error;
  }
}
