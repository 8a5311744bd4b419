import { randomUUID } from "node:crypto";
import { exchange } from "@linge/sync/phone/exchange.ts";
import type { Phone } from "@linge/sync/phone/phone.ts";
import { conflictsOf, valuesOf, type FieldDocument } from "@linge/sync/merge/document.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { visitNotes } from "../../../apps/server/src/features/privacy/retention/visits.ts";
import { useHouse } from "../../support/house.ts";
import { hire, phoneOf, wire, type Worker } from "../sync/field.ts";

const made = useHouse();
const putuo = "330903000000";
let grid: string;
let hai: Worker;
let lan: Worker;

beforeAll(async () => {
  hai = await hire(made, { role: "gridWorker", area: putuo });
  lan = await hire(made, { role: "gridWorker", area: putuo });
  grid = made.house.territory.all().find(({ level, code }) => level === "grid" && code.startsWith("330903"))!.code;
});

type Held = { document: FieldDocument; names: Record<string, string>; state: string };
const aVisit = (change: object = {}) => ({
  kind: "visit",
  recordId: randomUUID(),
  type: "edit",
  data: { areaCode: grid, fields: { door: "3 号楼 201", dueOn: "2026-11-24", ...change } },
});
const edit = (recordId: string, fields: Record<string, string | boolean>) => ({
  kind: "visit",
  recordId,
  type: "edit",
  data: { fields },
});
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));
async function meet(phone: Phone, worker: Worker): Promise<void> {
  await aMoment();
  expect(await exchange(phone, wire(worker))).not.toHaveProperty("trouble");
}
const seen = async (phone: Phone, id: string): Promise<Held> => (await phone.see("visit", id)).value as unknown as Held;

/** Two phones that both have the same visit, due. */
async function twoPhones(): Promise<{ id: string; one: Phone; two: Phone }> {
  const [one, two] = [await phoneOf(made, hai), await phoneOf(made, lan)];
  const { command } = await one.queue(aVisit());
  await meet(one, hai);
  await meet(two, lan);
  await meet(one, hai);
  return { id: command.recordId, one, two };
}

