import { suggest, train, type SuggestionModel } from "@linge/domain/category/suggest.ts";
import { seedPhrases } from "@linge/domain/category/phrases.ts";
import { sql } from "kysely";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { isNear } from "../cases/near.ts";
import { searchWords } from "../cases/search.ts";

const Query = Type.Object(
  {
    text: Type.String({ minLength: 2, maxLength: 500 }),
    lon: Type.Optional(Type.Number()),
    lat: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
);
const SuggestedShown = Type.Object({
  categories: Type.Array(Type.Object({ id: Type.String(), share: Type.Number() })),
  sure: Type.Boolean(),
  duplicates: Type.Array(
    Type.Object({ number: Type.String(), text: Type.String(), reportedAt: Type.String(), likeness: Type.Number() }),
  ),
});
const nearDegrees = 0.004;
const recentDays = 14;

/** Similar recent public cases nearby; strangers see what is published, nothing else. */
async function similar(house: House, text: string, lon: number, lat: number) {
  const words = searchWords(text);
  const found = await sql<{ number: string; text: string; reported_at: string; shared: number; words: number }>`
    select number, record->>'publicText' as text, reported_at,
      (select count(*)::int from unnest(tsvector_to_array(search)) w where w = any(${words})) as shared, (select count(*)::int from unnest(tsvector_to_array(search)) w where left(w, 1) <> '@') as words
    from cases where city_id = ${house.cityId} and published and ${isNear(lon, lat, nearDegrees)} and reported_at > now() - make_interval(days => ${recentDays})
    order by reported_at desc limit 30`.execute(house.db);
  return found.rows
    .map(({ number, text, reported_at, shared, words: all }) => ({
      number,
      text,
      reportedAt: reported_at,
      likeness: shared / Math.max(1, Math.min(all, words.length)),
    }))
    .filter((row) => row.likeness >= 0.3)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3);
}

/** Suggestions while somebody writes: three categories, and reports that look like the same thing. */
export function suggestRoutes(app: App, house: House): void {
  let model: SuggestionModel | undefined;
  app.get(
    "/api/suggest",
    { config: { access: "anyone" }, schema: { querystring: Query, response: { 200: SuggestedShown } } },
    async (request) => {
      model ??= train(seedPhrases);
      const { text, lon, lat } = request.query;
      const duplicates = lon === undefined || lat === undefined ? [] : await similar(house, text, lon, lat);
      return { ...suggest(model, text), duplicates };
    },
  );
}
