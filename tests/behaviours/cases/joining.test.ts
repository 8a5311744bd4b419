import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const report = async (change: object = {}) => (await visitor(made).send("POST", "/api/cases", aReport(change))).body;
const stateOf = async (person: Person, id: string): Promise<string> =>
  (await person.get(`/api/cases/${id}`)).body.case.state;

it("splits what is two things; the part is a case of its own that the same person can follow", async () => {
  const { id, number } = await report({ text: "路灯灭了，旁边水管也在漏" });
  const desk = await signedIn(made, "dispatch");
  const newCaseId = randomUUID();
  const split = { type: "split", newCaseId, categoryId: "facilities.waterSupply", text: "水管在漏", reason: "两件事" };
  expect((await give(desk, id, split)).status).toBe(200);
  const part = (await desk.get(`/api/cases/${newCaseId}`)).body;
  expect(part.case).toMatchObject({ state: "reported", splitFrom: id, categoryId: "facilities.waterSupply" });
  expect(part.case.reporter.phone).toBe("138****1234");
  expect(part.timeline[0].data).toEqual({ splitFrom: number });
  expect((await give(desk, newCaseId, { type: "file" })).status).toBe(200);
  expect(await stateOf(desk, id)).toBe("reported");
});

it("takes a merge back, and both go on alone", async () => {
  const parent = await dispatched(made);
  const child = await report();
  const desk = await signedIn(made, "dispatch");
  await give(desk, child.id, { type: "mergeInto", parentId: parent.id, reason: "同一盏灯" });
  expect(
    (await give(desk, parent.id, { type: "mergeInto", parentId: child.id, reason: "反过来" })).body.error.code,
  ).toBe("mergeWithItself");
  await give(desk, child.id, { type: "unmerge", reason: "看错了" });
  expect(await stateOf(desk, child.id)).toBe("reported");
  expect((await desk.get(`/api/cases/${parent.id}`)).body.case.duplicates).toEqual([]);
});

it("lets go of duplicates when the case they wait for ends without an answer", async () => {
  const parent = await dispatched(made);
  const child = await report();
  const desk = await signedIn(made, "dispatch");
  await give(desk, child.id, { type: "mergeInto", parentId: parent.id, reason: "同一盏灯" });
  await give(desk, parent.id, { type: "void", reason: "录错了" });
  expect(await stateOf(desk, child.id)).toBe("reported");
});

it("takes a report up alone again when its reporter says that it was not the same thing", async () => {
  const parent = await dispatched(made);
  const child = await report();
  const [unit, desk, checker, clerk] = await Promise.all(
    ["330903-publicWorks", "dispatch", "checker", "intake"].map((login) => signedIn(made, login)),
  );
  await give(desk!, child.id, { type: "mergeInto", parentId: parent.id, reason: "同一盏灯" });
  await give(unit!, parent.id, { type: "accept" });
  await give(unit!, parent.id, { type: "contact", note: "联系了" });
  await give(unit!, parent.id, { type: "respond", answer: "修好了" });
  await give(checker!, parent.id, { type: "check", passed: true, note: "亮了" });
  expect(await stateOf(desk!, child.id)).toBe("closed");
  await give(clerk!, child.id, { type: "requestReopening", reason: "我家门口那盏还黑着" });
  await give(desk!, child.id, { type: "decideReopening", granted: true, reason: "不是同一盏" });
  const again = (await desk!.get(`/api/cases/${child.id}`)).body;
  expect(again.case.state).toBe("reported");
  expect(again.case.duplicateOf).toBeUndefined();
  expect(again.row.light, "the promise begins anew").toBe("green");
  expect((await desk!.get(`/api/cases/${parent.id}`)).body.case.duplicates).toEqual([]);
});

it("suggests to staff what may be the same thing: near, recent and in like words, and merges many at once", async () => {
  const texts = ["虾峙码头的台阶塌了一块", "虾峙码头台阶塌了，老人上下危险", "虾峙渡口卫生间没水"];
  const [first, second, other] = await Promise.all(texts.map((text) => report({ text })));
  const desk = await signedIn(made, "dispatch");
  const { similar } = (await desk.get(`/api/cases/${first.id}`)).body;
  expect(similar.map((row: { id: string }) => row.id)).toEqual([second.id]);
  const asked = `/api/suggest?text=${encodeURIComponent("虾峙码头台阶塌了")}&lon=122.3&lat=29.95`;
  const typed = (await desk.get(asked)).body.duplicates.map((row: { id: string }) => row.id);
  expect(typed.sort()).toEqual([first.id, second.id].sort());
  expect((await visitor(made).get(asked)).body.duplicates, "strangers see what is published").toEqual([]);

  const command = { id: randomUUID(), type: "mergeInto", parentId: first.id, reason: "同一处台阶" };
  const body = { preview: true, caseIds: [second.id, first.id], command };
  const preview = (await desk.send("POST", "/api/cases/bulk", body)).body.results;
  expect(preview.map((result: { ok: boolean }) => result.ok)).toEqual([true, false]);
  const done = { ...body, preview: false, caseIds: [second.id] };
  await desk.send("POST", "/api/cases/bulk", done);
  const again = (await desk.send("POST", "/api/cases/bulk", done)).body.results;
  expect(again, "the same bulk sent twice is done once").toEqual([{ caseId: second.id, ok: true }]);
  const merged = (await desk.get(`/api/cases/${first.id}`)).body;
  expect(merged.case.duplicates).toEqual([second.id]);
  expect(await stateOf(desk, other.id)).toBe("reported");
});

it("tells the reporter when a slip that he was told of is taken back", async () => {
  const { id } = await report();
  const desk = await signedIn(made, "dispatch");
  await give(desk, id, { type: "decline", reason: "手滑", channel: "12345" });
  await give(desk, id, { type: "undo" });
  const { rows } = await made.house.pool.query(
    "select payload->'notices' as notices from outbox order by id desc limit 1",
  );
  expect(rows[0].notices).toMatchObject([{ to: { kind: "reporter" }, key: "undone" }]);
});
