import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { unusualReading, type UnusualReading } from "@linge/domain/privacy/unusual.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { noteAct } from "./audit.ts";
import { inOversight, lookOf, type ListedLook } from "./looks.ts";
import { once } from "./once.ts";
import { privacySettings } from "./settings.ts";

export type ReviewOutcome = "inOrder" | "talkedTo" | "misuse";
export type Review = { outcome: ReviewOutcome; note: string; at: string };
export type ShownReading = UnusualReading & { person: string; looks: ListedLook[]; review?: Review };

const days = 90;

/** Unusual reading of the last 90 days in the reader's area, with what was decided about each. */
export async function unusualReadings(house: House, actor: Actor): Promise<ShownReading[]> {
  const since = new Date(house.clock() - days * 86_400_000).toISOString();
  const found = await sql<Parameters<typeof lookOf>[0] & { person: string | null; number: string | null }>`
    select r.*, p.name as person, c.number from access_records r
    left join people p on p.city_id = r.city_id and p.id = r.person_id
    left join cases c on c.city_id = r.city_id and c.id = r.subject
    where r.city_id = ${house.cityId} and r.at >= ${since} and ${inOversight(actor)} order by r.at`.execute(house.db);
  const looks = new Map(
    found.rows.map((row) => [row.id, { ...lookOf(row), person: row.person ?? "", number: row.number ?? undefined }]),
  );
  const { reading } = (await privacySettings(house)).document;
  const readings = unusualReading([...looks.values()], reading, house.settings.calendar().offsetMinutes);
  const reviews = await reviewsOf(
    house,
    readings.map(({ key }) => key),
  );
  return readings.map((each) => ({
    ...each,
    person: looks.get(each.lookIds[0]!)!.person,
    looks: each.lookIds.map((id) => looks.get(id)!).sort((a, b) => a.at.localeCompare(b.at)),
    review: reviews.get(each.key),
  }));
}

async function reviewsOf(house: House, keys: readonly string[]): Promise<Map<string, Review>> {
  if (!keys.length) return new Map();
  const found = await sql<{ reading: string; outcome: ReviewOutcome; note: string; decided_at: string }>`
    select distinct on (reading) reading, outcome, note, decided_at from access_reviews
    where city_id = ${house.cityId} and reading = any(${keys}::text[]) order by reading, decided_at desc`.execute(
    house.db,
  );
  return new Map(
    found.rows.map(({ reading, outcome, note, decided_at }) => [reading, { outcome, note, at: decided_at }]),
  );
}

export type ReviewCommand = { id: string; reading: string; outcome: ReviewOutcome; note: string };

/** Keeps what a privacy officer makes of an unusual reading. @throws Refusal notFound, sameUnit for one's own reading */
export async function reviewReading(house: House, actor: Actor, command: ReviewCommand): Promise<void> {
  const reading = (await unusualReadings(house, actor)).find(({ key }) => key === command.reading);
  if (!reading) throw new Refusal(refuse("notFound", { what: "reading" }));
  if (reading.personId === actor.id) throw new Refusal(refuse("ownReading", {}));
  await once(house, actor, { ...command, type: "reviewReading" }, async (tx) => {
    const at = house.clock();
    await tx
      .insertInto("access_reviews")
      .values({
        city_id: house.cityId,
        id: newId(),
        reading: command.reading,
        outcome: command.outcome,
        note: command.note,
        decided_by: actor.id,
        decided_at: new Date(at),
      })
      .execute();
    await noteAct(tx, house.cityId, actor, {
      action: "reviewReading",
      target: command.reading,
      purpose: command.outcome,
      at,
    });
    return { reading: command.reading };
  });
}
