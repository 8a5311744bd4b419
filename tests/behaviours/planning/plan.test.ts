import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { takeEffect } from "../../../apps/server/src/features/planning/keep.ts";
import { drainOutbox } from "../../../apps/server/src/features/outbox/drain.ts";
import { aReport, give, signedIn, useHouse, type Person } from "../../support/house.ts";

const made = useHouse();
const area = "330903001000";
const community = "330903001009";
const until = "2026-11-25";
const from = "2026-12-01";
let leader: Person;
let admin: Person;
let worker: Person;
let handler: Person;
let blocks: { code: string; community: string; workload: number; work: { cases: number; visits: number } }[];

beforeAll(async () => {
  await liveDemoCity(made.house, "S", () => {});
  [leader, admin, worker, handler] = await Promise.all([
    signedIn(made, "leader"),
    signedIn(made, "admin"),
    signedIn(made, "grid"),
    signedIn(made, "330903-publicWorks"),
  ]);
  // Seven reports in three grids of the community; one is answered at once and stays with the grid it was made in.
  const grids = made.house.territory.children(community).filter(({ geometry }) => geometry);
  for (let n = 0; n < 7; n++) {
    const { centre, code } = grids[n % 3]!;
    const report = aReport({ areaCode: code, place: { lon: centre![0], lat: centre![1], name: `墩头路 ${n} 号` } });
    expect((await worker.send("POST", "/api/cases", report)).status).toBe(201);
    if (n === 0) {
      const filing = await signedIn(made, "filing");
      await give(filing, report.caseId, { type: "decline", reason: "不归本市", channel: "12345" });
    }
  }
  while (await drainOutbox(made.house));
  // Of four visits two were made within half a year.
  for (const [state, day] of [
    ["visited", "2026-11-02"],
    ["visited", "2026-09-01"],
    ["visited", "2026-01-05"],
    ["due", null],
  ] as const)
    await made.house.db
      .insertInto("visits")
      .values({
        city_id: made.house.cityId,
        id: randomUUID(),
        area_code: `${community}001`,
        state,
        due_on: "2026-11-30",
        visited_on: day,
        conflicts: 0,
        document: "{}",
        version: 1,
        made_by: randomUUID(),
        updated_at: "2026-11-02T00:00:00Z",
      })
      .execute();
  blocks = (await leader.get(`/api/planning/today?area=${area}`)).body.blocks;
});

/** Today's plan, with the grids of one community joined. */
const joined = (of = community) =>
  Object.fromEntries(blocks.map(({ code }) => [code, code.startsWith(of) ? "one" : code]));
const send = (who: Person, path: string, body: object) =>
  who.send("POST", `/api/planning/${path}`, { id: randomUUID(), ...body });
async function drafted(name: string, assignment = joined()): Promise<string> {
  const kept = await send(leader, "plans", { area, name, assignment });
  expect(kept.status).toBe(201);
  return kept.body.id;
}
const stateOf = async (id: string): Promise<string> =>
  (await leader.get("/api/planning/plans")).body.plans.find((plan: { id: string }) => plan.id === id).state;

describe("loads of today", () => {
  it("are the reports of half a year, counted, and a round for every grid", async () => {
    const counted = await made.house.db
      .selectFrom("case_days")
      .select(({ fn }) => fn.sum<string>("reported").as("cases"))
      .where("area_code", "like", "330903001%")
      .where("day", ">", "2026-05-25")
      .executeTakeFirstOrThrow();
    const total = blocks.reduce((all, { work }) => all + work.cases, 0);
    expect(total).toBeCloseTo(Number(counted.cases), 6);
    expect(total).toBeGreaterThanOrEqual(7);
    for (const { workload, work } of blocks) expect(workload).toBe(work.cases + work.visits + 1);
    const visited = blocks.find(({ code }) => code === `${community}001`)!;
    expect(visited.work.visits).toBe(2);
  });

  it("are for those who keep the area, or a part of it", async () => {
    expect((await worker.get(`/api/planning/today?area=${area}`)).status).toBe(200);
    expect((await leader.get("/api/planning/today?area=330922001000")).status).toBe(403);
    expect((await handler.get(`/api/planning/today?area=${area}`)).status).toBe(403);
  });

  it("have households as the city counted them", async () => {
    const households = Object.fromEntries(blocks.map(({ code }, at) => [code, 100 + at]));
    const body = { id: randomUUID(), countedOn: "2026-11-01", households };
    expect((await leader.send("PUT", "/api/planning/households", body)).status).toBe(403);
    expect((await admin.send("PUT", "/api/planning/households", body)).body).toEqual({ kept: blocks.length });
    const counted = (await leader.get(`/api/planning/today?area=${area}`)).body.blocks;
    expect(counted.map(({ households: each }: { households: number }) => each)).toEqual(
      counted.map(({ code }: { code: string }) => households[code]),
    );
  });
});

