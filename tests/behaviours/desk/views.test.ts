import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
let desk: Person;
beforeAll(async () => void (desk = await signedIn(made, "dispatch")));
const listed = async (words: string, person = desk): Promise<string[]> =>
  (await person.get(`/api/cases?${words}`)).body.items.map((item: { id: string }) => item.id);

describe("a list", () => {
  it("is narrowed by area, unit, state, category and light, in any combination", async () => {
    const { id } = await dispatched(made);
    const area = (await desk.get(`/api/cases/${id}`)).body.case.areaCode as string;
    const township = `${area.slice(0, 9)}000`;
    for (const words of [
      `area=${township}`,
      "area=330903000000",
      "unit=330903-publicWorks",
      "state=dispatched",
      "category=facilities",
      "category=facilities.streetLights",
      "light=green",
      `queue=toAccept&area=${township}&unit=330903-publicWorks&light=green`,
    ])
      expect(await listed(words), words).toContain(id);
    for (const words of ["area=330922000000", "unit=330903-port", "state=filed", "category=traffic", "light=red"])
      expect(await listed(words), words).not.toContain(id);
  });

  it("knows what is soon due and what is late by the same light that the case shows", async () => {
    const { id } = await dispatched(made);
    const lightAt = async (soon: string, due: string) => {
      await made.house.pool.query("update cases set soon_at = $1, due_at = $2 where id = $3", [soon, due, id]);
      const found = [];
      for (const light of ["green", "yellow", "red"])
        if ((await listed(`light=${light}`)).includes(id)) found.push(light);
      return found;
    };
    const at = (hours: number): string => new Date(made.clock.now + hours * 3_600_000).toISOString();
    expect(await lightAt(at(1), at(2))).toEqual(["green"]);
    expect(await lightAt(at(-1), at(2))).toEqual(["yellow"]);
    expect(await listed("queue=dueSoon")).toContain(id);
    expect(await lightAt(at(-2), at(-1))).toEqual(["red"]);
    expect(await listed("queue=overdue")).toContain(id);
  });
});

describe("search", () => {
  it.each(["驿站", "渔嫂驿站", "台阶塌", "虾峙岛渔嫂驿站门口", "塌", "LED", "led", "3号楼", "渔嫂 台阶"])(
    "finds “%s”",
    async (words) => {
      const text = "虾峙岛渔嫂驿站门口3号楼的台阶塌了一块，LED灯也掉了";
      const { id } = (await visitor(made).send("POST", "/api/cases", aReport({ text }))).body;
      expect(await listed(`q=${encodeURIComponent(words)}`)).toContain(id);
    },
  );

  it.each(["驿馆", "渔嫂 屋顶", "4号楼"])("does not find “%s”", async (words) => {
    expect(await listed(`q=${encodeURIComponent(words)}`)).toEqual([]);
  });

  it("finds a number while it is being typed", async () => {
    const { id, number } = (await visitor(made).send("POST", "/api/cases", aReport())).body;
    expect(await listed(`q=${number.slice(0, 6)}`)).toContain(id);
    expect(await listed(`q=${number.toLowerCase()}`)).toEqual([id]);
  });
});

describe("saved views", () => {
  const view = {
    id: randomUUID(),
    name: "沈家门超期",
    filter: { queue: "overdue", area: "330903001000", light: "red" },
  };

  it("belong to whoever saved them, and replace each other whole", async () => {
    expect((await desk.get("/api/views")).body.views).toEqual([]);
    await desk.send("PUT", "/api/views", { views: [view] });
    expect((await desk.get("/api/views")).body.views).toEqual([view]);
    expect((await (await signedIn(made, "checker")).get("/api/views")).body.views).toEqual([]);
    await desk.send("PUT", "/api/views", { views: [] });
    expect((await desk.get("/api/views")).body.views).toEqual([]);
  });

  it("take nothing that is no view", async () => {
    const wrong = await desk.send("PUT", "/api/views", { views: [{ ...view, filter: { person: "x" } }] });
    expect(wrong.status).toBe(400);
  });
});

it("those who lead see figures by township and unit, within their part of the territory, and no case", async () => {
  const { id } = await dispatched(made);
  await give(desk, id, { type: "addInternalNote", text: "不要外传" });
  const whole = (await desk.get("/api/overview")).body;
  expect(whole.townships.length).toBeGreaterThan(30);
  const works = whole.units.find((unit: { id: string }) => unit.id === "330903-publicWorks");
  expect(works.open).toBeGreaterThan(0);
  const leader = (await (await signedIn(made, "leader")).get("/api/overview")).body;
  expect(leader.townships.map((line: { code: string }) => line.code)).toEqual(["330903001000"]);
  expect(leader.townships[0].open).toBeGreaterThan(0);
  const handler = (await (await signedIn(made, "330903-publicWorks")).get("/api/overview")).body;
  expect(handler.units.map((unit: { id: string }) => unit.id)).toEqual(["330903-publicWorks"]);
  expect(JSON.stringify(whole)).not.toMatch(/路灯灭了|外传|王阿姨/);
});
