import pg from "pg";
import { parentPort, workerData } from "node:worker_threads";
import { openPool, type DatabaseAddress } from "../../../platform/db/pool.ts";
import { Kysely, PostgresDialect } from "kysely";
import type { DB } from "../../../platform/db/schema.ts";
import { loadSettings } from "../../settings/settings.ts";
import { loadTerritory } from "../../territory/territory.ts";
import { lifeOf } from "../life.ts";
import { seeded } from "../random.ts";
import { reporter, type DemoReport } from "../reports.ts";
import type { Change } from "../../cases/store.ts";
import type { Chunk } from "./chunk.ts";
import { countDays } from "./days.ts";
import { copyLives } from "./write.ts";

/** Lives chunks of the demo city beside the server's own thread, each in one transaction; says how many cases each had. */
const { address, cityId, now } = workerData as { address: DatabaseAddress; cityId: string; now: number };
const pool = openPool(address.application, cityId, 1);
const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
const [settings, territory] = await Promise.all([loadSettings(db, cityId), loadTerritory(db, cityId)]);
await db.destroy();
const house = { settings, territory };
const owner = new pg.Client(address.owner);
await owner.connect();
// What a crash of the machine loses is lived again: chunks are counted in the same transactions.
await owner.query("set synchronous_commit = off");

const city = {
  grids: territory.all().filter((area) => area.level === "grid"),
  categoryIds: settings.current("categories").document.map((category) => category.id),
  locate: territory.locate,
};

function reportsOf(chunk: Chunk): DemoReport[] {
  const draw = reporter(seeded(chunk.seed), city);
  if ("times" in chunk) return Array.from(chunk.times, (at) => draw.usual(at));
  return Array.from({ length: chunk.count }, () => draw.caused(chunk.event));
}

async function write(chunk: Chunk, changes: Change[]): Promise<void> {
  await owner.query("begin");
  await owner.query("insert into settings (city_id, kind, version, document) values ($1, 'demoChunk', $2, '{}')", [
    cityId,
    chunk.key,
  ]);
  await copyLives(owner, cityId, changes);
  await countDays(owner, cityId, changes);
  await owner.query("commit");
}

async function live(chunk: Chunk): Promise<number> {
  const reports = reportsOf(chunk);
  for (;;) {
    const random = seeded(chunk.seed + 1);
    const changes = reports.flatMap((report) => lifeOf(random, house, report, now));
    try {
      await write(chunk, changes);
      return reports.length;
    } catch (error) {
      await owner.query("rollback");
      // Short numbers are drawn at random; among millions one is now and then taken, and the chunk draws anew.
      if ((error as { constraint?: string }).constraint !== "cases_city_id_number_key") throw error;
    }
  }
}

parentPort!.on("message", (chunk: Chunk | "end") => {
  if (chunk === "end") return void owner.end().then(() => parentPort!.close());
  void live(chunk).then(
    (cases) => parentPort!.postMessage({ cases }),
    (error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
  );
});
parentPort!.postMessage({ cases: 0 });
