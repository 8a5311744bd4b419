import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { checkpointText, formatNote, signNote } from "@linge/tlog";
import { logKey } from "../../../apps/server/src/features/ledger/key.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { aReport, dispatched, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const root = join(import.meta.dirname, "../../..");
let folder = "";
let base = "";
let link = "";
let owner: pg.Client;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linge-verify-"));
  owner = new pg.Client(made.owner);
  await owner.connect();
  ({ link } = await dispatched(made));
  await sequence(made.house);
  await made.app.listen({ port: 0, host: "127.0.0.1" });
  base = `http://127.0.0.1:${(made.app.server.address() as AddressInfo).port}`;
  writeFileSync(file("first"), (await visitor(made).get("/ledger/checkpoint")).text);
  writeFileSync(file("receipt.json"), (await visitor(made).get(`${link}/receipt`)).text);
  writeFileSync(file("key"), (await visitor(made).get("/ledger/key")).text);
});
afterAll(async () => {
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});

type Ran = { code: number | null; out: string; error: string };
const children = new Set<ChildProcess>();

function start(words: string[], seen: (out: string) => void = () => {}): { child: ChildProcess; ended: Promise<Ran> } {
  const database = `postgres://linge@localhost/${String(made.owner.database)}?host=${encodeURIComponent(inject("socketFolder"))}`;
  const env = { ...process.env, NODE_ENV: "", DATABASE_URL: database, LINGE_DATA: folder };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "apps/cli/src/main.ts", ...words], {
    cwd: root,
    env,
  });
  children.add(child);
  const ran: Ran = { code: null, out: "", error: "" };
  child.stdout.on("data", (bytes: Buffer) => seen((ran.out += bytes.toString())));
  child.stderr.on("data", (bytes: Buffer) => (ran.error += bytes.toString()));
  const ended = new Promise<Ran>((resolve) => child.on("close", (code) => resolve({ ...ran, code })));
  return { child, ended };
}
const run = (...words: string[]): Promise<Ran> => start(words).ended;
const json = async (...words: string[]) => {
  const { code, out, error } = await run(...words, "--json");
  return { code, error, answer: out ? JSON.parse(out) : undefined };
};

async function more(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await visitor(made).send("POST", "/api/cases", aReport());
  await sequence(made.house);
}

it("checks a receipt, alone and against the log of today", async () => {
  await more();
  const alone = await run("verify", "receipt", file("receipt.json"), "--key", file("key"));
  expect([alone.code, alone.error]).toEqual([0, ""]);
  expect(alone.out).toContain("Right: every fact is in the log");
  const today = await json("verify", "receipt", file("receipt.json"), "--log", `${base}/ledger`);
  expect(today).toMatchObject({ code: 0, answer: { ok: true, today: 7, log: { size: 4 } } });
});

it("says which fact of a receipt is not the log's", async () => {
  const receipt = JSON.parse((await visitor(made).get(`${link}/receipt`)).text);
  receipt.facts[2].fact.data.lead = "330903-another";
  writeFileSync(file("spoilt.json"), JSON.stringify(receipt));
  const { code, out } = await run("verify", "receipt", file("spoilt.json"));
  expect(code).toBe(1);
  expect(out).toContain('WRONG: "dispatched" (entry 2)');
});

it("checks the whole log against the database, and names what somebody changed", async () => {
  expect(await json("verify", "log", "--kept", file("first"))).toMatchObject({
    code: 0,
    answer: { ok: true, entries: 7, cases: 4 },
  });
  await owner.query(
    'update case_events set data = \'{"lead":"330903-another","assist":[]}\' where type = \'dispatched\'',
  );
  const { code, out } = await run("verify", "log");
  expect(code).toBe(1);
  expect(out).toContain('lead was "330903-publicWorks" and is now "330903-another"');
  await owner.query(
    'update case_events set data = \'{"lead":"330903-publicWorks","assist":[]}\' where type = \'dispatched\'',
  );
});

