import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { liveDemoCity, truthFile, type DemoTruth } from "../../../apps/server/src/features/demo/city.ts";
import { scanCity } from "../../../apps/server/src/features/insight/nightly.ts";
import { lastWholeDay, loadStreams } from "../../../apps/server/src/features/insight/streams.ts";
import { drainOutbox } from "../../../apps/server/src/features/outbox/drain.ts";
import { aReport, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
let truth: DemoTruth;

beforeAll(async () => {
  await liveDemoCity(made.house, "M", () => {}, { cases: 2500 });
  truth = JSON.parse(readFileSync(truthFile(made.house), "utf8")) as DemoTruth;
});

describe("early warning", () => {
  it("finds the surge that is going on, explains it, and says so once a day", async () => {
    const surge = truth.events.at(-1)!;
    const run = await scanCity(made.house);
    expect(run!.raised).toBeGreaterThan(0);
    expect(await scanCity(made.house)).toBeUndefined();
    const desk = await signedIn(made, "dispatch");
    const { body } = await desk.get("/api/insight/episodes");
    const found = body.episodes.find(
      (episode: { streamId: string; areaCodes: string[] }) =>
        surge.categoryIds[0]!.startsWith(episode.streamId) &&
        episode.areaCodes.some((code) => surge.gridCodes.includes(code)),
    );
    expect(found).toMatchObject({ state: "new", stream: { zh: expect.stringMatching(/^\p{Script=Han}+$/u) } });
    expect(found.observed).toBeGreaterThan(3 * found.expected);
    expect(found.drivers[0].observed).toBeGreaterThan(0);
    const page = await desk.get(`/api/insight/episodes/${found.id}`);
    expect(page.body.cases.length).toBeGreaterThan(2);
    expect(JSON.stringify(page.body)).not.toContain("phone");
  });

  it("goes on over days without raising the same thing again, until cases join", async () => {
    // What came in after the last whole day joins on the first day more, and nothing after that.
    made.clock.now += 86_400_000;
    await scanCity(made.house);
    const before = await made.house.db.selectFrom("episodes").select(["id", "raised_on"]).execute();
    made.clock.now += 86_400_000;
    const run = await scanCity(made.house);
    const after = await made.house.db.selectFrom("episodes").select(["id", "state", "raised_on"]).execute();
    for (const { id } of before) expect(after.map((row) => row.id)).toContain(id);
    const again = after.filter((row) => row.raised_on === run!.day).map((row) => row.id);
    expect(again.filter((id) => before.some((row) => row.id === id))).toEqual([]);
    made.clock.now -= 2 * 86_400_000;
  });

  it("keeps what somebody decided, and lets only those decide whose work it is", async () => {
    const desk = await signedIn(made, "dispatch");
    const { body } = await desk.get("/api/insight/episodes");
    const path = `/api/insight/episodes/${body.episodes[0].id}/decision`;
    const decision = { outcome: "real", note: "水管爆裂，水务公司抢修", ownerUnit: "330903-waterCompany" };
    expect((await desk.send("PUT", path, decision)).body.episode).toMatchObject({ outcome: "real" });
    expect((await desk.send("PUT", path, { ...decision, ownerUnit: "nobody" })).status).toBe(422);
    const checker = await signedIn(made, "checker");
    expect((await checker.send("PUT", path, decision)).status).toBe(403);
    const unit = await signedIn(made, "330903-publicWorks");
    expect((await unit.get("/api/insight/episodes")).status).toBe(403);
    const admin = await signedIn(made, "admin");
    expect((await admin.send("PUT", "/api/insight/budget", { perMonth: 2 })).body).toEqual({ budget: 2 });
    expect((await admin.send("PUT", "/api/insight/budget", { perMonth: 0 })).status).toBe(400);
    const seen = await admin.get(`/api/insight/episodes/${body.episodes[0].id}`);
    expect(seen.body.cases).toEqual([]);
  });

  it("replays the city's own history against what really happened", async () => {
    const desk = await signedIn(made, "dispatch");
    expect((await desk.send("POST", "/api/insight/replay", { days: 30, budget: 4 })).status).toBe(202);
    await expect
      .poll(async () => (await desk.get("/api/insight/replay")).body.running, { timeout: 50_000, interval: 500 })
      .toBeUndefined();
    const { last } = (await desk.get("/api/insight/replay")).body;
    expect(last.events.length).toBeGreaterThan(0);
    const found = last.events.filter((event: { foundOn?: string }) => event.foundOn);
    expect(found.length / last.events.length).toBeGreaterThanOrEqual(0.5);
    for (const event of found) expect(event.delayDays).toBeLessThanOrEqual(7);
    expect(last.falsePerMonth).toBeLessThanOrEqual(8);
  });

  it("compares periods with honest intervals", async () => {
    const desk = await signedIn(made, "dispatch");
    const { body } = await desk.get("/api/insight/comparison?days=14");
    expect(body.areas).toHaveLength(4);
    expect(body.trend.length).toBeGreaterThan(20);
    for (const { last } of [...body.areas, ...body.categories])
      expect(last.verdict === "tooFew" ? last.ratio : last.interval).toEqual(
        last.verdict === "tooFew" ? undefined : [expect.any(Number), expect.any(Number)],
      );
    expect((await desk.get("/api/insight/comparison?within=000000000000")).status).toBe(422);
  });

  it("is never given a name, a number or a word of what people wrote", async () => {
    const report = aReport({ text: "独一无二的句子在这里" });
    await visitor(made).send("POST", "/api/cases", report);
    while (await drainOutbox(made.house)) continue;
    const day = lastWholeDay(made.clock.now) + 1;
    const { places, streams } = await loadStreams(made.house, day, 0);
    expect(places.every((place) => Object.keys(place).sort().join() === "id,x,y" && /^\d{12,18}$/.test(place.id))).toBe(
      true,
    );
    for (const { id, columns } of streams) {
      expect(id).toMatch(/^[A-Za-z]+(\.[A-Za-z]+)?$/);
      expect(Object.values(columns).every((column) => column instanceof Int32Array)).toBe(true);
    }
  });
});
