import { randomUUID } from "node:crypto";
import { exchange } from "@linge/sync/phone/exchange.ts";
import type { Phone } from "@linge/sync/phone/phone.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { aReport, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";
import { hire, phoneOf, report, wire, type Worker } from "./field.ts";

const made = useHouse();
let hai: Worker;
let desk: Person;
let filing: Person;

beforeAll(async () => {
  hai = await hire(made, { role: "gridWorker", area: "330903000000" });
  desk = await signedIn(made, "dispatch");
  filing = await signedIn(made, "filing");
});

const reported = async (): Promise<string> => (await visitor(made).send("POST", "/api/cases", aReport())).body.id;
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));
const verify = (recordId: string, words = "去看了，灯不亮") => ({
  kind: "case",
  recordId,
  type: "verify",
  data: { confirmed: true, note: words },
});

/** A phone that has the case, and goes away with it. */
async function away(): Promise<{ id: string; phone: Phone }> {
  const id = await reported();
  const phone = await phoneOf(made, hai);
  await exchange(phone, wire(hai));
  return { id, phone };
}
async function back(phone: Phone): Promise<void> {
  await aMoment();
  expect(await exchange(phone, wire(hai))).not.toHaveProperty("trouble");
}

describe("while the phone was away, its case was", () => {
  it.each([
    ["voided", (id: string) => give(filing, id, { type: "void", reason: "居民来电说不用了" }), "voided"],
    [
      "merged into another",
      async (id: string) => give(desk, id, { type: "mergeInto", parentId: await reported(), reason: "同一盏灯" }),
      "duplicate",
    ],
  ])("%s: what was done comes back with the reason, and the phone knows why", async (_what, meanwhile, state) => {
    const { id, phone } = await away();
    await phone.queue(verify(id));
    expect((await meanwhile(id)).status).toBe(200);
    await back(phone);
    expect(await phone.entries()).toMatchObject([
      { state: "notAccepted", reason: { code: "notPossibleNow", params: { state } } },
    ]);
    expect((await phone.see("case", id)).value).toMatchObject({ state });
  });

  it("split: what was done stands on the case, and its new half comes as well", async () => {
    const { id, phone } = await away();
    await phone.queue(verify(id));
    const newCaseId = randomUUID();
    const half = { newCaseId, text: "井盖也坏了", categoryId: "facilities.manholes", reason: "两件事" };
    expect((await give(desk, id, { type: "split", ...half })).status).toBe(200);
    await back(phone);
    expect(await phone.entries()).toEqual([]);
    expect((await phone.see("case", id)).value).toMatchObject({ verification: { confirmed: true } });
    expect((await phone.see("case", newCaseId)).value).toMatchObject({ splitFrom: id });
  });

  it("moved to another grid: it leaves the phone, and what was done comes back with the reason, not lost", async () => {
    const { id, phone } = await away();
    await phone.queue(verify(id));
    const place = { lon: 122.45, lat: 30.72 };
    expect((await give(desk, id, { type: "correctPlace", place, reason: "在嵊泗" })).status).toBe(200);
    await back(phone);
    expect((await phone.see("case", id)).row).toBeUndefined();
    expect(await phone.entries()).toMatchObject([{ state: "notAccepted", reason: { code: "outOfScope" } }]);
    expect((await phone.see("case", id)).waiting).toHaveLength(1);
  });
});

describe("a form's questions changed while the phone was away", () => {
  it("keeps the answers as they were given, and the phone gets the new questions", async () => {
    const admin = await signedIn(made, "admin");
    const phone = await phoneOf(made, hai);
    const answers = { pole: "12", flickers: true };
    const { command } = await phone.queue(report("路灯一闪一闪", { answers }));
    const { version, document } = (await admin.get("/api/admin/categories")).body;
    const question = { id: "height", zh: "灯杆多高", en: "How high", kind: "number", required: true };
    const changed = document.map((category: { id: string }) =>
      category.id === "facilities.streetLights" ? { ...category, questions: [question] } : category,
    );
    expect((await admin.send("PUT", "/api/admin/categories", { version, document: changed })).status).toBe(200);
    await back(phone);
    expect(await phone.entries()).toEqual([]);
    expect((await phone.see("case", command.recordId)).value).toMatchObject({ answers });
    const { categories } = (await hai.person.get("/api/sync/basics")).body;
    const lights = categories.find(({ id }: { id: string }) => id === "facilities.streetLights");
    expect(lights.questions).toEqual([question]);
  });
});

describe("two phones of one worker", () => {
  it("each do their own once, and both have everything", async () => {
    const [one, two] = [await phoneOf(made, hai), await phoneOf(made, hai)];
    const [first, second] = [await one.queue(report("第一台记的")), await two.queue(report("第二台记的"))];
    expect(first.command.version.branch).not.toBe(second.command.version.branch);
    await Promise.all([exchange(one, wire(hai)), exchange(two, wire(hai))]);
    for (const phone of [one, two]) await back(phone);
    for (const phone of [one, two])
      for (const { command } of [first, second])
        expect((await phone.see("case", command.recordId)).value).toMatchObject({ version: 1 });
  });

  it("both verify the same case: each is in its history, or comes back with the reason", async () => {
    const { id, phone: one } = await away();
    const two = await phoneOf(made, hai);
    await exchange(two, wire(hai));
    await give(desk, id, { type: "requestVerification" });
    await one.queue(verify(id, "第一次"));
    await two.queue(verify(id, "第二次"));
    await back(one);
    await back(two);
    const done = await made.house.pool.query(
      "select count(*)::int as n from case_events where case_id = $1 and type = 'verified'",
      [id],
    );
    const { notAccepted } = await two.counts();
    expect(done.rows[0].n + notAccepted).toBe(2);
  });
});