it("sees by a checkpoint kept elsewhere that the log was made anew", async () => {
  const { key, secret } = await logKey(made.house);
  const text = checkpointText({ origin: key.name, size: 4, root: new Uint8Array(32).fill(5) });
  writeFileSync(file("other"), formatNote({ text, signatures: [await signNote(text, key, secret)] }));
  expect(await json("verify", "log", "--kept", file("other"))).toMatchObject({
    code: 1,
    answer: { found: [{ code: "rewritten", size: 4 }] },
  });
  expect(await json("verify", "checkpoints", file("first"), `${base}/ledger`)).toMatchObject({
    code: 0,
    answer: { ok: true, older: 4, newer: 7 },
  });
  const forked = await run("verify", "checkpoints", file("other"), `${base}/ledger`);
  expect(forked.code).toBe(1);
  expect(forked.out).toContain("history was changed");
});

it("witnesses a log: answers those that ask, follows those it asks, and never cosigns another history", async () => {
  const { promise: url, resolve: ready } = Promise.withResolvers<string>();
  const words = [
    "witness",
    "--name",
    "library.example/w1",
    "--folder",
    file("w1"),
    "--follow",
    `${base}/ledger`,
    "--port",
    "0",
    "--json",
  ];
  const { child, ended } = start(words, (out) => out.includes('"ready"') && ready(JSON.parse(out.split("\n")[0]!).url));
  const address = await url;
  const hash = (await import("node:crypto"))
    .createHash("sha256")
    .update((await logKey(made.house)).key.name)
    .digest("hex");
  let kept = await fetch(`${address}/${hash}/checkpoint`);
  for (let tries = 0; kept.status !== 200 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    kept = await fetch(`${address}/${hash}/checkpoint`);
  }
  writeFileSync(file("cosigned"), await kept.text());
  const ask = async (body: string) => {
    const answer = await fetch(`${address}/add-checkpoint`, { method: "POST", body });
    return [answer.status, answer.headers.get("content-type"), await answer.text()];
  };
  expect(await ask(`old 0\n\n${(await visitor(made).get("/ledger/checkpoint")).text}`)).toEqual([
    409,
    "text/x.tlog.size",
    "7\n",
  ]);
  expect((await ask("old"))[0]).toBe(400);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);

  expect(await json("verify", "log", "--kept", file("cosigned"))).toMatchObject({ code: 0 });
  await more();
  const once = [
    "witness",
    "--name",
    "library.example/w1",
    "--folder",
    file("w1"),
    "--follow",
    `${base}/ledger`,
    "--once",
  ];
  expect(await run(...once)).toMatchObject({ code: 0 });
  // Somebody makes the log anew from its second entry on, and signs for it with the log's own key.
  await owner.query(
    "update ledger_tiles set bytes = set_byte(bytes, 40, (get_byte(bytes, 40) + 1) % 256) where level = 0",
  );
  await more();
  const refused = await run(...once);
  expect(refused.code).toBe(1);
  expect(refused.out).toContain("does not continue");
});

it.each([
  [["verify"], "say what to check"],
  [["verify", "receipt"], "name one receipt file"],
  [["verify", "receipt", "/nowhere"], "there is no such file"],
  [["verify", "receipt", "package.json"], "not a receipt"],
  [["verify", "checkpoints", "package.json", "package.json"], "give --key"],
  [["verify", "log", "--key", "a+b+c"], "not a verifier key"],
  [["verify", "log", "--speed"], "speed"],
  [["witness"], "give --name"],
  [["witness", "--name", "w"], "name the logs"],
  [["witness", "--name", "a b", "--log", "k"], "no such file"],
  [["witness", "--name", "w", "--follow", "ftp://x"], "https://"],
])("refuses %j in one line", async (words, said) => {
  const { code, error } = await run(...words);
  expect([code, error.trim().split("\n").length]).toEqual([2, 1]);
  expect(error).toContain(said);
});
