import { refuse } from "@linge/domain/error/catalogue.ts";
import { judgeHistory } from "@linge/domain/insight/history.ts";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { runOnce } from "./command.ts";
import { deciders, operators, readers } from "./access.ts";
import { budgetRoutes } from "./budgetRoutes.ts";
import { comparisonRoutes } from "./comparisonRoutes.ts";
import { csvOf } from "./csv.ts";
import { dayName, lastWholeDay } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { alarmRecord, decideEpisode, episodeById, recentEpisodes } from "./episodes.ts";
import { casesOf, daysOf } from "./episodeCases.ts";
import { eventsOf, keepEvents } from "./events.ts";
import { issueRoutes } from "./issueRoutes.ts";
import { replayRoutes } from "./replayRoutes.ts";
import { reportRoutes } from "./reportRoutes.ts";
import { askForScan, stateOfScan } from "./scanJobs.ts";
import { newestScan } from "./scans.ts";
import { Decision, Id } from "./schemas.ts";
import { shown } from "./shown.ts";
import { firstDay } from "./streams.ts";

/** Half a year of judged alarms says what the next ones may be worth. */
export const judgedDays = 182;

/** Early warning and everything that is judged by it. */
export function insightRoutes(app: App, house: House): void {
  episodeRoutes(app, house);
  decisionRoutes(app, house);
  budgetRoutes(app, house);
  comparisonRoutes(app, house);
  replayRoutes(app, house);
  reportRoutes(app, house);
  issueRoutes(app, house);
}

function episodeRoutes(app: App, house: House): void {
  app.get("/api/insight/episodes", { config: { access: readers } }, async () => {
    const today = lastWholeDay(house.clock());
    const [run, since, budget, episodes, record, state] = await Promise.all([
      newestScan(house, "nightly", true),
      firstDay(house),
      currentDocument(house, "alarmBudget"),
      recentEpisodes(house),
      alarmRecord(house, dayName(today - judgedDays)),
      stateOfScan(house, "nightly"),
    ]);
    return {
      budget: budget.perMonth,
      lastRun: run && { day: dayName(run.lastDay), at: run.finishedAt, looks: run.looks },
      history: judgeHistory(since === undefined ? 0 : Math.max(0, today - since + 1)),
      running: state.asked ? { done: state.done, of: state.of } : undefined,
      problem: state.problem,
      record,
      episodes: episodes.map((episode) => shown(house, episode)),
    };
  });

  app.get("/api/insight/episodes/:id", { config: { access: readers }, schema: { params: Id } }, async (request) => {
    const episode = await episodeById(house, request.params.id);
    if (!episode) throw new Refusal(refuse("notFound", { what: "episode" }));
    const [cases, days, events] = await Promise.all([
      casesOf(house, request.actor, episode),
      daysOf(house, episode),
      eventsOf(house.db, house.cityId, episode.id),
    ]);
    const history = events.map(({ type, at, actorRole, data }) => ({ type, at, actorRole, data }));
    return { episode: shown(house, episode), cases, days, history };
  });

  app.get("/api/insight/episodes.csv", { config: { access: readers } }, async (_, reply) => {
    const episodes = (await recentEpisodes(house)).map((episode) => shown(house, episode));
    const rows = episodes.map((each) => [
      each.state,
      each.streamId,
      each.stream.zh,
      each.areas[0]?.code,
      each.areas[0]?.zh,
      each.areas.length,
      each.from,
      each.to,
      each.openedOn,
      each.observed,
      each.expected.toFixed(2),
      each.ratio.toFixed(2),
      each.rarity.toFixed(0),
      each.outcome,
    ]);
    const head =
      "state,stream,stream_name,area,area_name,areas,from,to,opened,observed,expected,ratio,days_between_by_chance,outcome";
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="linge-alarms.csv"')
      .send(csvOf(head.split(","), rows));
  });

  app.post("/api/insight/scan", { config: { access: operators } }, async (_, reply) => {
    await askForScan(house);
    return reply.status(202).send({ asked: true });
  });
}

function decisionRoutes(app: App, house: House): void {
  app.put(
    "/api/insight/episodes/:id/decision",
    { config: { access: deciders }, schema: { params: Id, body: Decision } },
    async (request) => {
      const { actor, body, params } = request;
      const { id: commandId, ...decision } = body;
      const unit = decision.ownerUnit;
      if (unit && !house.territory.unit(unit)) throw new Refusal(refuse("unknownUnit", { unit }));
      const command = { id: commandId, type: "decideAlarm", episode: params.id, ...decision };
      await runOnce(house, actor, command, params.id, async (tx) => {
        const at = momentOf(house);
        if (!(await decideEpisode({ db: tx, cityId: house.cityId }, params.id, decision, actor.id, at)))
          throw new Refusal(refuse("notFound", { what: "episode" }));
        const actorRole = actor.grants[0]?.role ?? actor.kind;
        const { outcome, ownerUnit, note } = decision;
        const told = { subject: params.id, type: "alarmDecided", at, actorId: actor.id, actorRole };
        await keepEvents(tx, house.cityId, [{ ...told, data: { outcome, ownerUnit, note } }]);
        return { decided: params.id };
      });
      return { episode: shown(house, (await episodeById(house, params.id))!) };
    },
  );
}
