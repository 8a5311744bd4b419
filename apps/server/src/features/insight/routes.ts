import type { Role } from "@linge/domain/access/role.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { rowOf, type CaseRow } from "../cases/queries.ts";
import { scopeOf } from "../cases/scope.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { compareAreas } from "./compareAreas.ts";
import {
  alarmBudget,
  decideEpisode,
  episodeById,
  recentEpisodes,
  setAlarmBudget,
  type DecidedEpisode,
} from "./episodes.ts";
import { scanCity } from "./nightly.ts";
import { replay, type Replay } from "./replay.ts";
import { dayName } from "./streams.ts";

const readers: readonly Role[] = [
  "dispatcher",
  "gridLeader",
  "checker",
  "emergencyAuthority",
  "evaluator",
  "cityAdmin",
];
const deciders: readonly Role[] = ["dispatcher", "emergencyAuthority"];
const operators: readonly Role[] = ["dispatcher", "emergencyAuthority", "cityAdmin"];
const Id = Type.Object({ id: Type.String({ format: "uuid" }) });
const Code = Type.String({ pattern: "^\\d{12}(\\d{3})?$" });
const shownCases = 50;

/** An episode with days and names that a page can show. */
function shown(house: House, episode: DecidedEpisode) {
  const named = (code: string) => {
    const area = house.territory.area(code);
    return { code, zh: area?.names.zh ?? code, en: area?.names.en ?? area?.names.zh ?? code };
  };
  const stream = house.settings.category(episode.streamId) ?? house.settings.family(episode.streamId);
  const owner = episode.ownerUnit ? house.territory.unit(episode.ownerUnit) : undefined;
  return {
    ...episode,
    from: dayName(episode.from),
    to: dayName(episode.to),
    openedOn: dayName(episode.openedOn),
    raisedOn: dayName(episode.raisedOn),
    seenOn: dayName(episode.seenOn),
    stream: { zh: stream?.zh ?? episode.streamId, en: stream?.en ?? episode.streamId },
    areas: episode.areaCodes.map(named),
    drivers: episode.drivers.map(({ areaCode, ...counts }) => ({ ...named(areaCode), ...counts })),
    owner: owner && { id: owner.id, zh: owner.zh, en: owner.en },
  };
}
export type ShownEpisode = ReturnType<typeof shown>;

/** The cases behind an episode, as far as the reader may see cases at all; nobody's name or number. */
async function casesOf(
  house: House,
  actor: Parameters<typeof scopeOf>[0],
  episode: DecidedEpisode,
): Promise<CaseRow[]> {
  const byFamily = !episode.streamId.includes(".");
  const found = await sql<{ record: CaseRecord }>`
    select record from cases where city_id = ${house.cityId} and area_code = any(${episode.areaCodes})
      and ${byFamily ? sql`category_id ^@ ${`${episode.streamId}.`}` : sql`category_id = ${episode.streamId}`}
      and reported_at >= (${dayName(episode.from)}::date)::timestamp at time zone 'Asia/Shanghai'
      and reported_at < (${dayName(episode.to + 1)}::date)::timestamp at time zone 'Asia/Shanghai'
      and ${scopeOf(actor)} order by reported_at desc limit ${shownCases}`.execute(house.db);
  return found.rows.map(({ record }) => rowOf(house, record));
}