describe("a plan", () => {
  it("is announced, commented on, answered, and decided for a day after the comments", async () => {
    const id = await drafted("墩头合一");
    expect((await send(worker, `plans/${id}/comments`, { text: "山那边不好走" })).status).toBe(404);
    expect((await send(admin, `plans/${id}/adopt`, { from })).body.error.code).toBe("planNotShared");
    expect((await send(leader, `plans/${id}/share`, { until: "2026-11-01" })).body.error.code).toBe(
      "commentDayOutOfRange",
    );
    expect((await send(leader, `plans/${id}/share`, { until })).body.state).toBe("shared");
    const comment = { id: randomUUID(), text: "山那边不好走" };
    for (let twice = 0; twice < 2; twice++)
      expect((await worker.send("POST", `/api/planning/plans/${id}/comments`, comment)).status).toBe(201);
    const [shown] = (await worker.get("/api/planning/plans")).body.plans;
    expect(shown.comments).toHaveLength(1);
    expect(shown.comments[0]).toMatchObject({ author: "网格员阿海", byResident: false, text: "山那边不好走" });
    expect((await send(leader, `plans/${id}/adopt`, { from })).status).toBe(403);
    expect((await send(admin, `plans/${id}/adopt`, { from: until })).body.error.code).toBe("planTooEarly");
    expect((await send(admin, `plans/${id}/adopt`, { from })).body.error.code).toBe("commentsUnanswered");
    const decided = await send(admin, `plans/${id}/adopt`, { from, answer: "山路一段由原网格员继续走" });
    expect(decided.body).toEqual({ state: "decided", adoptedFrom: from });
    expect((await send(worker, `plans/${id}/comments`, { text: "晚了" })).body.error.code).toBe("commentsClosed");
  });

  it("takes effect on its day and not before: successors, open work, keepers, history, a line in the public log", async () => {
    const id = (await leader.get("/api/planning/plans")).body.plans[0].id;
    const before = made.house.territory.children(community).filter((each) => each.geometry);
    const open = await made.house.db
      .selectFrom("cases")
      .select("id")
      .where("area_code", "like", `${community}%`)
      .where("state", "not in", ["closed", "followedUp", "archived", "declined", "redirected", "voided", "duplicate"])
      .execute();
    const past = await made.house.db
      .selectFrom("cases")
      .select(["id", "area_code"])
      .where("area_code", "like", `${community}%`)
      .where("state", "=", "declined")
      .execute();
    expect(open.length).toBeGreaterThanOrEqual(6);
    expect(past).toHaveLength(1);
    expect(await takeEffect(made.house)).toEqual([]);
    expect(made.house.territory.children(community)).toEqual(expect.arrayContaining(before));
    made.clock.now = Date.parse("2026-11-30T16:01:00Z");
    expect(await takeEffect(made.house)).toEqual([id]);
    expect(await stateOf(id)).toBe("adopted");

    const after = made.house.territory.children(community).filter((each) => each.geometry);
    expect(after).toHaveLength(1);
    expect(after[0]!.predecessors.toSorted()).toEqual(before.map((each) => each.id).toSorted());
    expect(before.map(({ code }) => code)).not.toContain(after[0]!.code);
    for (const { centre } of before)
      expect(made.house.territory.locate(centre![0], centre![1])!.code).toBe(after[0]!.code);
    for (const { id: each } of open) {
      const row = await made.house.db
        .selectFrom("cases")
        .select(["area_code", "grid_id"])
        .where("id", "=", each)
        .executeTakeFirst();
      expect(row).toEqual({ area_code: after[0]!.code, grid_id: after[0]!.id });
    }
    for (const { id: each, area_code } of past.slice(0, 5)) {
      const row = await made.house.db.selectFrom("cases").select("area_code").where("id", "=", each).executeTakeFirst();
      expect(row!.area_code).toBe(area_code);
    }
    expect(made.house.territory.former(past[0]!.area_code)!.names.zh).toMatch(/网格$/);
    const facts = await made.house.db
      .selectFrom("ledger_leaves")
      .select(["kind", "data"])
      .where("subject", "=", id)
      .orderBy("id")
      .execute();
    expect(facts.map(({ kind }) => kind)).toEqual(["gridPlan.shared", "gridPlan.decided", "gridPlan.adopted"]);
    expect(facts[2]!.data).toMatchObject({ from, cases: open.length, grids: [{ code: after[0]!.code }] });
  });

  it("hands over open work with a list that each worker confirms", async () => {
    const [handover] = (await worker.get("/api/planning/handovers")).body.handovers;
    expect(handover.cases.length).toBeGreaterThan(0);
    expect(handover.cases[0]).toMatchObject({
      number: expect.stringMatching(/^\w{4}-\w{4}$/),
      text: expect.any(String),
    });
    expect(handover.former.length).toBeGreaterThan(1);
    expect(handover.former[0].zh).toMatch(/网格$/);
    expect(handover.keepers).toEqual([{ name: "网格员阿海" }]);
    expect(handover.confirmed).toBe(false);
    const list = { plan: handover.plan, area: handover.area };
    expect((await send(worker, "handovers/confirm", list)).body).toEqual({ confirmed: true });
    const [again] = (await worker.get("/api/planning/handovers")).body.handovers;
    expect(again).toMatchObject({ confirmed: true, keepers: [{ confirmedAt: expect.any(String) }] });
    expect((await leader.get("/api/planning/handovers")).body.handovers[0].confirmed).toBe(false);
  });

  it("leaves its work to the grids that live on: loads do not begin again at nothing", async () => {
    const total = (all: typeof blocks) => all.reduce((sum, { work }) => sum + work.cases, 0);
    const now = (await leader.get(`/api/planning/today?area=${area}`)).body.blocks as typeof blocks;
    const share = (all: typeof blocks) => total(all.filter(({ code }) => code.startsWith(community)));
    expect(now.length).toBeLessThan(blocks.length);
    expect(share(now)).toBeGreaterThan(0.8 * share(blocks));
  });

  it("may be withdrawn before its day, with the reason for everybody", async () => {
    blocks = (await leader.get(`/api/planning/today?area=${area}`)).body.blocks;
    const id = await drafted("再并一处", joined("330903001001"));
    await send(leader, `plans/${id}/share`, { until: "2026-12-02" });
    expect((await send(leader, `plans/${id}/withdraw`, { reason: "老街要修路，明年再议" })).body.state).toBe(
      "withdrawn",
    );
    expect((await worker.get("/api/planning/plans")).body.plans.map((plan: { id: string }) => plan.id)).not.toContain(
      id,
    );
  });
});

describe("a plan is refused", () => {
  it("when a grid would be in pieces, cross a community, or leave a block out", async () => {
    const torn = Object.fromEntries(blocks.map(({ code }, at) => [code, `g${at % 2}`]));
    const short = Object.fromEntries(Object.entries(joined()).slice(1));
    for (const assignment of [torn, short])
      expect((await send(leader, "plans", { area, name: "乱合", assignment })).body.error.code).toBe("unusablePlan");
  });

  it("by those who do not keep the area", async () => {
    for (const who of [worker, handler])
      expect((await send(who, "plans", { area, name: "我来合", assignment: joined() })).status).toBe(403);
  });

  it("when the same id stood for something else", async () => {
    const id = randomUUID();
    const body = { id, area, name: "一次", assignment: Object.fromEntries(blocks.map(({ code }) => [code, code])) };
    const first = await leader.send("POST", "/api/planning/plans", body);
    expect((await leader.send("POST", "/api/planning/plans", body)).body).toEqual(first.body);
    expect((await leader.send("POST", "/api/planning/plans", { ...body, name: "两次" })).status).toBe(409);
  });
});
