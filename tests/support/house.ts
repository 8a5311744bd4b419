import { mkdtempSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { readConfig, type Config } from "../../apps/server/src/platform/config/config.ts";
import { connect } from "../../apps/server/src/platform/db/database.ts";
import { embeddedAddress } from "../../apps/server/src/platform/db/pool.ts";
import type { House } from "../../apps/server/src/platform/house.ts";
import type { App } from "../../apps/server/src/platform/http/app.ts";
import type { ClassifiedRoute } from "../../apps/server/src/platform/http/access.ts";
import { memoryNotifier } from "../../apps/server/src/platform/notify/notifier.ts";
import { openHouse } from "../../apps/server/src/serve.ts";

/** A house of its own for a test file: own database, own clock, messages kept in memory. */
export type TestHouse = {
  app: App;
  house: House;
  routes: ClassifiedRoute[];
  notifier: ReturnType<typeof memoryNotifier>;
  clock: { now: number };
  owner: pg.PoolConfig;
};

/** Monday 23 November 2026, 10:00 in Zhoushan. */
export const monday = Date.parse("2026-11-23T02:00:00Z");

export function useHouse(change: Partial<Config> = {}): TestHouse {
  const made = {} as TestHouse;
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  let folder = "";
  let admin: pg.Client;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "linge-test-"));
    const socketFolder = inject("socketFolder");
    admin = new pg.Client(embeddedAddress(socketFolder, "postgres").owner);
    await admin.connect();
    await admin.query(`create database ${database} template linge_template`);
    const config = { ...readConfig({ LINGE_DATA: folder }), requestsPerMinute: 1_000_000, ...change };
    const address = embeddedAddress(socketFolder, database);
    const clock = { now: monday };
    const notifier = memoryNotifier();
    const opened = connect(address, config.city.code, 4);
    Object.assign(made, await openHouse(opened, config, { clock: () => clock.now, notifier }), {
      notifier,
      clock,
      owner: address.owner,
    });
  });
  afterAll(async () => {
    await made.app?.close();
    await made.house?.close();
    await admin.query(`drop database if exists ${database} with (force)`);
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
  });
  return made;
}

export type Person = {
  get(url: string): Promise<Answer>;
  send(method: "POST" | "PUT" | "DELETE", url: string, body?: unknown): Promise<Answer>;
  cookie: string;
  csrf: string;
};
// Answers are read field by field in expectations; their shapes are what the tests check.
export type Answer = {
  status: number;
  body: any;
  text: string;
  raw: Buffer;
  headers: Record<string, unknown>;
};

let addresses = 0;

/** Somebody at a browser of his own. */
export function visitor(made: TestHouse, cookie = "", csrf = ""): Person {
  const remoteAddress = `10.0.${(addresses += 1) >> 8}.${addresses & 255}`;
  const call = async (method: string, url: string, body?: unknown): Promise<Answer> => {
    const headers: Record<string, string> = {
      ...(cookie && { cookie }),
      ...(csrf && { "x-linge-csrf": csrf }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const response = await made.app.inject({
      method: method as "GET",
      url,
      headers,
      remoteAddress,
      payload: body === undefined ? undefined : JSON.stringify(body),
    });
    const json = /[/+]json/.test(String(response.headers["content-type"]));
    return {
      status: response.statusCode,
      body: json ? response.json() : undefined,
      text: response.body,
      raw: response.rawPayload,
      headers: response.headers,
    };
  };
  return { cookie, csrf, get: (url) => call("GET", url), send: (method, url, body) => call(method, url, body) };
}

/** Somebody of the demo staff, signed in. */
export async function signedIn(made: TestHouse, login: string): Promise<Person> {
  const answer = await visitor(made).send("POST", "/api/session", { login, password: demoPassword });
  const cookie = String([answer.headers["set-cookie"]].flat()[0]).split(";")[0]!;
  return visitor(made, cookie, answer.body.csrf);
}

/** A report as a client sends it. */
export function aReport(change: object = {}) {
  return {
    id: randomUUID(),
    caseId: randomUUID(),
    kind: "help",
    categoryId: "facilities.streetLights",
    text: "滨港路的路灯灭了三天",
    place: { lon: 122.3, lat: 29.95, name: "沈家门" },
    reporter: { name: "王阿姨", phone: "13800001234", wantsContact: true },
    ...change,
  };
}

/** Files a case and brings it to a unit, by the people whose work that is. */
export async function dispatched(
  made: TestHouse,
  unit = "330903-publicWorks",
): Promise<{ id: string; link: string; number: string }> {
  const reported = await visitor(made).send("POST", "/api/cases", aReport());
  const desk = await signedIn(made, "dispatch");
  await give(desk, reported.body.id, { type: "file" });
  await give(desk, reported.body.id, { type: "dispatch", lead: unit, assist: [] });
  return reported.body;
}

export function give(person: Person, caseId: string, command: object): Promise<Answer> {
  return person.send("POST", `/api/cases/${caseId}/commands`, { id: randomUUID(), ...command });
}
