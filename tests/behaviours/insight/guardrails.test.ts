import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { countSeparateReports } from "../../../apps/server/src/features/figures/separate.ts";
import { spaceOf } from "../../../apps/server/src/features/insight/places.ts";
import { reportsDue } from "../../../apps/server/src/features/insight/reports.ts";
import { askForReplay, askForScan } from "../../../apps/server/src/features/insight/scanJobs.ts";
import { loadStreams } from "../../../apps/server/src/features/insight/streams.ts";
import { drainOutbox } from "../../../apps/server/src/features/outbox/drain.ts";
import { jobKinds } from "../../../apps/server/src/features/jobs.ts";
import { ask } from "../../../apps/server/src/platform/jobs/queue.ts";
import { workOff } from "../../../apps/server/src/platform/jobs/work.ts";
import { usualOptions } from "@linge/domain/insight/options.ts";
import { aReport, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const day = 86_400_000;
const planted = { name: "欧阳植入", phone: "13912345678", text: "独一无二的句子在这里" };
const categoryId = "facilities.waterSupply";

let voices = 10_000_000;

async function reports(
  count: number,
  place: { lon: number; lat: number },
  phone?: (i: number) => string,
): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const reporter = {
      name: planted.name,
      phone: phone?.(i) ?? (i === 0 ? planted.phone : `139${(voices += 1)}`),
      wantsContact: true,
    };
    const report = aReport({ categoryId, text: planted.text, place: { ...place, name: planted.text }, reporter });
    ids.push((await visitor(made).send("POST", "/api/cases", report)).body.id);
  }
  while (await drainOutbox(made.house)) continue;
  return ids;
}
const here = { lon: 122.3, lat: 29.95 };
const elsewhere = [
  { lon: 122.1, lat: 30.02 },
  { lon: 122.2, lat: 30.25 },
];

beforeAll(async () => {
  const now = made.clock.now;
  // Sixty quiet days, then a burst in one place.
  for (let i = 0; i < 10; i++) {
    made.clock.now = now - (60 - 5 * i) * day;
    for (const place of [...elsewhere, here]) await reports(1, place, () => `139${(voices += 1)}`);
  }
  made.clock.now = now - day;
  // One of them is the planted one.
  await reports(17, here);
  made.clock.now = now;
  await askForScan(made.house);
  await askForReplay(made.house, 10);
  await ask(made.house, await reportsDue(made.house), now);
  await workOff(made.house, jobKinds);
});

describe("the scanner", () => {
  it("is given places, days and counts: no field of its input can hold a person or words", async () => {
    const space = spaceOf(made.house, usualOptions);
    const indexOf = new Map(space.places.map(({ id }, i) => [id, i]));
    const today = Math.floor(made.clock.now / day);
    const streams = await loadStreams(made.house, [categoryId], indexOf, today - 90, today);
    expect(streams.map(({ id }) => id)).toEqual(["facilities", categoryId]);
    for (const { id, ...columns } of streams) {
      expect(id).toMatch(/^[A-Za-z]+(\.[A-Za-z]+)?$/);
      expect(Object.values(columns).every((column) => column instanceof Int32Array)).toBe(true);
    }
    for (const place of space.places) {
      expect(Object.keys(place).sort()).toEqual(["id", "x", "y"]);
      expect(place.id).toMatch(/^\d{12,18}$/);
    }
  });

  it("reads the aggregate and nothing else", () => {
    const folder = join(import.meta.dirname, "../../../apps/server/src/features/insight");
    const scanning = [
      "streams.ts",
      "places.ts",
      "where.ts",
      "howMuch.ts",
      "scanDays.ts",
      "scanWorker.ts",
      "scanJobs.ts",
    ];
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(scanning));
    const tables = scanning.flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/\b(?:from|join)\s+([a-z_]+)\s+(?:where|join|order|group)/g),
    ]);
    expect(new Set(tables.map((match) => match[1]))).toEqual(new Set(["case_days", "jobs"]));
  });
});

