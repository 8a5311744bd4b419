import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { searchWords } from "../cases/search.ts";
import { similarCases, type Sought } from "../cases/similar.ts";

/** A published report that sounds like the same thing. */
export type AlikeCase = { number: string; text: string; reportedAt: string; likeness: number };

const recentDays = 14;
/** Only so many of the newest are compared, so that a keystroke costs the same in any city. */
const compared = 200;
const shown = 3;
/** Without a place two texts have to share more of their words than neighbours do. */
const alikeAnywhere = 0.5;

/** Recent published reports that sound like the same thing: near the place, or, while no place is known, in the whole city. */
export async function publishedAlike(house: House, sought: Sought): Promise<AlikeCase[]> {
  if (sought.lon === undefined && sought.areaCode === undefined) return alikeInCity(house, sought.text);
  const found = await similarCases(house, sought, sql<boolean>`published`);
  return found.map(({ record, likeness }) => ({
    number: record.number,
    text: record.publicText ?? "",
    reportedAt: record.reportedAt,
    likeness,
  }));
}

async function alikeInCity(house: House, text: string): Promise<AlikeCase[]> {
  const words = new Set(searchWords(text));
  if (words.size < 2) return [];
  const since = new Date(house.clock() - recentDays * 86_400_000).toISOString();
  const found = await sql<Omit<AlikeCase, "likeness">>`
    select number, record->>'publicText' as text, reported_at as "reportedAt" from cases
    where city_id = ${house.cityId} and published and reported_at > ${since}
    order by reported_at desc limit ${compared}`.execute(house.db);
  return found.rows
    .map((row) => {
      const theirs = searchWords(row.text);
      const shared = theirs.filter((word) => words.has(word)).length;
      return { ...row, likeness: shared / Math.max(1, Math.min(theirs.length, words.size)) };
    })
    .filter((row) => row.likeness >= alikeAnywhere)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, shown);
}
