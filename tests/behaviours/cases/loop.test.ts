import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { drainOutbox } from "../../../apps/server/src/features/outbox/drain.ts";
import { aReport, dispatched, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const day = 86_400_000;

it("goes from a report to the resident's verdict, and the figures follow", async () => {
  const reported = await visitor(made).send("POST", "/api/cases", aReport());
  expect(reported.status).toBe(201);
  expect(reported.body.number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const { id } = reported.body;
  const [desk, unit, checker] = await Promise.all(
    ["dispatch", "330903-publicWorks", "checker"].map((login) => signedIn(made, login)),
  );

  expect((await give(desk!, id, { type: "file" })).status).toBe(200);
  const view = await desk!.get(`/api/cases/${id}`);
  expect(view.body.routing.lead).toBe("330903-publicWorks");
  expect((await give(desk!, id, { type: "dispatch", lead: view.body.routing.lead, assist: [] })).body.case.state).toBe(
    "dispatched",
  );

  expect((await give(unit!, id, { type: "accept" })).body.case.state).toBe("accepted");
  expect((await give(unit!, id, { type: "respond", answer: "换好了" })).body.error.code).toBe("contactFirst");
  await give(unit!, id, { type: "contact", note: "电话联系，明天去修" });
  expect((await give(unit!, id, { type: "respond", answer: "灯泡换好了" })).body.case.state).toBe("responded");
  expect((await give(unit!, id, { type: "check", passed: true, note: "自己看过" })).body.error.code).toBe("notAllowed");
  expect((await give(checker!, id, { type: "check", passed: true, note: "现场亮了" })).body.case.state).toBe("closed");

  const token = reported.body.link.slice(3);
  const page = await visitor(made).get(`/f/${token}`);
  expect(page.text).toContain("灯泡换好了");
  const rated = await visitor(made).send("POST", `/f/${token}/rate`, {
    resolved: "no",
    satisfaction: "2",
    comment: "又灭了",
  });
  expect(rated.status).toBe(303);
  const asked = await desk!.get("/api/cases?queue=reopenings");
  expect(asked.body.items.map((item: { id: string }) => item.id)).toContain(id);
  expect(
    (await give(desk!, id, { type: "decideReopening", granted: true, reason: "居民说又灭了" })).body.case.state,
  ).toBe("handling");

  await drainOutbox(made.house);
  const figures = await visitor(made).get("/api/public/figures?to=2027-01-01T00:00:00Z");
  expect(figures.body.counts.closed30 + figures.body.units.length).toBeGreaterThan(0);
  expect(made.notifier.sent.map((message) => message.text).join()).toContain("已办结");
});

it("carries out a command once, however often and however simultaneously it is sent", async () => {
  const report = aReport();
  const person = visitor(made);
  const answers = await Promise.all(Array.from({ length: 8 }, () => person.send("POST", "/api/cases", report)));
  expect(new Set(answers.map((answer) => answer.body.number)).size).toBe(1);
  const desk = await signedIn(made, "dispatch");
  const command = { id: randomUUID(), type: "file" };
  const filed = await Promise.all(
    Array.from({ length: 4 }, () => desk.send("POST", `/api/cases/${report.caseId}/commands`, command)),
  );
  expect(filed.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  const view = await desk.get(`/api/cases/${report.caseId}`);
  expect(view.body.timeline.map((event: { type: string }) => event.type)).toEqual(["reported", "filed"]);
});

it("refuses an id that stood for something else", async () => {
  const report = aReport();
  await visitor(made).send("POST", "/api/cases", report);
  const again = await visitor(made).send("POST", "/api/cases", { ...report, text: "别的内容" });
  expect(again.body.error.code).toBe("idUsedDifferently");
});

it("decides an objection once, by somebody outside the unit", async () => {
  const { id } = await dispatched(made);
  const unit = await signedIn(made, "330903-publicWorks");
  const desk = await signedIn(made, "dispatch");
  await give(unit, id, { type: "object", reason: "不归我们" });
  const orderId = (await desk.get(`/api/cases/${id}`)).body.case.orders[0].id;
  expect((await give(desk, id, { type: "decideObjection", orderId, upheld: false, reason: "归你们" })).status).toBe(
    200,
  );
  const again = await give(unit, id, { type: "object", reason: "还是不归我们" });
  expect(again.body.error.code).toBe("alreadyDecided");
});

it("stops the clock only while suspended, and lets somebody outside the unit decide it", async () => {
  const { id } = await dispatched(made);
  const [unit, desk] = await Promise.all([signedIn(made, "330903-publicWorks"), signedIn(made, "dispatch")]);
  await give(unit, id, { type: "accept" });
  const before = (await desk.get(`/api/cases/${id}`)).body.case;
  const until = new Date(made.clock.now + 10 * day).toISOString();
  expect((await give(unit, id, { type: "requestSuspension", until, reason: "等配件" })).status).toBe(200);
  expect(
    (await give(unit, id, { type: "decideSuspension", orderId: before.orders[0].id, granted: true, reason: "自批" }))
      .status,
  ).toBe(403);
  await give(desk, id, { type: "decideSuspension", orderId: before.orders[0].id, granted: true, reason: "同意" });
  made.clock.now += 2 * day;
  await give(desk, id, { type: "resume" });
  const after = (await desk.get(`/api/cases/${id}`)).body.case;
  expect(Date.parse(after.dueAt) - Date.parse(before.dueAt)).toBe(2 * day);
  made.clock.now -= 2 * day;
});

it("closes a parent with its duplicates and tells everybody who reported", async () => {
  const parent = await dispatched(made);
  const child = (
    await visitor(made).send("POST", "/api/cases", aReport({ reporter: { phone: "13900005678", wantsContact: true } }))
  ).body;
  const [unit, desk, checker] = await Promise.all(
    ["330903-publicWorks", "dispatch", "checker"].map((login) => signedIn(made, login)),
  );
  expect(
    (await give(desk!, child.id, { type: "mergeInto", parentId: parent.id, reason: "同一盏灯" })).body.case.state,
  ).toBe("duplicate");
  await give(unit!, parent.id, { type: "accept" });
  await give(unit!, parent.id, { type: "contact", note: "已联系" });
  await give(unit!, parent.id, { type: "respond", answer: "修好了" });
  await give(checker!, parent.id, { type: "check", passed: true, note: "亮了" });
  expect((await desk!.get(`/api/cases/${child.id}`)).body.case.state).toBe("closed");
  made.notifier.sent.length = 0;
  while (await drainOutbox(made.house)) continue;
  expect(made.notifier.sent.filter((message) => message.text.includes("已办结")).map((message) => message.to)).toEqual(
    expect.arrayContaining(["13800001234", "13900005678"]),
  );
});

it("corrects a category, recomputes the promise and keeps the history", async () => {
  const { id } = await dispatched(made);
  const desk = await signedIn(made, "dispatch");
  const before = (await desk.get(`/api/cases/${id}`)).body.case.dueAt;
  await give(desk, id, { type: "correctCategory", categoryId: "traffic.roadSurface", reason: "是路面" });
  const view = (await desk.get(`/api/cases/${id}`)).body;
  expect(Date.parse(view.case.dueAt)).toBeGreaterThan(Date.parse(before));
  const corrected = view.timeline.find((event: { type: string }) => event.type === "categoryCorrected");
  expect(corrected.data).toMatchObject({ from: "facilities.streetLights", to: "traffic.roadSurface" });
});

it("keeps internal notes from the one who reported, and says every refusal's state and what is possible", async () => {
  const { id, link } = await dispatched(made);
  const [desk, unit] = await Promise.all([signedIn(made, "dispatch"), signedIn(made, "330903-publicWorks")]);
  await give(desk, id, { type: "addInternalNote", text: "此人常来，耐心些" });
  const told = (await desk.get(`/api/cases/${id}`)).body.timeline.map((event: { type: string }) => event.type);
  expect(told).toContain("internalNoteAdded");
  expect((await visitor(made).get(link)).text).not.toContain("耐心些");
  const refused = await give(unit, id, { type: "respond", answer: "好了" });
  expect(refused.body.error.params).toMatchObject({ state: "dispatched" });
  expect(refused.body.error.params.possible).toContain("accept");
  expect(refused.body.error.message).toContain("“已派遣”");
  expect(refused.body.error.message).toContain("接单");
});

it("undoes a slip of the desk within ten minutes, and not after", async () => {
  const report = (await visitor(made).send("POST", "/api/cases", aReport())).body;
  const desk = await signedIn(made, "dispatch");
  await give(desk, report.id, { type: "decline", reason: "手滑", channel: "12345" });
  expect((await give(desk, report.id, { type: "undo" })).body.case.state).toBe("reported");
  await give(desk, report.id, { type: "decline", reason: "真的", channel: "12345" });
  made.clock.now += 11 * 60_000;
  expect((await give(desk, report.id, { type: "undo" })).body.error.code).toBe("undoTooLate");
  made.clock.now -= 11 * 60_000;
});

it("previews a bulk command without doing it", async () => {
  const report = (await visitor(made).send("POST", "/api/cases", aReport())).body;
  const other = await dispatched(made);
  const desk = await signedIn(made, "dispatch");
  const body = { preview: true, caseIds: [report.id, other.id], command: { id: randomUUID(), type: "file" } };
  const preview = await desk.send("POST", "/api/cases/bulk", body);
  expect(preview.body.results.map((result: { ok: boolean }) => result.ok)).toEqual([true, false]);
  expect((await desk.get(`/api/cases/${report.id}`)).body.case.state).toBe("reported");
  await desk.send("POST", "/api/cases/bulk", { ...body, preview: false });
  expect((await desk.get(`/api/cases/${report.id}`)).body.case.state).toBe("filed");
});

it("calls several units to one place and hears from each", async () => {
  const { id } = await dispatched(made);
  const [grid, water] = await Promise.all([signedIn(made, "grid"), signedIn(made, "330903-waterCompany")]);
  const meetAt = new Date(made.clock.now + day).toISOString();
  expect(
    (
      await give(grid, id, {
        type: "whistleCall",
        units: ["330903-waterCompany", "330903-powerCompany"],
        meetAt,
        place: "滨港路口",
        reason: "水电都断了",
      })
    ).status,
  ).toBe(200);
  const callId = (await grid.get(`/api/cases/${id}`)).body.case.whistleCalls[0].id;
  expect((await give(water, id, { type: "answerWhistleCall", callId, coming: true, note: "十点到" })).status).toBe(200);
});

it("finds Chinese words and numbers, in scope only", async () => {
  const text = "虾峙岛渔嫂驿站门口的台阶塌了一块";
  const report = (await visitor(made).send("POST", "/api/cases", aReport({ text }))).body;
  const [desk, elsewhere] = await Promise.all([signedIn(made, "dispatch"), signedIn(made, "330922-publicWorks")]);
  const found = await desk.get(`/api/cases?q=${encodeURIComponent("渔嫂驿站")}`);
  expect(found.body.items.map((item: { id: string }) => item.id)).toEqual([report.id]);
  expect((await desk.get(`/api/cases?q=${report.number}`)).body.items).toHaveLength(1);
  expect((await elsewhere.get(`/api/cases?q=${encodeURIComponent("渔嫂驿站")}`)).body.items).toHaveLength(0);
  expect((await elsewhere.get(`/api/cases/${report.id}`)).body.error.code).toBe("outOfScope");
});
