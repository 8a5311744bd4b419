import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const area = "330903001000";
const community = "330903001009";
let leader: Person;
let id = "";

beforeAll(async () => {
  leader = await signedIn(made, "leader");
  const { blocks } = (await leader.get(`/api/planning/today?area=${area}`)).body;
  const assignment = Object.fromEntries(
    blocks.map(({ code }: { code: string }) => [code, code.startsWith(community) ? "one" : code]),
  );
  const draft = { id: randomUUID(), area, name: "墩头合一", assignment };
  id = (await leader.send("POST", "/api/planning/plans", draft)).body.id;
});

/** A comment as the page's form sends it, without a script. */
async function comment(fields: Record<string, string>) {
  return made.app.inject({
    method: "POST",
    url: `/plans/${id}/comments`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(fields).toString(),
  });
}

describe("residents and a plan for their grids", () => {
  it("see nothing of a draft", async () => {
    const resident = visitor(made);
    expect((await resident.get(`/plans/${id}`)).status).toBe(404);
    expect((await resident.get("/plans")).text).not.toContain("墩头合一");
    expect((await resident.get("/")).text).not.toContain(`/plans/${id}`);
    expect((await comment({ id: randomUUID(), text: "先说一句" })).statusCode).toBe(404);
  });

  it("find it announced on the first page, with what goes together, in their language", async () => {
    await leader.send("POST", `/api/planning/plans/${id}/share`, { id: randomUUID(), until: "2026-11-25" });
    const resident = visitor(made);
    expect((await resident.get("/")).text).toContain(`href="/plans/${id}"`);
    const page = (await resident.get(`/plans/${id}`)).text;
    expect(page).toContain("沈家门街道");
    expect(page).toMatch(/墩头社区：第1网格、第2网格/);
    expect(page).toContain("11月25日前可以说意见");
    expect((await resident.get(`/plans/${id}?lang=en`)).text).toContain("Open for your comments until 25 November");
  });

  it("comment without an account; twice the same is once, and only planners and keepers read the words", async () => {
    const fields = { id: randomUUID(), text: "山那边不好走", community };
    for (let twice = 0; twice < 2; twice++) {
      const answer = await comment(fields);
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe(`/plans/${id}?said=1#said`);
    }
    const page = (await visitor(made).get(`/plans/${id}`)).text;
    expect(page).toContain("已收到 1 条意见");
    expect(page.includes("山那边不好走")).toBe(false);
    const [plan] = (await leader.get("/api/planning/plans")).body.plans;
    expect(plan.comments).toEqual([
      { byResident: true, community: "墩头社区", at: expect.any(String), text: "山那边不好走" },
    ]);
  });

  it("are told what is wrong with a comment, and keep their words", async () => {
    const answer = await comment({ id: randomUUID(), text: " 好 " });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("您的意见");
    expect((await comment({ id: "1", text: "没有编号的" })).statusCode).toBe(404);
  });

  it("read that comments are closed, what was decided from when, and the answer", async () => {
    made.clock.now = Date.parse("2026-11-26T02:00:00Z");
    const late = await comment({ id: randomUUID(), text: "来晚了的一句" });
    expect(late.statusCode).toBe(409);
    for (const told of ["征求意见已在 2026-11-25 结束", "来晚了的一句"]) expect(late.body.includes(told)).toBe(true);
    const admin = await signedIn(made, "admin");
    const decision = { id: randomUUID(), from: "2026-12-01", answer: "山路一段由原来的网格员继续走" };
    await admin.send("POST", `/api/planning/plans/${id}/adopt`, decision);
    const page = (await visitor(made).get(`/plans/${id}`)).text;
    expect(page).toContain("已决定，12月1日 起按新网格");
    expect(page).toContain("山路一段由原来的网格员继续走");
    expect((await visitor(made).get("/")).text).not.toContain(`/plans/${id}`);
  });
});
