import { leastRecurrence } from "@linge/domain/insight/budget.ts";
import { followEpisodes, type Episode, type Finding } from "@linge/domain/insight/episode.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { alarmBudget, openEpisodes, writeEpisodes } from "./episodes.ts";
import { dayName, lastWholeDay, loadStreams } from "./streams.ts";
import { scanInWorker } from "./work.ts";

/** A claim this old belongs to a server that died while scanning. */
const staleMinutes = 60;
const pauseMs = 5 * 60_000;
/** The scan begins after this hour in the city, when phones of the evening have sent what they had. */
const startHour = 2;

/** Takes the day's scan for this server. @returns false when another has it or it is done */
async function claim(house: House, day: number): Promise<boolean> {
  const now = new Date(house.clock()).toISOString();
  const taken = await sql`
    insert into insight_runs as r (city_id, day, started_at) values (${house.cityId}, ${dayName(day)}, ${now})
    on conflict (city_id, day) do update set started_at = excluded.started_at
      where r.finished_at is null and r.started_at < ${now}::timestamptz - make_interval(mins => ${staleMinutes})
    returning 1`.execute(house.db);
  return taken.rows.length > 0;
}

export type ScanSummary = { day: string; streams: number; raised: number };

/**
 * Scans the city as of its last whole day and follows the episodes. Safe to call from several servers: one does it,
 * once a day, unless `again` asks for it now.
 * @returns what was done, or undefined when there was nothing to do
 */
export async function scanCity(house: House, again = false): Promise<ScanSummary | undefined> {
  const day = lastWholeDay(house.clock());
  if (!(await claim(house, day)) && !again) return undefined;
  const { places, streams } = await loadStreams(house, day, 0);
  const least = leastRecurrence(await alarmBudget(house), streams.length);
  let findings: Finding[] = [];
  await scanInWorker({ places, streams, least }, [day], (_, found) => (findings = found));
  const followed = followEpisodes(await openEpisodes(house), findings, day, least, newId);
  const raised = followed.filter((episode: Episode) => episode.raisedOn === day).length;
  await house.db.transaction().execute(async (tx) => {
    await writeEpisodes(tx, house.cityId, followed);
    await tx
      .updateTable("insight_runs")
      .set({
        finished_at: new Date(house.clock()).toISOString(),
        streams: streams.length,
        raised,
        least_recurrence: least,
      })
      .where("city_id", "=", house.cityId)
      .where("day", "=", dayName(day))
      .execute();
  });
  return { day: dayName(day), streams: streams.length, raised };
}

/** Scans every night until stopped. */
export function keepScanning(house: House): { stop(): void } {
  const tick = (): void => {
    const hourInCity = new Date(house.clock() + 8 * 3_600_000).getUTCHours();
    if (hourInCity < startHour) return;
    scanCity(house).catch((error: unknown) => house.log.warn({ err: error }, "early warning waits"));
  };
  tick();
  const timer = setInterval(tick, pauseMs);
  return { stop: () => clearInterval(timer) };
}
