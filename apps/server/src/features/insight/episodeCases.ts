import type { Actor } from "@linge/domain/access/scope.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { rowOf, type CaseRow } from "../cases/queries.ts";
import { scopeOf } from "../cases/scope.ts";
import { dayName } from "./day.ts";
import type { DecidedEpisode } from "./episodes.ts";

const shownCases = 100;
/** Days before the alarm that its small plot shows, so that usual and unusual are seen together. */
const plotDays = 56;

/** A case of an alarm: what it is and where it stands, not a word of what was written, nobody's name. */
export type MaskedCase = Pick<CaseRow, "id" | "number" | "state" | "categoryId" | "areaName" | "reportedAt" | "light">;

const streamIs = (streamId: string, column: RawBuilder<string>): RawBuilder<boolean> =>
  streamId.includes(".") ? sql<boolean>`${column} = ${streamId}` : sql<boolean>`${column} ^@ ${`${streamId}.`}`;

/** The ground of an episode: its grids, or everything within its one area. */
const groundIs = ({ tool, areaCodes }: DecidedEpisode): RawBuilder<boolean> =>
  tool === "howMuch"
    ? sql<boolean>`area_code ^@ ${prefixOfCode(areaCodes[0]!)}`
    : sql<boolean>`area_code = any(${areaCodes}::text[])`;

/** The cases behind an episode, newest first, as far as the reader may see cases at all. */
export async function casesOf(house: House, actor: Actor, episode: DecidedEpisode): Promise<MaskedCase[]> {
  const found = await sql<{ record: CaseRecord }>`
    select record from cases where city_id = ${house.cityId} and ${groundIs(episode)} and ${streamIs(episode.streamId, sql`category_id`)}
      and reported_at >= (${dayName(episode.from)}::date)::timestamp at time zone 'Asia/Shanghai'
      and reported_at < (${dayName(episode.to + 1)}::date)::timestamp at time zone 'Asia/Shanghai'
      and ${scopeOf(actor)} order by reported_at desc limit ${shownCases}`.execute(house.db);
  return found.rows.map(({ record }) => {
    const { id, number, state, categoryId, areaName, reportedAt, light } = rowOf(house, record);
    return { id, number, state, categoryId, areaName, reportedAt, light };
  });
}

/** Reports by day on the ground of an episode, from eight weeks before until it was last seen. */
export async function daysOf(house: House, episode: DecidedEpisode): Promise<{ day: string; count: number }[]> {
  const first = episode.to - plotDays + 1;
  const found = await sql<{ day: string; count: number }>`
    select day, sum(coalesce(separate, reported))::int as count from case_days
    where city_id = ${house.cityId} and ${groundIs(episode)} and ${streamIs(episode.streamId, sql`category_id`)}
      and day >= ${dayName(first)} and day <= ${dayName(episode.to)} group by day`.execute(house.db);
  const on = new Map(found.rows.map(({ day, count }) => [day, count]));
  return Array.from({ length: plotDays }, (_, i) => dayName(first + i)).map((day) => ({
    day,
    count: on.get(day) ?? 0,
  }));
}
