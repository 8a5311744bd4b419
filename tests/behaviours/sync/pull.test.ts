import { exchange } from "@linge/sync/phone/exchange.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";
import { grant, hire, phoneOf, reassign, wire, type Worker } from "./field.ts";

const made = useHouse();
let hai: Worker;
let desk: Person;

beforeAll(async () => {
  hai = await hire(made, { role: "gridWorker", area: "330903000000" });
  desk = await signedIn(made, "dispatch");
});

const reported = async (change: object = {}): Promise<string> =>
  (await visitor(made).send("POST", "/api/cases", aReport(change))).body.id;

async function held(phone: Awaited<ReturnType<typeof phoneOf>>): Promise<string[]> {
  return (await phone.records()).map(({ id }) => id).sort();
}

/** The look at what changed is shared by phones that ask at the same moment. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));

describe("what a phone gets", () => {
  it("is what its worker may see, without names and numbers of those who reported", async () => {
    const [one, two] = [await reported(), await reported()];
    const phone = await phoneOf(made, hai);
    await exchange(phone, wire(hai));
    expect(await held(phone)).toEqual([one, two].sort());
    const text = JSON.stringify(await phone.records());
    expect(text).not.toContain("13800001234");
    expect(text).toContain("138****1234");

    const shengsi = await hire(made, { role: "gridWorker", area: "330922000000" });
    const other = await phoneOf(made, shengsi);
    await exchange(other, wire(shengsi));
    expect(await held(other)).toEqual([]);
  });

  it("comes in pages that can be broken off and gone on with, and then only what is new", async () => {
    const phone = await phoneOf(made, hai);
    for (let page = 0; page < 40; page += 1) {
      const answer = await wire(hai).pull(await phone.nextPull(1));
      if (!answer.ok) throw new Error(answer.trouble);
      await phone.takePull(answer.body);
      if (!answer.body.page.more) break;
    }
    const before = await held(phone);
    await aMoment();
    const id = await reported();
    const contact = await exchange(phone, wire(hai));
    expect(contact).toMatchObject({ rows: 1, removed: 0 });
    expect(await held(phone)).toEqual([...before, id].sort());
  });

  it("changes with the case, and says that it was merged", async () => {
    const [parent, child] = [await reported(), await reported()];
    const phone = await phoneOf(made, hai);
    await exchange(phone, wire(hai));
    await give(desk, child, { type: "mergeInto", parentId: parent, reason: "同一盏灯" });
    await aMoment();
    await exchange(phone, wire(hai));
    const { value } = await phone.see("case", child);
    expect(value).toMatchObject({ state: "duplicate", duplicateOf: parent });
  });

  it("is taken off when the case moves to another grid", async () => {
    const id = await reported();
    const phone = await phoneOf(made, hai);
    await exchange(phone, wire(hai));
    expect(await held(phone)).toContain(id);
    const place = { lon: 122.45, lat: 30.72 };
    expect((await give(desk, id, { type: "correctPlace", place, reason: "在嵊泗" })).status).toBe(200);
    await aMoment();
    expect(await exchange(phone, wire(hai))).toMatchObject({ removed: 1 });
    expect(await held(phone)).not.toContain(id);
  });

  it("is exchanged for other work when the worker is reassigned", async () => {
    const worker = await hire(made, { role: "gridWorker", area: "330903000000" });
    const phone = await phoneOf(made, worker);
    await exchange(phone, wire(worker));
    expect((await held(phone)).length).toBeGreaterThan(0);
    await reassign(made, worker.id, { role: "gridWorker", area: "330922000000" });
    await exchange(phone, wire(worker));
    expect(await held(phone)).not.toContain((await reported()) as string);
    expect(
      (await phone.records()).every(({ value }) => (value as { areaCode: string }).areaCode.startsWith("330922")),
    ).toBe(true);
  });

  it("goes with the unit that works on it, and leaves with it", async () => {
    const handler = await hire(made, { role: "unitHandler", unitId: "330903-publicWorks" });
    const phone = await phoneOf(made, handler);
    const { id } = await dispatched(made);
    await exchange(phone, wire(handler));
    expect(await held(phone)).toEqual([id]);
    await handler.person.send("POST", `/api/cases/${id}/commands`, {
      id: crypto.randomUUID(),
      type: "object",
      reason: "不是我们的灯",
    });
    const { orders } = (await desk.get(`/api/cases/${id}`)).body.case;
    const decision = { type: "decideObjection", orderId: orders[0].id, upheld: true, reason: "属于交通" };
    expect((await give(desk, id, decision)).status).toBe(200);
    // Whoever had it first keeps it until another has taken it.
    await aMoment();
    await exchange(phone, wire(handler));
    expect(await held(phone)).toEqual([id]);
    const traffic = await hire(made, { role: "unitHandler", unitId: "330903-trafficPolice" });
    expect((await give(desk, id, { type: "dispatch", lead: "330903-trafficPolice", assist: [] })).status).toBe(200);
    expect((await give(traffic.person, id, { type: "accept" })).status).toBe(200);
    await aMoment();
    await exchange(phone, wire(handler));
    expect(await held(phone)).toEqual([]);
  });

  it("grows when a right is added", async () => {
    const worker = await hire(made, { role: "gridWorker", area: "330922000000" });
    const phone = await phoneOf(made, worker);
    await exchange(phone, wire(worker));
    const before = (await held(phone)).length;
    await grant(made, worker.id, { role: "gridAdvisor", area: "330903000000" });
    await exchange(phone, wire(worker));
    expect((await held(phone)).length).toBeGreaterThan(before);
  });

  it("is nothing but figures for a leader of a whole county", async () => {
    const leader = await hire(made, { role: "gridLeader", area: "330903000000" });
    const phone = await phoneOf(made, leader);
    await reported();
    await exchange(phone, wire(leader));
    expect(await held(phone)).toEqual([]);
    const { status, body } = await leader.person.get("/api/sync/summary");
    expect(status).toBe(200);
    expect(body.parts.length).toBeGreaterThan(0);
    expect(body.parts.every(({ code }: { code: string }) => code.startsWith("330903"))).toBe(true);
    const total = body.parts.reduce((sum: number, part: { open: number }) => sum + part.open, 0);
    const { rows } = await made.house.pool.query(
      "select count(*)::int as n from cases where area_code like '330903%' and state not in ('closed','followedUp','archived','declined','redirected','voided','duplicate')",
    );
    expect(total).toBe(rows[0].n);
    expect(JSON.stringify(body)).not.toContain("滨港路");
  });
});
