import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { reportJob, reportsDue } from "../../../apps/server/src/features/insight/reports.ts";
import { ask } from "../../../apps/server/src/platform/jobs/queue.ts";
import { workOff } from "../../../apps/server/src/platform/jobs/work.ts";
import { signedIn, useHouse, type Person } from "../../support/house.ts";

const made = useHouse();
let desk: Person;
let admin: Person;

async function write(): Promise<void> {
  await ask(made.house, await reportsDue(made.house), made.clock.now);
  await workOff(made.house, [reportJob]);
}

beforeAll(async () => {
  await liveDemoCity(made.house, "M", () => {}, { cases: 900 });
  desk = await signedIn(made, "dispatch");
  admin = await signedIn(made, "admin");
});

describe("comparison", () => {
  it("sets a period beside the last one, by area and category, with intervals where numbers allow a word", async () => {
    const { body } = await desk.get("/api/insight/comparison?days=28");
    expect(body).toMatchObject({ first: "2026-10-26", last: "2026-11-22", days: 28, seasonKnown: false });
    expect(body.areas).toHaveLength(4);
    expect(body.trend).toHaveLength(28);
    const sum = (key: "now" | "before"): number =>
      body.areas.reduce((total: number, { last }: { last: Record<string, number> }) => total + last[key]!, 0);
    expect(sum("now")).toBe(body.total.last.now);
    expect(body.trend.reduce((total: number, { now }: { now: number }) => total + now, 0)).toBe(sum("now"));
    for (const { last } of [...body.areas, ...body.families, ...body.categories])
      if (last.verdict === "tooFew") expect(last.ratio).toBeUndefined();
      else expect(last.interval).toHaveLength(2);
    const crossed = body.crossings.reduce((total: number, { now }: { now: number }) => total + now, 0);
    expect(crossed).toBe(sum("now"));
    expect((await desk.get("/api/insight/comparison?within=000000000000")).status).toBe(422);
  });

  it("knows rates where residents were counted, and says where they were not", async () => {
    const rates = async () =>
      (await desk.get("/api/insight/comparison")).body.areas.map(({ rate }: { rate: { kind: string } }) => rate.kind);
    expect(await rates()).toEqual(["rate", "rate", "unknownResidents", "unknownResidents"]);
    const residents = [
      { areaCode: "330921000000", residents: 300, source: "试填" },
      { areaCode: "330922000000", residents: 67_000, source: "试填" },
    ];
    const put = await admin.send("PUT", "/api/insight/residents", { id: randomUUID(), residents });
    expect(put.body.residents).toEqual(residents);
    expect((await rates()).slice(2)).toEqual(["fewResidents", expect.stringMatching(/rate|fewCases/)]);
    const unknown = [{ areaCode: "110000000000", residents: 1, source: "x" }];
    expect((await admin.send("PUT", "/api/insight/residents", { id: randomUUID(), residents: unknown })).status).toBe(
      422,
    );
  });

  it("leaves as a table that no spreadsheet takes for a formula", async () => {
    const table = await desk.get("/api/insight/comparison.csv?days=14");
    expect(table.headers["content-type"]).toContain("text/csv");
    const lines = table.text.trim().split("\r\n");
    expect(lines[0]).toContain("kind,id,zh,en,now,before");
    expect(lines[1]).toMatch(/^total,330900000000,舟山市,/);
    expect(lines.slice(1).every((line) => line.split(",").length === 13)).toBe(true);
  });
});

describe("scheduled reports", () => {
  it("are written when due, once each, and stay as they were written", async () => {
    await write();
    const { reports } = (await desk.get("/api/insight/reports")).body;
    expect(reports.map(({ kind, first, last }: Record<string, string>) => [kind, first, last])).toEqual([
      ["monthly", "2026-10-01", "2026-10-31"],
      ["weekly", "2026-11-16", "2026-11-22"],
    ]);
    await write();
    expect((await desk.get("/api/insight/reports")).body.reports).toEqual(reports);
    const report = (await desk.get(`/api/insight/reports/${reports[1].id}`)).body;
    expect(report.document.summary).toMatchObject({ first: "2026-11-16", last: "2026-11-22", days: 7 });
    expect(report.document.names["330903000000"]).toEqual({ zh: "普陀区", en: expect.any(String) });
    const table = await desk.get(`/api/insight/reports/${reports[1].id}/table.csv`);
    expect(table.text).toContain("普陀区");
    expect((await desk.get(`/api/insight/reports/${randomUUID()}`)).status).toBe(404);
  });

  it("come when the administrator wants them", async () => {
    const schedule = { weekly: { weekday: 3 }, monthly: null };
    expect((await desk.send("PUT", "/api/insight/schedule", { id: randomUUID(), schedule })).status).toBe(403);
    expect((await admin.send("PUT", "/api/insight/schedule", { id: randomUUID(), schedule })).body).toEqual({
      schedule,
    });
    expect((await reportsDue(made.house)).map(({ key }) => key)).toEqual(["weekly 2026-11-09"]);
  });
});
