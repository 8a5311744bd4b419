import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { House } from "../../platform/house.ts";
import { writeChanges, type Change } from "../cases/store.ts";
import { drainOutbox } from "../outbox/drain.ts";
import { settleAll } from "../tallies/settle.ts";
import { liveInBulk } from "./bulk/live.ts";
import { spreadHouseholds } from "./households.ts";
import { planEvents, type DemoEvent } from "./events.ts";
import { lifeOf } from "./life.ts";
import { seeded } from "./random.ts";
import { reporter, type DemoReport } from "./reports.ts";
import { day, drawTime } from "./rhythm.ts";

/** How many cases the sizes have, over how many days. */
export const sizes = {
  S: { cases: 600, days: 56 },
  M: { cases: 6_000, days: 180 },
  L: { cases: 60_000, days: 365 },
  XL: { cases: 10_000_000, days: 1_096 },
} as const;
export type DemoSize = keyof typeof sizes;
/** Lives written in one statement: enough to be quick, few enough to lose little to a kill. */
const batch = 100;

/** What was planned, so that early warning can be judged by it. */
export type DemoTruth = { seed: number; from: string; to: string; events: DemoEvent[] };

/** Where the truth about a demo city is kept. */
export function truthFile(house: House): string {
  return join(house.config.dataFolder, "demo-truth.json");
}

/** What events brought, then everyday reports in the order of time, a batch at a time. */
function* reportsOf(house: House, seed: number, cases: number, truth: DemoTruth): Generator<DemoReport[]> {
  const random = seeded(seed);
  const from = Date.parse(truth.from);
  const to = Date.parse(truth.to);
  const draw = reporter(random, {
    grids: house.territory.all().filter((area) => area.level === "grid"),
    categoryIds: house.settings.current("categories").document.map((category) => category.id),
    locate: house.territory.locate,
  });
  for (const event of truth.events)
    for (let left = event.cases; left > 0; left -= batch)
      yield Array.from({ length: Math.min(batch, left) }, () => draw.caused(event));
  const everyday = Math.max(0, cases - truth.events.reduce((sum, event) => sum + event.cases, 0));
  // Times first, for all of them: eight bytes each, and the rhythm of day and week is kept exactly.
  const times = Float64Array.from({ length: everyday }, () => drawTime(random, from, to)).sort();
  for (let i = 0; i < everyday; i += batch) yield Array.from(times.subarray(i, i + batch), (at) => draw.usual(at));
}

/** The plan of a demo city that was begun: fixed at the first start, so that one after a kill goes on with the same. */
async function beginOnce(house: House, size: DemoSize, wish: Wish): Promise<Begun> {
  const { db, cityId } = house;
  const document = JSON.stringify({ size, ...wish, now: house.clock() });
  await db
    .insertInto("settings")
    .values({ city_id: cityId, kind: "demoBegun", version: 1, document })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("settings")
    .select("document")
    .where("city_id", "=", cityId)
    .where("kind", "=", "demoBegun")
    .executeTakeFirstOrThrow();
  return row.document as Begun;
}
type Wish = { seed: number; cases: number; days: number };
type Begun = Wish & { size: DemoSize; now: number };

/** Writes the lives of a batch, or nothing when an earlier start already did. */
async function writeLives(house: House, live: () => Change[]): Promise<void> {
  let changes = live();
  const known = await house.db
    .selectFrom("commands")
    .select("id")
    .where("city_id", "=", house.cityId)
    .where("id", "=", changes[0]!.commandId)
    .executeTakeFirst();
  if (known) return;
  for (;;) {
    try {
      await writeChanges(house.db, house.cityId, changes);
      return;
    } catch (error) {
      // Short numbers are drawn at random; among millions one is now and then taken, and the batch draws anew.
      if ((error as { constraint?: string }).constraint !== "cases_city_id_number_key") throw error;
      changes = live();
    }
  }
}

/**
 * Lets the demo city live until now: residents, units and desks whose every step is decided by the rules of real ones
 * and leaves what a real one leaves, at the times of a seeded clock. Every case says that it is synthetic. What
 * happened (a typhoon, local surges) is kept in `demo-truth.json`. Done once; a second call does nothing, and one
 * after a kill goes on where the last batch was written.
 */
export async function liveDemoCity(
  house: House,
  wanted: DemoSize,
  progress: (line: string) => void,
  options: { seed?: number; cases?: number; days?: number } = {},
): Promise<void> {
  const { db, cityId } = house;
  const lived = db.selectFrom("settings").select("kind").where("city_id", "=", cityId).where("kind", "=", "demoLived");
  if (await lived.executeTakeFirst()) return;
  const begun = await beginOnce(house, wanted, { seed: 20201, ...sizes[wanted], ...options });
  const { size, seed, cases, days, now } = begun;
  const period = { from: now - days * day, to: now, cases };
  const onLand = house.territory.all().filter((area) => area.level === "grid" && area.geometry && area.centre);
  const truth: DemoTruth = {
    seed,
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    events: planEvents(seeded(seed + 1), onLand, period),
  };
  writeFileSync(truthFile(house), JSON.stringify(truth, null, 1));
  if (size === "XL") await liveInBulk(house, { seed, cases, from: period.from, now, events: truth.events }, progress);
  else await liveOneByOne(house, begun, truth, progress);
  await spreadHouseholds(house);
  await learnStatistics(house);
  await db.insertInto("settings").values({ city_id: cityId, kind: "demoLived", version: 1, document: "{}" }).execute();
}

async function liveOneByOne(
  house: House,
  { seed, cases, now }: Begun,
  truth: DemoTruth,
  progress: (line: string) => void,
): Promise<void> {
  let made = 0;
  let told = Date.now();
  for (const reports of reportsOf(house, seed, cases, truth)) {
    const batchSeed = seed + 2 + made;
    await writeLives(house, () => {
      const random = seeded(batchSeed);
      return reports.flatMap((report) => lifeOf(random, house, report, now));
    });
    made += reports.length;
    if (made % 5_000 < batch) await drainWhole(house);
    if (Date.now() - told < 1000) continue;
    told = Date.now();
    progress(`the demo city comes to life: ${made.toLocaleString("en")} of ${cases.toLocaleString("en")} cases`);
  }
  await drainWhole(house);
}

/** After so much at once the database should know at once how its tables look, as it would after a night. */
async function learnStatistics(house: House): Promise<void> {
  const owner = new pg.Client(house.address.owner);
  await owner.connect();
  await owner.query("analyze");
  await owner.end();
}

async function drainWhole(house: House): Promise<void> {
  while (await drainOutbox(house)) continue;
  await settleAll(house);
}
