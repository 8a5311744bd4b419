import { seedPhrases } from "@linge/domain/category/phrases.ts";
import { suggest, train, type Suggestion, type SuggestionModel } from "@linge/domain/category/suggest.ts";
import { sql } from "kysely";
import type { Database } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";

type Learnt = { model: SuggestionModel; at: number; version: number };
const learnt = new WeakMap<Database, Promise<Learnt>>();
const freshMs = 3_600_000;
/** Enough to learn how people here speak; more would hold up those who are waiting. */
const examplesFromHistory = 2_000;

/** Learns from the city's own newest reports, as staff filed them, and from what every city knows to begin with. */
async function learn(house: House): Promise<Learnt> {
  const offered = house.settings.categories();
  const ids = new Set(offered.map(({ id }) => id));
  const past = await sql<{ id: string; text: string }>`
    select category_id as id, record->>'text' as text from cases where city_id = ${house.cityId}
      and state not in ('reported','verifying','declined','redirected','voided','duplicate')
    order by reported_at desc limit ${examplesFromHistory}`.execute(house.db);
  const names = offered.flatMap(({ id, zh, en }) => [
    { id, text: zh },
    { id, text: en },
  ]);
  const examples = [...seedPhrases, ...names, ...past.rows].filter(({ id, text }) => ids.has(id) && text);
  return { model: train(examples), at: house.clock(), version: house.settings.current("categories").version };
}

/** Three categories that a text speaks of. What was learnt is an hour old at most, and never of other categories than today's. */
export async function suggestCategories(
  house: House,
  text: string,
): Promise<{ categories: Suggestion[]; sure: boolean }> {
  const known = await learnt.get(house.db);
  const fresh =
    known &&
    Math.abs(house.clock() - known.at) < freshMs &&
    known.version === house.settings.current("categories").version;
  if (fresh) return suggest(known.model, text);
  const learning = learn(house);
  learnt.set(house.db, learning);
  learning.catch(() => learnt.delete(house.db));
  return suggest((await learning).model, text);
}
