import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { liveDemoCity, truthFile, type DemoTruth } from "../../../apps/server/src/features/demo/city.ts";
import { askForScan, nightlyScan } from "../../../apps/server/src/features/insight/scanJobs.ts";
import { jobKinds } from "../../../apps/server/src/features/jobs.ts";
import { ask, claim } from "../../../apps/server/src/platform/jobs/queue.ts";
import { workOff, workOnce } from "../../../apps/server/src/platform/jobs/work.ts";
import { signedIn, useHouse } from "../../support/house.ts";

const made = useHouse();
let truth: DemoTruth;
const day = 86_400_000;

/** The night's scan, as the clock asks for it. */
async function night(): Promise<void> {
  await ask(made.house, nightlyScan(made.house), made.clock.now);
  await workOff(made.house, jobKinds);
}
const episodes = () =>
  made.house.db.selectFrom("episodes").select(["id", "state", "raised_on", "finding"]).orderBy("id").execute();

beforeAll(async () => {
  await liveDemoCity(made.house, "M", () => {}, { cases: 2500 });
  truth = JSON.parse(readFileSync(truthFile(made.house), "utf8")) as DemoTruth;
  await night();
});

describe("early warning", () => {
  it("finds the surge that is going on and explains it: where, how much, how rare, what drives it, what came second", async () => {
    const surge = truth.events.at(-1)!;
    const desk = await signedIn(made, "dispatch");
    const { body } = await desk.get("/api/insight/episodes");
    expect(body.lastRun).toMatchObject({ day: "2026-11-22", looks: { where: expect.any(Number) } });
    expect(body.history).toMatchObject({ where: "ready", howMuch: "c2" });
    const found = body.episodes.find(
      (episode: { streamId: string; areas: { code: string }[] }) =>
        surge.categoryIds[0]!.startsWith(episode.streamId) &&
        episode.areas.some(({ code }) => surge.gridCodes.includes(code)),
    );
    expect(found).toMatchObject({ state: "new", stream: { zh: expect.stringMatching(/^\p{Script=Han}+$/u) } });
    expect(found.observed).toBeGreaterThan(3 * found.expected);
    expect(found.rarity).toBeGreaterThan(7);
    expect(found.drivers[0].observed).toBeGreaterThan(0);
    const page = await desk.get(`/api/insight/episodes/${found.id}`);
    expect(page.body.cases.length).toBeGreaterThan(2);
    expect(page.body.days).toHaveLength(56);
    expect(page.body.history[0]).toMatchObject({ type: "alarmRaised" });
  });

  it("is done once a night, however many servers ask; asked for again it changes nothing that is the same", async () => {
    const before = await episodes();
    await night();
    expect(await episodes()).toEqual(before);
    await askForScan(made.house);
    await workOff(made.house, jobKinds);
    expect(await episodes()).toEqual(before);
  });

  it("survives a worker that is killed in the middle: another does the part again, and the night ends the same", async () => {
    const before = await episodes();
    await askForScan(made.house);
    expect(await workOnce(made.house, jobKinds)).toBe(true);
    const dead = await claim(made.house, ["insightPart"], "dead", 0, made.clock.now);
    expect(dead).toMatchObject({ kind: "insightPart", tries: 1 });
    await workOff(made.house, jobKinds);
    const done = await made.house.db.selectFrom("jobs").select(["state", "tries"]).where("id", "=", dead!.id).execute();
    expect(done).toEqual([{ state: "done", tries: 2 }]);
    expect(await episodes()).toEqual(before);
  });

  it("goes on over days without raising the same thing again, until a case joins", async () => {
    // What came in after the last whole day joins on the first day more, and nothing after that.
    made.clock.now += day;
    await night();
    const before = await episodes();
    made.clock.now += day;
    await night();
    const after = await episodes();
    for (const { id } of before) expect(after.map((row) => row.id)).toContain(id);
    const raised = after.filter((row) => row.raised_on === "2026-11-24").map((row) => row.id);
    expect(raised.filter((id) => before.some((row) => row.id === id))).toEqual([]);
    made.clock.now -= 2 * day;
  });

  it("keeps what somebody decided, once for each command, and only from those whose work it is", async () => {
    const desk = await signedIn(made, "dispatch");
    const { body } = await desk.get("/api/insight/episodes");
    const path = `/api/insight/episodes/${body.episodes[0].id}/decision`;
    const decision = {
      id: randomUUID(),
      outcome: "real",
      note: "水管爆裂，水务公司抢修",
      ownerUnit: "330903-waterCompany",
    };
    for (let times = 0; times < 2; times++)
      expect((await desk.send("PUT", path, decision)).body.episode).toMatchObject({ outcome: "real" });
    expect((await desk.send("PUT", path, { ...decision, outcome: "false" })).status).toBe(409);
    expect((await desk.send("PUT", path, { ...decision, id: randomUUID(), ownerUnit: "nobody" })).status).toBe(422);
    const { history } = (await desk.get(path.replace("/decision", ""))).body;
    expect(history.filter((event: { type: string }) => event.type === "alarmDecided")).toHaveLength(1);
    expect((await desk.get("/api/insight/episodes")).body.record).toMatchObject({ real: 1 });
    const checker = await signedIn(made, "checker");
    expect((await checker.send("PUT", path, { ...decision, id: randomUUID() })).status).toBe(403);
    const unit = await signedIn(made, "330903-publicWorks");
    expect((await unit.get("/api/insight/episodes")).status).toBe(403);
    const admin = await signedIn(made, "admin");
    expect((await admin.get(path.replace("/decision", ""))).body.cases).toEqual([]);
  });
});