describe("what comes out", () => {
  it("shows nobody's name, number or words: not in alarms, cases, replays, reports, tables or the database", async () => {
    const desk = await signedIn(made, "dispatch");
    const { body } = await desk.get("/api/insight/episodes");
    const alarm = body.episodes.find(({ streamId }: { streamId: string }) => categoryId.startsWith(streamId));
    expect(alarm.observed).toBeGreaterThanOrEqual(9);
    const page = await desk.get(`/api/insight/episodes/${alarm.id}`);
    expect(page.body.cases.length).toBeGreaterThanOrEqual(9);
    expect(Object.keys(page.body.cases[0]).sort()).toEqual(
      ["areaName", "categoryId", "id", "light", "number", "reportedAt", "state"].sort(),
    );
    const { reports: written } = (await desk.get("/api/insight/reports")).body;
    const answers = await Promise.all(
      [
        "/api/insight/episodes",
        `/api/insight/episodes/${alarm.id}`,
        "/api/insight/episodes.csv",
        "/api/insight/replay",
        "/api/insight/replay.csv",
        "/api/insight/budget",
        "/api/insight/comparison",
        "/api/insight/comparison.csv",
        ...written.flatMap(({ id }: { id: string }) => [
          `/api/insight/reports/${id}`,
          `/api/insight/reports/${id}/table.csv`,
        ]),
      ].map((url) => desk.get(url)),
    );
    const kept = await made.house.pool.query(
      "select (select json_agg(e) from episodes e)::text || (select json_agg(s) from insight_scans s)::text || (select json_agg(v) from insight_events v)::text as all",
    );
    for (const { status } of answers) expect(status).toBe(200);
    for (const text of [...answers.map(({ text: each }) => each), kept.rows[0].all as string])
      for (const word of Object.values(planted)) expect(text).not.toContain(word);
  });

  it("has a least number of reports that no administrator can set to one household's", async () => {
    const admin = await signedIn(made, "admin");
    const { options } = (await admin.get("/api/insight/budget")).body;
    const command = { id: randomUUID(), options: { ...options, minCases: 1 } };
    expect((await admin.send("PUT", "/api/insight/options", command)).status).toBe(400);
  });
});

describe("before counting", () => {
  const separate = async (): Promise<number> => {
    const today = new Date(made.clock.now + day / 3).toISOString().slice(0, 10);
    await countSeparateReports(made.house, today, today);
    const found = await made.house.pool.query(
      "select coalesce(sum(separate), 0)::int as n from case_days where category_id = $1 and day = $2",
      [categoryId, today],
    );
    return found.rows[0].n;
  };

  it("one voice is one report, a duplicate none of its own, and a withdrawn one none", async () => {
    made.clock.now += 30 * day;
    await reports(3, here, () => "13700000000");
    expect(await separate()).toBe(1);
    const [first, second] = await reports(2, here, (i) => `1360000000${i}`);
    expect(await separate()).toBe(3);
    const desk = await signedIn(made, "dispatch");
    for (const id of [first!, second!]) await give(desk, id, { type: "file" });
    const merged = await give(desk, second!, { type: "mergeInto", parentId: first, reason: "同一根水管" });
    expect(merged.status).toBe(200);
    expect(await separate()).toBe(2);
    const [mistaken] = await reports(1, here, () => "13500000000");
    expect(await separate()).toBe(3);
    expect((await give(desk, mistaken!, { type: "void", reason: "录错了" })).status).toBe(200);
    expect(await separate()).toBe(2);
    made.clock.now -= 30 * day;
  });

  it("the same person is heard again after a fortnight", async () => {
    made.clock.now += 60 * day;
    await reports(1, here, () => "13700000000");
    expect(await separate()).toBe(1);
    made.clock.now += 10 * day;
    await reports(1, here, () => "13700000000");
    expect(await separate()).toBe(0);
    made.clock.now -= 70 * day;
  });
});
