import { sql, type RawBuilder } from "kysely";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { House } from "../../platform/house.ts";
import { isNear } from "./near.ts";
import { searchWords } from "./search.ts";

/** What may be the same thing: its words, where it is (a point, else an area), and which case it is already. */
export type Sought = { text: string; lon?: number; lat?: number; areaCode?: string; exceptId?: string };
export type Similar = { record: Omit<CaseRecord, "reporter">; likeness: number };

const nearDegrees = 0.004;
const recentDays = 14;
const looked = 60;
/** Shared words over the shorter text's words: from here on two texts speak of the same thing more often than not. */
const alike = 0.3;

function place({ lon, lat, areaCode }: Sought): RawBuilder<boolean> | undefined {
  if (lon !== undefined && lat !== undefined) return isNear(lon, lat, nearDegrees);
  // A whole county is no place: among so many reports, words alone would mislead.
  const prefix = areaCode ? prefixOfCode(areaCode) : "";
  return prefix.length >= 9 ? sql<boolean>`area_code ^@ ${prefix}` : undefined;
}

/** Recent cases that look like the same thing: near in place, in time and in wording; the likest first, three at most. */
export async function similarCases(house: House, sought: Sought, scope: RawBuilder<boolean>): Promise<Similar[]> {
  const where = place(sought);
  if (!where) return [];
  const words = searchWords(sought.text);
  const since = new Date(house.clock() - recentDays * 86_400_000).toISOString();
  const found = await sql<{ record: Similar["record"]; shared: number; words: number }>`
    with near as materialized (
      select * from cases where city_id = ${house.cityId} and ${where} and reported_at > ${since})
    select record, (select count(*)::int from unnest(tsvector_to_array(search)) w where w = any(${words})) as shared,
      (select count(*)::int from unnest(tsvector_to_array(search)) w where left(w, 1) <> '@') as words
    from near as cases where ${scope} and state not in ('duplicate','voided') and id is distinct from ${sought.exceptId ?? null}::uuid
    order by reported_at desc limit ${looked}`.execute(house.db);
  return found.rows
    .map(({ record, shared, words: all }) => ({ record, likeness: shared / Math.max(1, Math.min(all, words.length)) }))
    .filter(({ likeness }) => likeness >= alike)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3);
}
