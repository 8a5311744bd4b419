import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import type { House } from "../../platform/house.ts";
import { dayName, dayNumber } from "./day.ts";

/**
 * One series of counts by place and day, in the order of days: a category, or a family of them. There is no room in it
 * for a person or for words.
 */
export type Stream = { id: string; place: Int32Array; day: Int32Array; count: Int32Array };

/** Days of history that say what is usual where; series of weeks look back over years. */
export const baselineDays = 365;
export const seriesDays = 6 * 364;

/** The family of a category: what stands before the point. */
export const familyOf = (categoryId: string): string => categoryId.slice(0, categoryId.indexOf("."));

/** How many reports each family of categories had in the year up to a day: what a scan is cut by. */
export async function familyWeights(house: House, last: number): Promise<Map<string, number>> {
  const weights = new Map(house.settings.current("categories").document.map(({ id }) => [familyOf(id), 0]));
  const found = await sql<{ category: string; reports: number }>`
    select category_id as category, sum(coalesce(separate, reported))::int as reports from case_days
    where city_id = ${house.cityId} and day > ${dayName(last - baselineDays)} and day <= ${dayName(last)} group by category_id`.execute(
    house.db,
  );
  for (const { category, reports } of found.rows) {
    const family = familyOf(category);
    if (weights.has(family)) weights.set(family, weights.get(family)! + reports);
  }
  return weights;
}

/** The first day with a report, or undefined in a city without any. */
export async function firstDay(house: House): Promise<number | undefined> {
  const row = await sql<{ day: string }>`
    select day from case_days where city_id = ${house.cityId} and (reported > 0 or separate > 0) order by day limit 1`.execute(
    house.db,
  );
  return row.rows[0] && dayNumber(row.rows[0].day);
}

/** Categories of some families, as the city has them today. */
export function categoriesOf(house: House, families: readonly string[]): string[] {
  return house.settings
    .current("categories")
    .document.map(({ id }) => id)
    .filter((id) => families.includes(familyOf(id)));
}

/**
 * The counts of some categories: a stream for each and one for each family together, by place and day. One query reads
 * the aggregate from its index; tables with people and words are not read.
 * @param places index of each place by its code; counts of places that are no more are counted for what they lay in
 */
export async function loadStreams(
  { db, cityId }: { db: Kysely<DB>; cityId: string },
  categoryIds: readonly string[],
  places: ReadonlyMap<string, number>,
  from: number,
  to: number,
): Promise<Stream[]> {
  const found = await sql<{ area: string; category: string; day: number; count: number }>`
    select area_code as area, category_id as category, day - date '1970-01-01' as day, coalesce(separate, reported) as count from case_days
    where city_id = ${cityId} and category_id = any(${categoryIds}::text[])
      and day >= ${dayName(from)} and day <= ${dayName(to)} and coalesce(separate, reported) > 0
    order by day`.execute(db);
  const rows = new Map<string, { place: number[]; day: number[]; count: number[] }>();
  for (const { area, category, day, count } of found.rows) {
    const place = placeOf(places, area);
    if (place === undefined) continue;
    for (const id of [category, familyOf(category)]) {
      let stream = rows.get(id);
      if (!stream) rows.set(id, (stream = { place: [], day: [], count: [] }));
      stream.place.push(place);
      stream.day.push(day);
      stream.count.push(count);
    }
  }
  return [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, { place, day, count }]) => ({
      id,
      place: Int32Array.from(place),
      day: Int32Array.from(day),
      count: Int32Array.from(count),
    }));
}

/** A grid that was merged or renumbered counts for its community, a community for its township. */
function placeOf(places: ReadonlyMap<string, number>, code: string): number | undefined {
  return places.get(code) ?? places.get(code.slice(0, 12)) ?? places.get(`${code.slice(0, 9)}000`);
}
