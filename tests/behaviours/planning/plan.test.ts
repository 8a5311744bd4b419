import { beforeAll, describe, expect, it } from "vitest";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { signedIn, useHouse, type Person } from "../../support/house.ts";

const made = useHouse();
const area = "330903001000";
let leader: Person;
let admin: Person;
let worker: Person;

beforeAll(async () => {
  await liveDemoCity(made.house, "S", () => {});
  [leader, admin, worker] = await Promise.all([
    signedIn(made, "leader"),
    signedIn(made, "admin"),
    signedIn(made, "grid"),
  ]);
});

describe("a plan for fewer, larger grids", () => {
  it("is found with today's among the answers, whole and within communities, by figures computed here", async () => {
    const today = (await leader.get(`/api/planning/today?area=${area}`)).body;
    expect(today.blocks.length).toBeGreaterThan(20);
    const k = Math.round(today.blocks.length * 0.7);
    const aims = { area, k, tolerance: 0.9, objective: "pareto" };
    const { body } = await leader.send("POST", "/api/planning/search", aims);
    expect(body.plans.map((plan: { kind: string }) => plan.kind)).toContain("keep");
    for (const plan of body.plans) {
      const communities = new Map<string, Set<string>>();
      for (const [block, grid] of Object.entries(plan.assignment as Record<string, string>))
        communities.set(grid, (communities.get(grid) ?? new Set()).add(block.slice(0, 12)));
      for (const each of communities.values()) expect(each.size).toBe(1);
      if (plan.kind !== "keep") expect(communities.size).toBe(k);
    }
  });

  it("is kept, shared, commented on, and adopted with its open work; nobody plans outside his area", async () => {
    const community = "330903001009";
    const today = (await leader.get(`/api/planning/today?area=${area}`)).body;
    const assignment = Object.fromEntries(
      today.blocks.map(({ code }: { code: string }) => [code, code.startsWith(community) ? "one" : code]),
    );
    const kept = await leader.send("POST", "/api/planning/plans", { area, name: "墩头合一", assignment });
    expect(kept.status).toBe(201);
    const plan = `/api/planning/plans/${kept.body.id}`;
    expect((await worker.send("POST", `${plan}/comments`, { text: "山那边不好走" })).status).toBe(404);
    const from = "2026-11-23";
    expect((await admin.send("POST", `${plan}/adopt`, { from })).body.error.code).toBe("planNotShared");
    await leader.send("POST", `${plan}/share`, {});
    expect((await worker.send("POST", `${plan}/comments`, { text: "山那边不好走" })).status).toBe(201);
    expect((await leader.send("POST", `${plan}/adopt`, { from })).status).toBe(403);
    expect((await admin.send("POST", `${plan}/adopt`, { from: "2026-12-01" })).body.error.code).toBe("planFromToday");

    const before = made.house.territory.children(community).filter((each) => each.geometry);
    const open = await made.house.db
      .selectFrom("cases")
      .select("id")
      .where("area_code", "like", `${community}%`)
      .where("state", "in", ["reported", "filed", "dispatched", "accepted", "handling", "responded"])
      .execute();
    const adopted = (await admin.send("POST", `${plan}/adopt`, { from })).body;
    expect(adopted.grids).toBe(1);
    expect(adopted.handovers[0].cases).toBe(open.length);
    const after = made.house.territory.children(community).filter((each) => each.geometry);
    expect(after).toHaveLength(1);
    expect(after[0]!.predecessors.sort()).toEqual(before.map(({ id }) => id).sort());
    expect(before.map(({ code }) => code)).not.toContain(after[0]!.code);
    for (const { centre } of before)
      expect(made.house.territory.locate(centre![0], centre![1])!.code).toBe(after[0]!.code);
    for (const { id } of open) {
      const row = await made.house.db.selectFrom("cases").select("area_code").where("id", "=", id).executeTakeFirst();
      expect(row!.area_code).toBe(after[0]!.code);
    }
    const [handover] = (await worker.get("/api/planning/handovers")).body.handovers;
    expect(handover.area).toBe(after[0]!.code);
    await worker.send("POST", "/api/planning/handovers/confirm", { plan: handover.plan, area: handover.area });
    expect((await worker.get("/api/planning/handovers")).body.handovers[0].confirmedAt).toBeTruthy();
    expect((await leader.get("/api/planning/today?area=330922001000")).status).toBe(403);
    expect((await admin.send("POST", `${plan}/adopt`, { from })).status).toBe(409);
  });

  it("is refused when a grid would be in pieces or cross a community", async () => {
    const today = (await leader.get(`/api/planning/today?area=${area}`)).body;
    const torn = Object.fromEntries(today.blocks.map(({ code }: { code: string }, i: number) => [code, `g${i % 2}`]));
    const answer = await leader.send("POST", "/api/planning/plans", { area, name: "乱合", assignment: torn });
    expect(answer.body.error.code).toBe("unusablePlan");
    expect(
      (await leader.send("POST", "/api/planning/search", { area, k: 500, tolerance: 0.1, objective: "moves" })).status,
    ).toBe(422);
  });
});
