import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { operators, readers } from "./access.ts";
import type { ReplaySummary } from "./concludeReplay.ts";
import { csvOf } from "./csv.ts";
import { dayName } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { areaName, streamName } from "./named.ts";
import { askForReplay, stateOfScan, stopReplay } from "./scanJobs.ts";
import { newestScan, scanById } from "./scans.ts";
import { Replayed } from "./schemas.ts";

/** The last replay with names, for a page. */
async function lastReplay(house: House) {
  const newest = await newestScan(house, "replay", true);
  const scan = newest && (await scanById(house, newest.id));
  if (!scan) return undefined;
  const { seconds, budgets } = scan.summary as ReplaySummary;
  return {
    at: scan.finishedAt,
    from: dayName(scan.firstDay),
    to: dayName(scan.lastDay),
    days: scan.lastDay - scan.firstDay + 1,
    looks: scan.looks,
    seconds,
    budgets: budgets.map(({ judgement, alarms, happenings }) => ({
      judgement,
      alarms: alarms.map((alarm) => ({
        ...alarm,
        stream: streamName(house, alarm.streamId),
        area: areaName(house, alarm.areaCode),
      })),
      happenings: happenings?.map((each) => ({
        ...each,
        streams: each.categoryIds.map((id) => streamName(house, id)),
      })),
    })),
  };
}
export type LastReplay = NonNullable<Awaited<ReturnType<typeof lastReplay>>>;

/** Early warning judged by the city's own past: a job like the night's, many days long. */
export function replayRoutes(app: App, house: House): void {
  app.post(
    "/api/insight/replay",
    { config: { access: operators }, schema: { body: Replayed } },
    async (request, reply) => {
      await askForReplay(house, request.body.days);
      const { done, of } = await stateOfScan(house, "replay");
      return reply.status(202).send({ running: { done, of } });
    },
  );

  app.delete("/api/insight/replay", { config: { access: operators } }, async (_, reply) => {
    await stopReplay(house);
    return reply.status(204).send();
  });

  app.get("/api/insight/replay", { config: { access: readers } }, async () => {
    const [state, last, budget] = await Promise.all([
      stateOfScan(house, "replay"),
      lastReplay(house),
      currentDocument(house, "alarmBudget"),
    ]);
    return {
      running: state.asked ? { done: state.done, of: state.of } : undefined,
      problem: state.problem,
      budget: budget.perMonth,
      last,
    };
  });

  app.get("/api/insight/replay.csv", { config: { access: readers } }, async (_, reply) => {
    const last = await lastReplay(house);
    const rows = (last?.budgets ?? []).flatMap(({ judgement, alarms }) =>
      alarms.map((alarm) => [
        judgement.perMonth,
        alarm.openedOn,
        alarm.tool,
        alarm.streamId,
        alarm.stream.zh,
        alarm.area.code,
        alarm.area.zh,
        alarm.areas,
        alarm.from,
        alarm.observed,
        alarm.expected.toFixed(2),
        alarm.recurrence.toFixed(0),
        alarm.happening,
      ]),
    );
    const head =
      "budget_a_month,opened,tool,stream,stream_name,area,area_name,areas,from,observed,expected,recurrence_days,happening";
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="linge-replay-${last?.from ?? ""}-${last?.to ?? ""}.csv"`)
      .send(csvOf(head.split(","), rows));
  });
}
