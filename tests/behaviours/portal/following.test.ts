import sharp from "sharp";
import { expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor } from "../../support/house.ts";
import { hidden, plainBrowser } from "./forms.ts";

const made = useHouse();
const browser = plainBrowser(made);
const day = 86_400_000;

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: "#446" } })
    .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "29/1 57/1 0/1" } })
    .jpeg()
    .toBuffer();

/** A case that its unit answered and a checker closed. */
async function closed() {
  const reported = await dispatched(made);
  const unit = await signedIn(made, "330903-publicWorks");
  for (const command of [
    { type: "accept" },
    { type: "contact", note: "电话说好明天去" },
    { type: "respond", answer: "换了灯泡" },
  ])
    await give(unit, reported.id, command);
  await give(await signedIn(made, "checker"), reported.id, { type: "check", passed: true, note: "亮了" });
  return reported;
}

it("says who has it, by when, and what happens next", async () => {
  const reported = await visitor(made).send("POST", "/api/cases", aReport());
  const received = await browser.get(reported.body.link);
  expect(received.text).toContain("已经收到");
  expect(received.text).toContain("最晚 11月26日 答复您");
  expect(received.text).toContain("接下来：值班人员看过");
  const desk = await signedIn(made, "dispatch");
  await give(desk, reported.body.id, { type: "file" });
  await give(desk, reported.body.id, { type: "dispatch", lead: "330903-publicWorks", assist: ["330903-powerCompany"] });
  await give(await signedIn(made, "330903-publicWorks"), reported.body.id, { type: "accept" });
  const taken = await browser.get(reported.body.link);
  expect(taken.text).toContain("普陀区市政公用中心处理，办完答复您");
  expect(taken.text).toContain("承办单位应在");
  expect(taken.text).toContain("协办单位");
});

it("shows a promise that was not kept, one that stands still, and why", async () => {
  const late = await dispatched(made);
  const now = made.clock.now;
  made.clock.now += 20 * day;
  const overdue = await browser.get(late.link);
  expect(overdue.text).toContain("已经超期。对不起。");
  made.clock.now = now;
  const unit = await signedIn(made, "330903-publicWorks");
  await give(unit, late.id, { type: "accept" });
  const until = new Date(now + 10 * day).toISOString();
  await give(unit, late.id, { type: "requestSuspension", until, reason: "等台风过去" });
  const desk = await signedIn(made, "dispatch");
  const { body } = await desk.get(`/api/cases/${late.id}`);
  await give(desk, late.id, {
    type: "decideSuspension",
    orderId: body.case.orders[0].id,
    granted: true,
    reason: "同意",
  });
  expect((await browser.get(late.link)).text).toContain("起挂起，不计时间。原因：等台风过去");
});

it('takes a rating with a photo; "not resolved" reaches unit and dispatcher with it', async () => {
  const { id, link } = await closed();
  const page = await browser.get(link);
  expect(page.text).toContain("请在 12月7日 前评价");
  const fields = { ...hidden(page.text), resolved: "no", satisfaction: "2", comment: "只亮了一晚" };
  const [rated, twice] = await Promise.all([
    browser.postFiles(`${link}/rate`, fields, [await picture()]),
    browser.postFiles(`${link}/rate`, fields, [await picture()]),
  ]);
  expect([rated.status, twice.status]).toEqual([303, 303]);
  const after = await browser.get(link);
  expect(after.text).toContain("您的评价：没有解决，不满意");
  expect(after.text).toContain("派遣员和承办单位都已收到");
  for (const login of ["dispatch", "330903-publicWorks"]) {
    const staff = await signedIn(made, login);
    const seen = await staff.get(`/api/cases/${id}`);
    const [photo] = seen.body.case.reopening.photos;
    expect(seen.body.timeline.filter(({ type }: { type: string }) => type === "reopeningRequested")).toHaveLength(1);
    expect((await staff.get(`/photos/${photo}`)).status).toBe(200);
    expect((await visitor(made).get(`/photos/${photo}`)).status).toBe(404);
  }
});

