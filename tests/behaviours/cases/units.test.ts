import { describe, expect, it } from "vitest";
import { endSuspensions } from "../../../apps/server/src/features/cases/suspensions.ts";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const day = 86_400_000;

const listed = async (person: Person, words: string): Promise<string[]> =>
  (await person.get(`/api/cases?${words}`)).body.items.map((item: { id: string }) => item.id);
const counted = async (person: Person, key: string): Promise<number> =>
  (await person.get("/api/queues")).body.queues.find((queue: { key: string }) => queue.key === key).count;

/** A case that public works leads and the water company assists. */
async function together(): Promise<string> {
  const report = (await visitor(made).send("POST", "/api/cases", aReport())).body;
  const desk = await signedIn(made, "dispatch");
  await give(desk, report.id, { type: "file" });
  await give(desk, report.id, { type: "dispatch", lead: "330903-publicWorks", assist: ["330903-waterCompany"] });
  return report.id;
}

describe("several units at one case", () => {
  it("each find it in the queue of their own order, whatever the case's state", async () => {
    const id = await together();
    const [lead, assist] = await Promise.all([
      signedIn(made, "330903-publicWorks"),
      signedIn(made, "330903-waterCompany"),
    ]);
    await give(lead, id, { type: "accept" });
    expect(await listed(lead, "queue=inHand")).toContain(id);
    expect(await listed(assist, "queue=toAccept")).toContain(id);
    expect(await counted(assist, "toAccept")).toBe(1);
    expect(await listed(assist, "queue=inHand")).not.toContain(id);
    await give(assist, id, { type: "accept" });
    await give(assist, id, { type: "contact", note: "看过阀门" });
    await give(assist, id, { type: "respond", answer: "阀门没问题" });
    expect(await listed(assist, "queue=toCheck")).toContain(id);
    expect((await lead.get(`/api/cases/${id}`)).body.case.state).toBe("accepted");
  });

  it("have clocks of their own: an assisting unit's suspension stops no other", async () => {
    const id = await together();
    const [lead, assist, desk] = await Promise.all(
      ["330903-publicWorks", "330903-waterCompany", "dispatch"].map((login) => signedIn(made, login)),
    );
    await give(lead!, id, { type: "accept" });
    await give(assist!, id, { type: "accept" });
    const before = (await desk!.get(`/api/cases/${id}`)).body.case;
    const until = new Date(made.clock.now + 3 * day).toISOString();
    await give(assist!, id, { type: "requestSuspension", until, reason: "等泵" });
    const orderId = before.orders[1].id;
    await give(desk!, id, { type: "decideSuspension", orderId, granted: true, reason: "同意" });
    expect((await desk!.get(`/api/cases/${id}`)).body.row.light).toBe("green");
    made.clock.now += 2 * day;
    await give(assist!, id, { type: "resume", note: "泵到了" });
    const after = (await desk!.get(`/api/cases/${id}`)).body.case;
    expect(after.dueAt).toBe(before.dueAt);
    expect(after.orders[0].dueAt).toBe(before.orders[0].dueAt);
    expect(Date.parse(after.orders[1].dueAt) - Date.parse(before.orders[1].dueAt)).toBe(2 * day);
    made.clock.now -= 2 * day;
  });

  it("a suspension ends on the day that was granted, by itself and once", async () => {
    const { id } = await dispatched(made);
    const [unit, desk] = await Promise.all([signedIn(made, "330903-publicWorks"), signedIn(made, "dispatch")]);
    await give(unit, id, { type: "accept" });
    const until = new Date(made.clock.now + 4 * day).toISOString();
    await give(unit, id, { type: "requestSuspension", until, reason: "等配件" });
    const { orders, dueAt } = (await desk.get(`/api/cases/${id}`)).body.case;
    await give(desk, id, { type: "decideSuspension", orderId: orders[0].id, granted: true, reason: "同意" });
    expect(await listed(desk, "light=paused")).toContain(id);
    expect(await endSuspensions(made.house)).toBe(0);
    made.clock.now += 4 * day;
    expect(await endSuspensions(made.house)).toBe(1);
    expect(await endSuspensions(made.house)).toBe(0);
    const view = (await desk.get(`/api/cases/${id}`)).body;
    expect(Date.parse(view.case.dueAt) - Date.parse(dueAt)).toBe(4 * day);
    expect(view.timeline.at(-1)).toMatchObject({ type: "resumed", actorRole: "system" });
    made.clock.now -= 4 * day;
  });
});

describe("a whistle call", () => {
  it("puts the case into the queue of each unit that was called, until it says that it does not come", async () => {
    const { id } = await dispatched(made);
    const [grid, power, water] = await Promise.all(
      ["grid", "330903-powerCompany", "330903-waterCompany"].map((login) => signedIn(made, login)),
    );
    expect((await power!.get(`/api/cases/${id}`)).body.error.code).toBe("outOfScope");
    const meetAt = new Date(made.clock.now + day).toISOString();
    const call = {
      type: "whistleCall",
      units: ["330903-powerCompany", "330903-waterCompany"],
      meetAt,
      place: "滨港路口",
      reason: "灯和水管一起坏",
    };
    await give(grid!, id, call);
    expect(await listed(power!, "queue=whistleCalls")).toEqual([id]);
    expect(await counted(power!, "whistleCalls")).toBe(1);
    const callId = (await power!.get(`/api/cases/${id}`)).body.case.whistleCalls[0].id;
    await give(power!, id, { type: "answerWhistleCall", callId, coming: false, note: "线路归路灯所" });
    await give(water!, id, { type: "answerWhistleCall", callId, coming: true, note: "九点到" });
    expect(await listed(power!, "queue=open")).toEqual([]);
    expect(await listed(water!, "queue=open")).toContain(id);
    expect(await listed(grid!, "queue=whistleCalls")).toEqual([]);
    const twice = await give(water!, id, { type: "answerWhistleCall", callId, coming: false, note: "又不来了" });
    expect(twice.body.error.code).toBe("notPossibleNow");
  });
});

it("the unit that had a case first keeps it in sight until another has accepted it", async () => {
  const { id } = await dispatched(made);
  const [first, second, desk] = await Promise.all(
    ["330903-publicWorks", "330903-powerCompany", "dispatch"].map((login) => signedIn(made, login)),
  );
  await give(first!, id, { type: "object", reason: "是供电的线" });
  const orderId = (await desk!.get(`/api/cases/${id}`)).body.case.orders[0].id;
  await give(desk!, id, { type: "decideObjection", orderId, upheld: true, reason: "是供电的线" });
  await give(desk!, id, { type: "dispatch", lead: "330903-powerCompany", assist: [] });
  expect(await listed(first!, "queue=open")).toContain(id);
  await give(second!, id, { type: "accept" });
  expect(await listed(first!, "queue=open")).not.toContain(id);
  expect((await desk!.get(`/api/cases/${id}`)).body.case.firstReceiver.unitId).toBe("330903-publicWorks");
});