describe("the alarm budget", () => {
  it("is tried on the city's own past before it is saved, and judged by what really happened", async () => {
    const desk = await signedIn(made, "dispatch");
    expect((await desk.get("/api/insight/budget")).body.replayed).toBeUndefined();
    expect((await desk.send("POST", "/api/insight/replay", { days: 30 })).status).toBe(202);
    expect((await desk.get("/api/insight/replay")).body.running).toBeDefined();
    await workOff(made.house, jobKinds);
    const { running, last } = (await desk.get("/api/insight/replay")).body;
    expect(running).toBeUndefined();
    expect(last.days).toBe(30);
    const usual = last.budgets.find((each: { judgement: { perMonth: number } }) => each.judgement.perMonth === 4);
    expect(usual.judgement.found / usual.judgement.happenings).toBeGreaterThanOrEqual(0.5);
    expect(usual.judgement.meanDelay).toBeLessThanOrEqual(7);
    expect(usual.judgement.falsePerMonth).toBeLessThanOrEqual(8);
    const { replayed } = (await desk.get("/api/insight/budget")).body;
    const alarms = replayed.budgets.map((each: { alarms: number }) => each.alarms);
    expect(alarms).toEqual(alarms.toSorted((a: number, b: number) => a - b));
    const table = await desk.get("/api/insight/replay.csv");
    expect(table.text.split("\r\n")[0]).toContain("budget_a_month,opened");
  });

  it("is the administrator's to set", async () => {
    const admin = await signedIn(made, "admin");
    const budget = { id: randomUUID(), perMonth: 2 };
    expect((await admin.send("PUT", "/api/insight/budget", budget)).body).toEqual({ budget: 2 });
    expect((await admin.send("PUT", "/api/insight/budget", { ...budget, perMonth: 0 })).status).toBe(400);
    const desk = await signedIn(made, "dispatch");
    expect((await desk.send("PUT", "/api/insight/budget", { id: randomUUID(), perMonth: 9 })).status).toBe(403);
    const { options } = (await desk.get("/api/insight/budget")).body;
    const closer = { ...options, weekdays: true, minCases: 5, bridges: [["330903001009001", "330902002001001"]] };
    expect(
      (await admin.send("PUT", "/api/insight/options", { id: randomUUID(), options: closer })).body.options,
    ).toEqual(closer);
    const tooFew = { ...options, minCases: 2 };
    expect((await admin.send("PUT", "/api/insight/options", { id: randomUUID(), options: tooFew })).status).toBe(400);
    // The next night scans as it was told.
    made.clock.now += 3 * day;
    await night();
    expect((await admin.get("/api/insight/episodes")).body.lastRun.day).toBe("2026-11-25");
    made.clock.now -= 3 * day;
  });
});
