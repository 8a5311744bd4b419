import { refuse } from "@linge/domain/error/catalogue.ts";
import { parseTilePath, proofFileOf, TlogError, verifierKey } from "@linge/tlog";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { readLink } from "../cases/links.ts";
import { givenCheckpoint, latestCheckpoint } from "./checkpoints.ts";
import { logKey } from "./key.ts";
import { receiptOf, standingOf } from "./receipt.ts";
import { tileReader } from "./tiles.ts";

const text = "text/plain; charset=utf-8";
const missing = (what: string): Refusal => new Refusal(refuse("notFound", { what }));
/** Pages of others may read the log: a newspaper's can check a receipt by itself. */
const open = { "access-control-allow-origin": "*" };
const guarded = { rateLimit: { max: 60, timeWindow: "1 minute" } };

/** The log for everybody, as C2SP tlog-tiles lays it out, and receipts for those who hold a case's link. */
export function ledgerRoutes(app: App, house: House): void {
  publicLog(app, house);
  receipts(app, house);
}

function publicLog(app: App, house: House): void {
  app.get("/ledger/checkpoint", { config: { access: "anyone" } }, async (_, reply) => {
    const { note } = await latestCheckpoint(house);
    return reply.type(text).header("cache-control", "public, max-age=2").headers(open).send(note);
  });

  const Size = Type.Object({ size: Type.Integer({ minimum: 0 }) });
  app.get(
    "/ledger/checkpoint/:size",
    { config: { access: "anyone" }, schema: { params: Size } },
    async (request, reply) => {
      const given = await givenCheckpoint(house.db, house.cityId, request.params.size);
      if (!given) throw missing("page");
      return reply.type(text).header("cache-control", "public, max-age=60").headers(open).send(given.note);
    },
  );

  app.get("/ledger/key", { config: { access: "anyone" } }, async (_, reply) =>
    reply
      .type(text)
      .headers(open)
      .send(`${verifierKey((await logKey(house)).key)}\n`),
  );

  app.get("/ledger/tile/*", { config: { access: "anyone", rateLimit: false } }, async (request, reply) => {
    const bytes = await tileReader(house.db, house.cityId)(tileAsked((request.params as { "*": string })["*"]));
    if (!bytes) throw missing("page");
    return reply
      .type("application/octet-stream")
      .header("cache-control", "public, max-age=31536000, immutable")
      .headers(open)
      .send(Buffer.from(bytes));
  });
}

function tileAsked(path: string) {
  try {
    return parseTilePath(`tile/${path}`);
  } catch (error) {
    if (error instanceof TlogError) throw missing("page");
    throw error;
  }
}

function receipts(app: App, house: House): void {
  const Token = Type.Object({ token: Type.String({ minLength: 43, maxLength: 43 }) });
  const caseIdOf = (token: string): string => {
    const caseId = readLink(house, "follow", token);
    if (!caseId) throw missing("case");
    return caseId;
  };

  app.get(
    "/f/:token/receipt",
    { config: { access: "anyone", ...guarded }, schema: { params: Token } },
    async (request, reply) => {
      const receipt = await receiptOf(house, caseIdOf(request.params.token));
      return reply
        .type("application/json; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="linge-${receipt.number}.receipt.json"`)
        .send(JSON.stringify(receipt, null, 1));
    },
  );

  app.get(
    "/f/:token/standing",
    { config: { access: "anyone", ...guarded }, schema: { params: Token } },
    async (request, reply) =>
      reply.header("cache-control", "no-store").send(await standingOf(house, caseIdOf(request.params.token))),
  );

  const Fact = Type.Object({
    token: Type.String({ minLength: 43, maxLength: 43 }),
    index: Type.Integer({ minimum: 0 }),
  });
  app.get(
    "/f/:token/proof/:index",
    { config: { access: "anyone", ...guarded }, schema: { params: Fact } },
    async (request, reply) => {
      const receipt = await receiptOf(house, caseIdOf(request.params.token));
      const fact = receipt.facts.find(({ index }) => index === request.params.index);
      if (!fact) throw missing("page");
      return reply
        .type(text)
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="linge-${receipt.number}-${fact.index}.tlog-proof"`)
        .send(proofFileOf(receipt, fact));
    },
  );
}
