import { expect, it } from "vitest";
import { dispatched, give, signedIn, useHouse, visitor } from "../../support/house.ts";
import { answersOn, hidden, numberOn, plainBrowser } from "./forms.ts";

const made = useHouse();
const browser = plainBrowser(made);
const { post } = browser;

it("reports in three steps with forms alone", async () => {
  const what = await browser.get("/report");
  expect(what.text).toContain("第 1 步，共 3 步");
  const where = await post("/report/what", { ...hidden(what.text), text: "码头台阶很滑，老人摔了", kind: "help" });
  expect(where.text).toContain("第 2 步，共 3 步");
  const missing = await post("/report/where", hidden(where.text));
  expect(missing.status).toBe(422);
  expect(missing.text).toContain("请至少写一样");
  const more = await post("/report/where", {
    ...hidden(where.text),
    placeName: "沈家门半升洞码头",
    area: "330903001000",
  });
  expect(more.text).toContain("第 3 步，共 3 步");
  const chosen = await post("/report/back?to=more", { ...hidden(more.text), categoryId: "seaTransit.piers" });
  const last = {
    ...hidden(chosen.text),
    ...answersOn(chosen.text),
    categoryId: "seaTransit.piers",
    name: "李伯",
    phone: "13700002222",
    wantsContact: "1",
  };
  const sent = await post("/report/more", last);
  expect(sent.status).toBe(303);
  const done = await browser.get(sent.location);
  const number = numberOn(done.text);
  expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(done.text).toContain("手机尾号 2222");
  const again = await post("/report/more", last);
  expect(again.location).toBe(sent.location);
  const found = await post("/find", { number: number.toLowerCase().replace("-", " "), digits: "2222" });
  expect(found.status).toBe(303);
  const follow = await browser.get(found.location);
  expect(follow.text).toContain("码头台阶很滑");
  expect((await post("/find", { number, digits: "0000" })).status).toBe(404);
});

it("takes a report whose place nobody can say", async () => {
  const where = await post("/report/what", { text: "海上有人喊救命", kind: "help" });
  const more = await post("/report/where", { ...hidden(where.text), unknown: "1" });
  const sent = await post("/report/more", { ...hidden(more.text), categoryId: "environment.litter" });
  expect((await browser.get(sent.location.replace("/received", ""))).text).toContain("说不清");
});

it("asks the questions of the category that was chosen, and does not lose the answers to others", async () => {
  const where = await post("/report/what", { text: "楼上有电线露在外面", kind: "report" });
  const more = await post("/report/where", { ...hidden(where.text), unknown: "1" });
  const chosen = { ...hidden(more.text), categoryId: "environment.litter", otherCategory: "safety.fire", name: "老张" };
  const asked = await post("/report/more", chosen);
  expect(asked.status).toBe(422);
  expect(asked.text).toContain("还要请您答一题");
  const [[id, answer] = ["", ""]] = Object.entries(answersOn(asked.text));
  expect(id).toMatch(/^answer-/);
  expect(asked.text).toContain('value="老张"');
  const sent = await post("/report/more", { ...hidden(asked.text), categoryId: "safety.fire", [id]: answer });
  expect(sent.status).toBe(303);
  const number = numberOn((await browser.get(sent.location)).text);
  const kept = await made.house.db
    .selectFrom("cases")
    .select("record")
    .where("city_id", "=", made.house.cityId)
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  expect(kept.record).toMatchObject({ categoryId: "safety.fire", answers: { [id.slice(7)]: answer } });
  expect((await browser.get("/report/questions?category=safety.fire")).text).toContain(id);
});

it("names what others said nearby before a report is sent twice", async () => {
  const { id, number } = await dispatched(made);
  await give(await signedIn(made, "dispatch"), id, { type: "publish", text: "滨港路的路灯灭了三天" });
  const where = await post("/report/what", { text: "滨港路上的路灯灭了", kind: "help" });
  const more = await post("/report/where", { ...hidden(where.text), lon: "122.301", lat: "29.951" });
  expect(more.text).toContain(`/cases/${number}`);
  const far = await post("/report/where", { ...hidden(where.text), lon: "122.1", lat: "30.03" });
  expect(far.text).not.toContain(`/cases/${number}`);
  const typing = await visitor(made).get(`/api/suggest?${new URLSearchParams({ text: "滨港路的路灯灭了" })}`);
  expect(typing.body.duplicates[0]).toMatchObject({ number, text: "滨港路的路灯灭了三天" });
});

it("publishes only what was moderated, with numbers hidden and the place coarse", async () => {
  const { id, number } = await dispatched(made);
  const desk = await signedIn(made, "dispatch");
  expect((await browser.get(`/cases/${number}`)).status).toBe(404);
  await give(desk, id, {
    type: "publish",
    text: "滨港路路灯灭了，联系 13800001234，车牌浙L12345，证件330903199001011234",
  });
  const page = await browser.get(`/cases/${number}`);
  expect(page.text).toContain("滨港路路灯灭了");
  for (const secret of ["13800001234", "浙L12345", "330903199001011234", "王阿姨", "122.3000"])
    expect(page.text).not.toContain(secret);
  expect((await browser.get(`/cases?q=${encodeURIComponent("滨港路")}`)).text).toContain(number);
  expect((await browser.get("/cases?category=facilities.streetLights")).text).toContain(number);
  expect((await browser.get("/cases?category=environment.litter")).text).not.toContain(number);
});

it("keeps confidential matters off every public page", async () => {
  const { id } = await dispatched(made);
  const desk = await signedIn(made, "dispatch");
  await give(desk, id, { type: "correctCategory", categoryId: "publicService.conduct", reason: "投诉窗口" });
  expect((await give(desk, id, { type: "publish", text: "x" })).body.error.code).toBe("notPossibleNow");
});

it("speaks English and in large type when asked, and remembers", async () => {
  const page = await made.app.inject({ url: "/?lang=en&large=1" });
  expect(page.body).toContain("Report something");
  expect(page.body).toContain('class="large"');
  expect([page.headers["set-cookie"]].flat().join()).toContain("linge-language=en");
  expect((await visitor(made, "linge-language=en; linge-large=1").get("/about")).text).toContain("Service first");
});

it("changes language and size of type in the middle of a report without losing a word", async () => {
  const where = await post("/report/what", { text: "码头台阶很滑", kind: "complaint" });
  const larger = await post("/report/back?to=where&large=1", { ...hidden(where.text), placeName: "半升洞" });
  expect(larger.text).toContain('class="large"');
  expect(larger.text).toContain('value="半升洞"');
  const more = await post("/report/where", { ...hidden(larger.text), placeName: "半升洞" });
  const english = await post("/report/back?to=more&lang=en", { ...hidden(more.text), name: "李伯", phone: "123" });
  expect(english.text).toContain("Step 3 of 3");
  for (const kept of ["码头台阶很滑", "半升洞", "李伯", "123", "complaint"]) expect(english.text).toContain(kept);
});

it("signs a resident in by a code that works once", async () => {
  await post("/me/phone", { phone: "135 1234 5678" });
  const code = /\d{6}/.exec(made.notifier.sent.at(-1)!.text)![0];
  const other = code === "000000" ? "000001" : "000000";
  expect((await post("/me/code", { phone: "13512345678", code: other })).status).toBe(401);
  expect((await post("/me/code", { phone: "13512345678", code })).status).toBe(303);
  expect((await post("/me/code", { phone: "13512345678", code })).status).toBe(401);
});