export function insightRoutes(app: App, house: House): void {
  app.get("/api/insight/episodes", { config: { access: readers } }, async () => {
    const run = await house.db
      .selectFrom("insight_runs")
      .select(["day", "finished_at", "streams"])
      .where("city_id", "=", house.cityId)
      .where("finished_at", "is not", null)
      .orderBy("day", "desc")
      .executeTakeFirst();
    const episodes = await recentEpisodes(house);
    return {
      budget: await alarmBudget(house),
      lastRun: run && { day: run.day, at: run.finished_at, streams: run.streams },
      episodes: episodes.map((episode) => shown(house, episode)),
    };
  });

  app.get("/api/insight/episodes/:id", { config: { access: readers }, schema: { params: Id } }, async (request) => {
    const episode = await episodeById(house, request.params.id);
    if (!episode) throw new Refusal(refuse("notFound", { what: "episode" }));
    return { episode: shown(house, episode), cases: await casesOf(house, request.actor, episode) };
  });

  const DecisionBody = Type.Object(
    {
      outcome: Type.Union([Type.Literal("real"), Type.Literal("false"), Type.Literal("known")]),
      note: Type.String({ minLength: 1, maxLength: 1000, format: "text" }),
      ownerUnit: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    },
    { additionalProperties: false },
  );
  app.put(
    "/api/insight/episodes/:id/decision",
    { config: { access: deciders }, schema: { params: Id, body: DecisionBody } },
    async (request) => {
      const { ownerUnit } = request.body;
      if (ownerUnit && !house.territory.unit(ownerUnit)) throw new Refusal(refuse("unknownUnit", { unit: ownerUnit }));
      if (!(await decideEpisode(house, request.params.id, request.body, request.actor.id)))
        throw new Refusal(refuse("notFound", { what: "episode" }));
      return { episode: shown(house, (await episodeById(house, request.params.id))!) };
    },
  );

  app.post("/api/insight/scan", { config: { access: operators } }, async () => ({ run: await scanCity(house, true) }));

  const Budget = Type.Object(
    { perMonth: Type.Number({ minimum: 0.1, maximum: 100 }) },
    { additionalProperties: false },
  );
  app.put("/api/insight/budget", { config: { access: ["cityAdmin"] }, schema: { body: Budget } }, async (request) => {
    await setAlarmBudget(house, request.body.perMonth, request.actor.id);
    return { budget: await alarmBudget(house) };
  });

  const Period = Type.Object(
    { within: Type.Optional(Code), days: Type.Optional(Type.Integer({ minimum: 7, maximum: 92 })) },
    { additionalProperties: false },
  );
  app.get(
    "/api/insight/comparison",
    { config: { access: readers }, schema: { querystring: Period } },
    async (request) => {
      const { within = house.config.city.code, days = 28 } = request.query;
      if (!house.territory.area(within)) throw new Refusal(refuse("unknownArea", { area: within }));
      return compareAreas(house, within, days);
    },
  );
  replayRoutes(app, house);
}

/** One replay at a time: it takes a thread of its own for a while. */
function replayRoutes(app: App, house: House): void {
  let running: { done: number; of: number; stop: AbortController } | undefined;
  const Body = Type.Object(
    {
      days: Type.Integer({ minimum: 7, maximum: 1096 }),
      budget: Type.Number({ minimum: 0.1, maximum: 100 }),
    },
    { additionalProperties: false },
  );
  app.post("/api/insight/replay", { config: { access: operators }, schema: { body: Body } }, async (request, reply) => {
    if (!running) {
      const state = (running = { done: 0, of: request.body.days, stop: new AbortController() });
      void replay(house, request.body.days, request.body.budget, (done) => (state.done = done), state.stop.signal)
        .then(async (result) => {
          await house.db
            .insertInto("insight_replays")
            .values({
              city_id: house.cityId,
              id: newId(),
              at: new Date(house.clock()).toISOString(),
              result: JSON.stringify(result),
            })
            .execute();
        })
        .catch((error: unknown) => house.log.warn({ err: error }, "replay stopped"))
        .finally(() => (running = undefined));
    }
    return reply.status(202).send({ running: { done: running.done, of: running.of } });
  });
  app.delete("/api/insight/replay", { config: { access: operators } }, async (_request, reply) => {
    running?.stop.abort();
    return reply.status(204).send();
  });
  app.get("/api/insight/replay", { config: { access: readers } }, async () => {
    const row = await house.db
      .selectFrom("insight_replays")
      .select(["at", "result"])
      .where("city_id", "=", house.cityId)
      .orderBy("id", "desc")
      .executeTakeFirst();
    return {
      running: running && { done: running.done, of: running.of },
      last: row && { at: row.at, ...(row.result as Replay) },
    };
  });
}
