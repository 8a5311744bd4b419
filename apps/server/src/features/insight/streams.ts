import type { Place } from "@linge/scan";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { baselineDays, type Stream } from "./scanStreams.ts";

const dayMs = 86_400_000;

/** Whole days since 1970 of a calendar day, and back. */
export const dayNumber = (iso: string): number => Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / dayMs);
export const dayName = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The last day in the city that is over: what was reported today is not complete. */
export function lastWholeDay(now: number): number {
  return Math.floor((now + 8 * 3_600_000) / dayMs) - 1;
}

/** Where an area is; a maritime grid is where its community is. */
function centreOf(house: House, code: string): [number, number] | undefined {
  for (const area of house.territory.path(code).toReversed()) if (area.centre) return area.centre;
  return undefined;
}

/**
 * The counts of `case_days` as streams: one for each category and one for each family, by area and day. Only the
 * aggregate is read; the tables with people and words are not.
 */
export async function loadStreams(
  house: House,
  lastDay: number,
  days: number,
): Promise<{ places: Place[]; streams: Stream[] }> {
  const found = await sql<{ area: string; category: string; day: string; reported: number }>`
    select area_code as area, category_id as category, day, reported from case_days
    where city_id = ${house.cityId} and day > ${dayName(lastDay - days - baselineDays)} and day <= ${dayName(lastDay)} and reported > 0
    order by area_code, day`.execute(house.db);
  const places: Place[] = [];
  const indexOf = new Map<string, number>();
  const rows = new Map<string, { place: number[]; day: number[]; count: number[] }>();
  for (const { area, category, day, reported } of found.rows) {
    let place = indexOf.get(area);
    if (place === undefined) {
      const centre = centreOf(house, area);
      if (!centre) continue;
      place = places.push({ id: area, x: centre[0], y: centre[1] }) - 1;
      indexOf.set(area, place);
    }
    for (const id of [category, category.slice(0, category.indexOf("."))]) {
      let stream = rows.get(id);
      if (!stream) rows.set(id, (stream = { place: [], day: [], count: [] }));
      stream.place.push(place);
      stream.day.push(dayNumber(day));
      stream.count.push(reported);
    }
  }
  const streams = [...rows].map(([id, { place, day, count }]) => ({
    id,
    columns: { place: Int32Array.from(place), day: Int32Array.from(day), count: Int32Array.from(count) },
  }));
  return { places, streams: streams.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
