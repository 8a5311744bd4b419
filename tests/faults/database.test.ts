import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedAddress } from "../../apps/server/src/platform/db/pool.ts";
import { aReport } from "../support/house.ts";
import { databasePid, freePort, ready, startProcess, type Running } from "../support/process.ts";

let folder = "";
let running: Running;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linge-database-"));
  chmodSync(folder, 0o755);
  running = startProcess(folder, await freePort());
  await ready(running);
});

afterAll(async () => {
  running.child.kill("SIGTERM");
  await running.ended;
  rmSync(folder, { recursive: true, force: true });
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Sent = { id: string; status: number; code?: string; retryAfter: string | null };

async function report(): Promise<Sent> {
  const body = aReport();
  const answer = await fetch(`${running.base}/api/cases`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as { error?: { code: string } };
  return {
    id: body.caseId,
    status: answer.status,
    code: said.error?.code,
    retryAfter: answer.headers.get("retry-after"),
  };
}

async function asOwner<T extends pg.QueryResultRow>(query: string): Promise<T[]> {
  const client = new pg.Client(embeddedAddress(join(folder, "postgres")).owner);
  await client.connect();
  try {
    return (await client.query<T>(query)).rows;
  } finally {
    await client.end();
  }
}

async function expectKept(sent: readonly Sent[]): Promise<void> {
  const kept = new Set((await asOwner<{ id: string }>("select id from cases")).map(({ id }) => id));
  expect(sent.filter(({ id, status }) => status === 201 && !kept.has(id))).toEqual([]);
}

it("a database restarted under load is waited for; who asked meanwhile is told, and what was acknowledged is there", async () => {
  const sent: Sent[] = [];
  let going = true;
  const client = async (): Promise<void> => {
    while (going) {
      sent.push(await report());
      if (sent.at(-1)!.status !== 201) await pause(50);
    }
  };
  const clients = Promise.all(Array.from({ length: 4 }, client));
  const acknowledged = (): number => sent.filter(({ status }) => status === 201).length;
  while (acknowledged() < 20) await pause(20);
  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    process.kill(databasePid(folder), signal);
    const refused = sent.length;
    while (!sent.slice(refused).some(({ status }) => status === 503)) await pause(20);
    const had = acknowledged();
    while (acknowledged() < had + 20) await pause(20);
  }
  going = false;
  await clients;
  const refused = sent.filter(({ status }) => status !== 201);
  expect(refused.length).toBeGreaterThan(0);
  expect(
    refused.filter(({ status, code, retryAfter }) => status !== 503 || code !== "databaseUnavailable" || !retryAfter),
  ).toEqual([]);
  await expectKept(sent);
  // The folder is still held against a second Linge.
  const second = startProcess(folder, await freePort());
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain("is in use by another Linge");
});

describe("a database that cannot be used", () => {
  it.each([
    ["that nobody answers for", "postgres://nobody@127.0.0.1:1/linge", '"linge" at 127.0.0.1:1 cannot be reached'],
    [
      "whose host does not exist",
      "postgres://nobody@database.invalid/linge",
      "at database.invalid:5432 cannot be reached",
    ],
  ])("%s is named, with what to look at", async (_what, url, said) => {
    const refused = startProcess(folder, await freePort(), { DATABASE_URL: url });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(said);
    expect(refused.output()).not.toContain("at async");
  });
});

/** A disk of a few megabytes; making one needs the right to mount. */
function smallDisk(path: string): boolean {
  mkdirSync(path);
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]).status !== 0) return false;
  const { uid, gid } = statSync(join(folder, "postgres"));
  chownSync(path, uid, gid);
  return true;
}

it("a full disk is said to be full, nothing half is kept, and work goes on once there is room", async (context) => {
  const disk = join(folder, "small");
  if (!smallDisk(disk)) return context.skip("this machine does not let the test mount a small disk");
  try {
    await asOwner(`create tablespace small location '${disk}'`);
    await asOwner("alter table outbox set tablespace small");
    await asOwner("create table filler (x text) tablespace small");
    await asOwner("insert into filler select repeat(md5(i::text), 60) from generate_series(1, 100000) i").catch(
      () => {},
    );
    const sent: Sent[] = [];
    // Until the pages that the table has already are full as well.
    for (let tries = 0; tries < 400 && sent.at(-1)?.status !== 507; tries += 1) sent.push(await report());
    expect(sent.at(-1)).toMatchObject({ status: 507, code: "storageFull" });
    expect(
      (await asOwner<{ n: number }>(`select count(*)::int as n from cases where id = '${sent.at(-1)!.id}'`))[0]!.n,
    ).toBe(0);
    spawnSync("mount", ["-o", "remount,size=64m", disk]);
    sent.push(await report());
    expect(sent.at(-1)!.status).toBe(201);
    await expectKept(sent);
  } finally {
    await asOwner("alter table outbox set tablespace pg_default");
    await asOwner("drop table filler");
    await asOwner("drop tablespace small");
    spawnSync("umount", [disk]);
  }
});
