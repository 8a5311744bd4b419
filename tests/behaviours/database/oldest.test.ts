import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { askForScan } from "../../../apps/server/src/features/insight/scanJobs.ts";
import { jobKinds } from "../../../apps/server/src/features/jobs.ts";
import { readConfig } from "../../../apps/server/src/platform/config/config.ts";
import { connect, type OpenDatabase } from "../../../apps/server/src/platform/db/database.ts";
import { startCluster, type Cluster } from "../../../apps/server/src/platform/db/embedded/cluster.ts";
import { migrate } from "../../../apps/server/src/platform/db/migrate.ts";
import { embeddedAddress } from "../../../apps/server/src/platform/db/pool.ts";
import { memoryNotifier } from "../../../apps/server/src/platform/notify/notifier.ts";
import { workOff } from "../../../apps/server/src/platform/jobs/work.ts";
import { openHouse } from "../../../apps/server/src/serve.ts";
import { dispatched, give, monday, signedIn, type TestHouse } from "../../support/house.ts";
import { oldestPostgres } from "../../support/oldestPostgres.ts";

const binaries = oldestPostgres();
const made = {} as TestHouse;
let cluster: Cluster;
let opened: OpenDatabase;
let folder = "";

beforeAll(async () => {
  if (!binaries) return;
  folder = mkdtempSync(join(tmpdir(), "linge-15-"));
  chmodSync(folder, 0o755);
  cluster = await startCluster(folder, { fsync: false, binaries });
  const address = embeddedAddress(cluster.socketFolder, "postgres");
  await migrate(address.owner);
  const config = { ...readConfig({ LINGE_DATA: folder }), requestsPerMinute: 1_000_000 };
  opened = connect(address, config.city.code, 4);
  const notifier = memoryNotifier();
  Object.assign(made, await openHouse(opened, config, { clock: () => monday, notifier }), { notifier });
});

afterAll(async () => {
  await made.app?.close();
  await opened?.close();
  await cluster?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!binaries)("the oldest PostgreSQL that Linge runs on", () => {
  it("is 15, and carries the loop from report to closing", async () => {
    const client = new pg.Client(embeddedAddress(cluster.socketFolder, "postgres").owner);
    await client.connect();
    expect((await client.query("show server_version_num")).rows[0].server_version_num).toMatch(/^15/);
    await client.end();
    const { id } = await dispatched(made);
    const unit = await signedIn(made, "330903-publicWorks");
    await give(unit, id, { type: "accept" });
    await give(unit, id, { type: "contact", note: "明天去" });
    await give(unit, id, { type: "respond", answer: "换好了" });
    const checker = await signedIn(made, "checker");
    const checked = await give(checker, id, { type: "check", passed: true, note: "亮了" });
    expect(checked.body.case.state).toBe("closed");
    const desk = await signedIn(made, "dispatch");
    expect((await desk.get("/api/cases?q=路灯")).body.items).toHaveLength(1);
  });

  it("lives as a demo city, is scanned, and finds places and prefixes by index", async () => {
    await liveDemoCity(made.house, "S", () => {});
    await askForScan(made.house);
    await workOff(made.house, jobKinds);
    const scans = await made.house.pool.query("select looks from insight_scans where finished_at is not null");
    expect(scans.rows[0].looks.where).toBeGreaterThan(10);
    const plan = await made.house.pool.query(
      "explain select id from cases where city_id = $1 and area_code ^@ '330903001009'",
      [made.house.cityId],
    );
    expect(JSON.stringify(plan.rows)).toContain("Index Cond");
  });
});
