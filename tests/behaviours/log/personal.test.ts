import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildApp, type App } from "../../../apps/server/src/platform/http/app.ts";
import { logOptions } from "../../../apps/server/src/platform/log/options.ts";
import { aReport, useHouse } from "../../support/house.ts";

const made = useHouse();
const phone = "13812349876";
const secrets = [phone, "王秀英", "滨港路二十一号", "不能让人知道的话", "x".repeat(43), "203.0.113.7"];
const lines: string[] = [];
let app: App;

beforeAll(async () => {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().trim().split("\n"));
      done();
    },
  });
  const failing = {
    write: () =>
      Promise.reject(
        Object.assign(new Error(`invalid input syntax: "${phone}"`), {
          code: "22P02",
          severity: "ERROR",
          detail: `Failing row contains (王秀英, ${phone}).`,
          where: "滨港路二十一号",
        }),
      ),
  };
  const logger = { ...logOptions({ LINGE_LOG: "trace" }), stream };
  ({ app } = await buildApp(made.house.config, (log) => ({ ...made.house, log, reports: failing }), logger));
});
afterAll(() => app.close());

it("holds nothing that people wrote or that leads to them, at any level and whatever goes wrong", async () => {
  const post = (url: string, body: unknown): Promise<{ statusCode: number }> =>
    app.inject({
      method: "POST",
      url,
      remoteAddress: "203.0.113.7",
      headers: { "content-type": "application/json", "user-agent": "不能让人知道的话" },
      payload: typeof body === "string" ? body : JSON.stringify(body),
    });
  const report = aReport({
    text: "不能让人知道的话",
    place: { name: "滨港路二十一号" },
    reporter: { name: "王秀英", phone, wantsContact: true },
  });
  const statuses = [
    await post("/api/cases", report),
    await post("/api/cases", { ...report, reporter: { name: "王秀英", phone: 1 } }),
    await post("/api/cases", `{"phone":"${phone}"`),
    await post("/api/session", { login: "王秀英", password: "不能让人知道的话" }),
    await post("/api/resident-code", { phone }),
    await post("/api/resident-session", { phone, code: "000000" }),
    await app.inject({ url: `/api/public/cases?q=${phone}`, remoteAddress: "203.0.113.7" }),
    await app.inject({ url: `/f/${"x".repeat(43)}` }),
    await app.inject({ url: `/${phone}` }),
    await app.inject({ url: `/api/cases/${randomUUID()}` }),
  ].map(({ statusCode }) => statusCode);
  expect(statuses).toEqual([500, 400, 400, 401, 202, 401, 200, 404, 404, 401]);
  const log = lines.join("\n");
  for (const secret of secrets) expect(log, secret).not.toContain(secret);
});

it("names the request, its route and how it ended, so that an operator can follow what a person reports", async () => {
  const answer = await app.inject({ url: "/api/public/cases/none" });
  const id = answer.json().error.requestId as string;
  const own = lines.map((line) => JSON.parse(line) as Record<string, never>).filter(({ reqId }) => reqId === id);
  expect(own).toMatchObject([
    { req: { method: "GET", route: "/api/public/cases/:number" } },
    { res: { status: 404 }, responseTime: expect.any(Number) },
  ]);
  const failed = lines.map((line) => JSON.parse(line) as Record<string, { code?: string; stack?: string }>);
  expect(failed.find(({ err }) => err)?.err).toMatchObject({ code: "22P02", stack: expect.stringContaining("at ") });
});
