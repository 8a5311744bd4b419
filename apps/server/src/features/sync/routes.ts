import { gridRoles } from "@linge/domain/access/role.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { PullRequest, PushRequest } from "@linge/sync/protocol/message.ts";
import { agree, ours, type Protocol } from "@linge/sync/protocol/protocol.ts";
import Type from "typebox";
import type { FastifyReply } from "fastify";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { basicsFor } from "./basics.ts";
import { mediaKeeper } from "./keeping.ts";
import { settleWhatIsOver } from "./overdue.ts";
import { answerPull } from "./pull.ts";
import { takePush } from "./push.ts";
import { phoneReport } from "./report.ts";
import { recordCap, rolesWithPhones } from "./rules.ts";
import { commandCheck, PullBody, PushBody, UploadBody, type CheckCommand } from "./schemas.ts";
import { sequencer } from "./sequence.ts";
import { sendSqueezed } from "./squeeze.ts";
import { summaryFor } from "./summary.ts";
import { beginUpload, takePiece } from "./uploads.ts";

/** A harbour's phones share one address. */
const rateLimit = { max: 20_000, timeWindow: "1 minute" };
const config = { access: rolesWithPhones, rateLimit };
const overdueEveryMs = 60_000;
const largestPiece = 1024 * 1024;

/** Says who has to be updated, with a status of its own: nothing was taken in, everything waits on the phone. */
function tooFarApart(reply: FastifyReply, protocol: Protocol): boolean {
  const agreed = agree(protocol, ours);
  if (agreed.ok) return false;
  const code = agreed.update === "phone" ? "updatePhone" : "updateServer";
  void reply.status(agreed.update === "phone" ? 426 : 501).send({ error: { code, params: {} }, protocol: ours });
  return true;
}

/** Phones that were offline: what they did comes in, what changed goes out, photos come in pieces. */
export async function syncRoutes(app: App, house: House): Promise<void> {
  const keeper = mediaKeeper(house);
  const place = sequencer(house);
  const check = commandCheck(app);

  app.post("/api/sync/push", { config, schema: { body: PushBody } }, async (request, reply) => {
    if (tooFarApart(reply, request.body.protocol)) return reply;
    return takePush(house, request.actor, request.body as unknown as PushRequest, check);
  });

  app.post("/api/sync/pull", { config, schema: { body: PullBody } }, async (request, reply) => {
    if (tooFarApart(reply, request.body.protocol)) return reply;
    await place();
    return sendSqueezed(request, reply, await answerPull(house, request.actor, request.body as PullRequest));
  });

  app.get("/api/sync/basics", { config }, async (request, reply) =>
    sendSqueezed(request, reply, { protocol: ours, ...basicsFor(house, request.actor) }),
  );

  app.get("/api/sync/summary", { config: { access: gridRoles } }, async (request) => ({
    parts: await summaryFor(house, request.actor),
    time: momentOf(house),
  }));

  app.get("/api/sync/report", { config: { access: ["cityAdmin"] } }, async () => ({
    cap: recordCap,
    phones: await phoneReport(house),
  }));

  app.post("/api/sync/photos", { config, schema: { body: UploadBody } }, async (request) => ({
    protocol: ours,
    ...(await beginUpload(house, request.actor.id, request.body)),
  }));

  await app.register(async (inner) => {
    inner.addContentTypeParser(
      "application/octet-stream",
      { parseAs: "buffer", bodyLimit: largestPiece },
      (_r, body, done) => done(null, body),
    );
    const Params = Type.Object({ id: Type.String({ format: "uuid" }) });
    const Query = Type.Object({ offset: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });
    inner.post<{ Params: { id: string }; Querystring: { offset: number } }>(
      "/api/sync/photos/:id/chunks",
      { config, schema: { params: Params, querystring: Query } },
      async (request) => {
        if (!Buffer.isBuffer(request.body)) throw new Refusal(refuse("unsupportedMedia", {}));
        const { params, query } = request;
        const status = await takePiece(house, request.actor.id, params.id, query.offset, request.body);
        if (status.done) keeper.wake();
        return { protocol: ours, ...status };
      },
    );
  });

  keepTheTime(app, house, keeper, check);
}

/** Deadlines pass also when nobody calls; and what was under way when the last process ended goes on. */
function keepTheTime(app: App, house: House, keeper: ReturnType<typeof mediaKeeper>, check: CheckCommand): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  app.addHook("onListen", () => {
    keeper.wake();
    timer = setInterval(() => {
      settleWhatIsOver(house, check).catch((error: unknown) => house.log.error({ err: error }, "settling failed"));
    }, overdueEveryMs);
    timer.unref();
  });
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await keeper.end();
  });
}
