import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { embeddedAddress } from "../../apps/server/src/platform/db/pool.ts";
import { aReport } from "../support/house.ts";
import { databasePid, freePort, ready, startProcess, type Running } from "../support/process.ts";

let folder = "";
let running: Running;
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linge-kill-"));
  chmodSync(folder, 0o755);
  port = await freePort();
});

afterAll(async () => {
  running?.child.kill("SIGTERM");
  await running?.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** Reports until told to stop, and remembers what was acknowledged. */
function keepReporting(base: string, acknowledged: Set<string>): () => Promise<void> {
  let going = true;
  const one = async (): Promise<void> => {
    while (going) {
      const report = aReport();
      const answer = await fetch(`${base}/api/cases`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(report),
      }).catch(() => undefined);
      const body = (await answer?.json().catch(() => undefined)) as { id?: string } | undefined;
      if (answer?.status === 201 && body?.id) acknowledged.add(body.id);
    }
  };
  const all = Promise.all(Array.from({ length: 4 }, one));
  return async () => {
    going = false;
    await all;
  };
}

const kill = (pid: number | undefined): void => {
  try {
    if (pid) process.kill(pid, "SIGKILL");
  } catch {
    // Already gone: the other kill took it along.
  }
};

it("keeps what it acknowledged through twenty kills of server and database", { timeout: 240_000 }, async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    running = startProcess(folder, port);
    await ready(running);
    const stop = keepReporting(running.base, acknowledged);
    await new Promise((resolve) => setTimeout(resolve, 120 + ((round * 37) % 200)));
    if (round % 3 !== 0) kill(databasePid(folder));
    if (round % 3 !== 1) kill(running.child.pid);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await stop();
    kill(running.child.pid);
    await running.ended;
  }
  running = startProcess(folder, port);
  await ready(running);
  const client = new pg.Client(embeddedAddress(join(folder, "postgres")).owner);
  await client.connect();
  const kept = await client.query<{ id: string; events: number; leaves: number }>(
    "select c.id, (select count(*)::int from case_events e where e.case_id = c.id) as events, (select count(*)::int from ledger_leaves l where l.subject = c.id) as leaves from cases c",
  );
  await client.end();
  const ids = new Set(kept.rows.map((row) => row.id));
  expect(acknowledged.size).toBeGreaterThan(20);
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  expect(kept.rows.every((row) => row.events === 1 && row.leaves === 1)).toBe(true);
});

it(
  "says in words when the data folder or the port is taken, and when the data is newer",
  { timeout: 60_000 },
  async () => {
    const second = startProcess(folder, await freePort());
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain("is in use by another Linge");

    const other = mkdtempSync(join(tmpdir(), "linge-port-"));
    chmodSync(other, 0o755);
    const third = startProcess(other, port);
    expect(await third.ended).toBe(1);
    expect(third.output()).toContain(`port ${port} is in use`);
    rmSync(other, { recursive: true, force: true });

    const client = new pg.Client(embeddedAddress(join(folder, "postgres")).owner);
    await client.connect();
    await client.query("insert into migrations (name) values ('9999_from_the_future.sql')");
    await client.end();
    running.child.kill("SIGTERM");
    await running.ended;
    const older = startProcess(folder, port);
    expect(await older.ended).toBe(1);
    expect(older.output()).toContain("from a newer Linge");
  },
);

it.each([
  ["PORT", "eighty", "PORT"],
  ["LINGE_DEMO", "huge", "LINGE_DEMO"],
  ["DATABASE_URL", "mysql://x", "DATABASE_URL"],
])("refuses a wrong %s by name", async (name, value, said) => {
  const refused = startProcess(folder, port, { [name]: value });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(said);
});
