import { expect, it } from "vitest";
import { dispatched, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();

async function post(url: string, fields: Record<string, string>) {
  const answer = await made.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(fields).toString(),
  });
  return { status: answer.statusCode, text: answer.body, location: answer.headers.location };
}

function hidden(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
}

it("reports in three steps with forms alone", async () => {
  const what = await visitor(made).get("/report");
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
  const last = {
    ...hidden(more.text),
    categoryId: "seaTransit.piers",
    name: "李伯",
    phone: "13700002222",
    wantsContact: "1",
  };
  const done = await post("/report/more", last);
  const number = /class="number">([^<]+)/.exec(done.text)?.[1];
  expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const again = await post("/report/more", last);
  expect(again.text).toContain(number);
  const found = await post("/find", { number: number!.toLowerCase().replace("-", " "), digits: "2222" });
  expect(found.status).toBe(303);
  const follow = await visitor(made).get(found.location!);
  expect(follow.text).toContain("码头台阶很滑");
  expect((await post("/find", { number: number!, digits: "0000" })).status).toBe(404);
});

it("publishes only what was moderated, with numbers hidden and the place coarse", async () => {
  const { id, number } = await dispatched(made);
  const desk = await signedIn(made, "dispatch");
  expect((await visitor(made).get(`/cases/${number}`)).status).toBe(404);
  await give(desk, id, {
    type: "publish",
    text: "滨港路路灯灭了，联系 13800001234，车牌浙L12345，证件330903199001011234",
  });
  const page = await visitor(made).get(`/cases/${number}`);
  expect(page.text).toContain("滨港路路灯灭了");
  for (const secret of ["13800001234", "浙L12345", "330903199001011234", "王阿姨", "122.3000"])
    expect(page.text).not.toContain(secret);
  expect((await visitor(made).get(`/cases?q=${encodeURIComponent("滨港路")}`)).text).toContain(number);
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

it("signs a resident in by a code that works once", async () => {
  await post("/me/phone", { phone: "13512345678" });
  const code = /\d{6}/.exec(made.notifier.sent.at(-1)!.text)![0];
  expect((await post("/me/code", { phone: "13512345678", code: code === "000000" ? "000001" : "000000" })).status).toBe(
    401,
  );
  expect((await post("/me/code", { phone: "13512345678", code })).status).toBe(303);
  expect((await post("/me/code", { phone: "13512345678", code })).status).toBe(401);
});