describe("a visit", () => {
  it("is planned on one phone and due on every other of the grid, and nowhere else", async () => {
    const { id, two } = await twoPhones();
    expect(await seen(two, id)).toMatchObject({ state: "due", names: { [hai.id]: "阿海" } });
    const far = await hire(made, { role: "gridWorker", area: "330922000000" });
    const unit = await hire(made, { role: "unitHandler", unitId: "330903-publicWorks" });
    for (const worker of [far, unit]) {
      const phone = await phoneOf(made, worker);
      await meet(phone, worker);
      expect((await phone.records()).map(({ id: each }) => each)).not.toContain(id);
    }
  });

  it("keeps what two people noted of different fields, without asking anybody", async () => {
    const { id, one, two } = await twoPhones();
    await one.queue(edit(id, { agreed: true, "need.medicine": true, visitedOn: "2026-11-23" }));
    await two.queue(edit(id, { agreed: true, "need.repair": true }));
    await meet(one, hai);
    await meet(two, lan);
    await meet(one, hai);
    const { document, state } = await seen(one, id);
    expect(state).toBe("visited");
    expect(valuesOf(document)).toMatchObject({ "need.medicine": true, "need.repair": true, agreed: true });
    expect(conflictsOf(document)).toEqual([]);
  });

  it("keeps both when two people changed the same field, says who and when, and lets one be chosen on a phone", async () => {
    const { id, one, two } = await twoPhones();
    await one.queue(edit(id, { dueOn: "2026-12-01" }));
    await two.queue(edit(id, { dueOn: "2026-12-05" }));
    await meet(one, hai);
    await meet(two, lan);
    await meet(one, hai);
    const { document, names } = await seen(one, id);
    const [conflict] = conflictsOf(document);
    expect(conflict!.field).toBe("dueOn");
    expect(conflict!.claims.map(({ value, by }) => [value, names[by]])).toEqual([
      ["2026-12-01", "阿海"],
      ["2026-12-05", "阿海"],
    ]);
    expect(conflict!.claims.every(({ at }) => at === new Date(made.clock.now).toISOString())).toBe(true);
    await one.queue(edit(id, { dueOn: "2026-12-01" }));
    await meet(one, hai);
    const settled = (await seen(one, id)).document;
    expect(conflictsOf(settled)).toEqual([]);
    expect(valuesOf(settled).dueOn).toBe("2026-12-01");
  });

  it("is settled at the desk as well, once however often it is sent", async () => {
    const { id, one, two } = await twoPhones();
    await one.queue(edit(id, { door: "3 号楼 202" }));
    await two.queue(edit(id, { door: "3 号楼 210" }));
    await meet(one, hai);
    await meet(two, lan);
    const leader = await hire(made, { role: "gridLeader", area: putuo });
    const { visits } = (await leader.person.get("/api/visits?which=conflicts")).body;
    const row = visits.find((each: { id: string }) => each.id === id);
    expect(row.names).toMatchObject({ [hai.id]: "阿海", [lan.id]: "阿海" });
    const choice = { id: randomUUID(), base: row.version, fields: { door: "3 号楼 202" } };
    for (let times = 0; times < 2; times += 1)
      expect((await leader.person.send("POST", `/api/visits/${id}/edit`, choice)).body).toEqual({
        version: row.version + 1,
      });
    const after = (await leader.person.get("/api/visits?which=conflicts")).body.visits;
    expect(after.map((each: { id: string }) => each.id)).not.toContain(id);
    const other = await hire(made, { role: "gridLeader", area: "330922000000" });
    expect((await other.person.get("/api/visits?which=conflicts")).body.visits).toEqual([]);
    const again = await other.person.send("POST", `/api/visits/${id}/edit`, { ...choice, id: randomUUID() });
    expect([again.status, again.body.error.code]).toEqual([403, "outOfScope"]);
  });

  it.each([
    ["a need without consent", { "need.meals": true }, "consentNeeded"],
    ["a field that nobody foresaw", { religion: "…" }, "invalidInput"],
    ["a day that is none", { dueOn: "明天" }, "invalidInput"],
  ])("comes back with the reason: %s", async (_what, fields, code) => {
    const phone = await phoneOf(made, hai);
    await phone.queue(aVisit(fields));
    await meet(phone, hai);
    const [entry] = await phone.entries();
    expect(entry).toMatchObject({ state: "notAccepted", reason: { code } });
    expect(await phone.counts()).toEqual({ waiting: 0, held: 0, notAccepted: 1 });
    await phone.amend(entry!.command.id, aVisit().data);
    await meet(phone, hai);
    expect(await phone.entries()).toEqual([]);
  });

  it("is forgotten a year after it was made; that it was made is not", async () => {
    const { id, one } = await twoPhones();
    await one.queue(edit(id, { visitedOn: "2026-11-23" }));
    await meet(one, hai);
    const { house, clock } = made;
    const count = async (table: string, column: string): Promise<number> =>
      (await house.pool.query(`select count(*)::int as n from ${table} where ${column} = $1`, [id])).rows[0].n;
    const before = (days: number): string => new Date(clock.now + (days - 365) * 86_400_000).toISOString();
    expect(await visitNotes.remove(house, before(0))).toBe(0);
    expect(await count("visits", "id")).toBe(1);
    expect((await visitNotes.count(house, before(366))).due).toBeGreaterThan(0);
    expect(await visitNotes.remove(house, before(366))).toBeGreaterThan(0);
    expect([await count("visits", "id"), await count("visit_events", "visit_id")]).toEqual([0, 2]);
    const events = await house.pool.query("select data from visit_events where visit_id = $1", [id]);
    expect(JSON.stringify(events.rows)).not.toContain("201");
  });
});
