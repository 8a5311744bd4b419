import type { Actor } from "@linge/domain/access/scope.ts";
import { covers } from "@linge/domain/access/scope.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { caseReaders } from "../cases/scope.ts";
import type { CaseSignal } from "../cases/signal.ts";

const heartbeatMs = 25_000;

function concerns(actor: Actor, signal: CaseSignal): boolean {
  return actor.grants.some((grant) => caseReaders.includes(grant.role) && covers(grant, signal));
}

/** Server-sent events: identifiers of cases that changed and that the reader may see. */
export function liveRoutes(app: App, house: House): void {
  app.get("/api/events", { config: { access: "staff" } }, (request, reply) => {
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    stream.write("retry: 3000\n\n");
    const stop = house.live.subscribe((signal) => {
      if (concerns(request.actor, signal)) stream.write(`data: ${JSON.stringify(signal)}\n\n`);
    });
    const beat = setInterval(() => stream.write(": still here\n\n"), heartbeatMs);
    request.raw.on("close", () => {
      clearInterval(beat);
      stop();
    });
  });
}