it("refuses a rating after 14 days and says what can still be done", async () => {
  const { link } = await closed();
  const open = await browser.get(link);
  const now = made.clock.now;
  made.clock.now += 14 * day + 1;
  const over = await browser.get(link);
  expect(over.text).toContain("评价的时间（办结后 14 天）已经过了");
  expect(over.text).not.toContain("提交评价");
  const late = await browser.post(`${link}/rate`, { ...hidden(open.text), resolved: "yes", satisfaction: "5" });
  expect(late.status).toBe(409);
  const reopening = await browser.post(`${link}/reopen`, { ...hidden(over.text), reason: "又灭了" });
  expect(reopening.status).toBe(303);
  made.clock.now = now;
});

it("keeps what was typed when a step is refused", async () => {
  const { link } = await closed();
  const page = await browser.get(link);
  const nothing = await browser.post(`${link}/rate`, { ...hidden(page.text), comment: "亮是亮了，很暗" });
  expect(nothing.status).toBe(422);
  expect(nothing.text).toContain("亮是亮了，很暗");
  const tooLong = await browser.post(`${link}/reopen`, { ...hidden(page.text), reason: "灯".repeat(1001) });
  expect(tooLong.status).toBe(422);
  expect(tooLong.text).toContain("灯".repeat(1001));
});

it("shows strangers the photos that a moderator chose, and no others", async () => {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(await picture())]), "lamp.jpg");
  const body = new Response(form);
  const kept = await made.app.inject({
    method: "POST",
    url: "/api/photos",
    headers: { "content-type": body.headers.get("content-type")! },
    payload: Buffer.from(await body.arrayBuffer()),
  });
  const photo = kept.json().id as string;
  const { body: reported } = await visitor(made).send("POST", "/api/cases", aReport({ photos: [photo] }));
  const desk = await signedIn(made, "dispatch");
  await give(desk, reported.id, { type: "file" });
  await give(desk, reported.id, { type: "publish", text: "路灯灭了" });
  expect((await browser.get(`/photos/${photo}`)).status).toBe(404);
  await give(desk, reported.id, { type: "unpublish", reason: "加上照片" });
  await give(desk, reported.id, { type: "publish", text: "路灯灭了", photos: [photo, reported.id] });
  expect((await browser.get(`/cases/${reported.number}`)).text).toContain(`/photos/${photo}`);
  const shown = await made.app.inject({ url: `/photos/${photo}` });
  expect((await sharp(shown.rawPayload).metadata()).exif).toBeUndefined();
});

it("lists a resident's own cases and devices, and ends what he does not know", async () => {
  const signIn = async (): Promise<string> => {
    await browser.post("/me/phone", { phone: "13911112222" });
    const code = /\d{6}/.exec(made.notifier.sent.at(-1)!.text)![0];
    const answer = await made.app.inject({
      method: "POST",
      url: "/me/code",
      headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "Mozilla/5.0 (Android) Chrome/99" },
      payload: new URLSearchParams({ phone: "13911112222", code }).toString(),
    });
    return String(answer.headers["set-cookie"]).split(";")[0]!;
  };
  const [lost, own] = [plainBrowser(made, await signIn()), plainBrowser(made, await signIn())];
  const where = await own.post("/report/what", { ...hidden((await own.get("/report")).text), text: "楼道灯不亮" });
  const more = await own.post("/report/where", { ...hidden(where.text), unknown: "1" });
  expect(more.text).toContain('value="13911112222"');
  const last = { ...hidden(more.text), categoryId: "environment.litter", wantsContact: "1" };
  expect((await own.post("/report/more", last)).status).toBe(303);
  const mine = await own.get("/me");
  expect(mine.text).toContain("楼道灯不亮");
  expect(mine.text).toContain("Android 上的 Chrome");
  const session = /name="session" value="([^"]+)"/.exec(mine.text)![1]!;
  expect((await own.post("/me/end", { session })).status).toBe(403);
  expect((await own.post("/me/end", { ...hidden(mine.text), session })).status).toBe(303);
  expect((await lost.get("/me")).text).toContain("发验证码");
  expect((await own.get("/me")).text).toContain("楼道灯不亮");
});

it("sends a telephone five codes an hour and no more", async () => {
  const ask = (): Promise<{ status: number }> => browser.post("/me/phone", { phone: "13799998888" });
  for (let i = 0; i < 5; i += 1) expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(429);
  made.clock.now += 61 * 60_000;
  expect((await ask()).status).toBe(200);
});
