import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
let officer: Person;
let cookie = "";
let csrf = "";
let filed: { id: string; number: string; link: string };

beforeAll(async () => {
  officer = await signedIn(made, "privacy");
  await form("/me/phone", { phone: "13512345678" });
  const code = /\d{6}/.exec(made.notifier.sent.at(-1)!.text)![0];
  const signed = await form("/me/code", { phone: "13512345678", code });
  cookie = String([signed.headers["set-cookie"]].flat()[0]).split(";")[0]!;
  csrf = /name="csrf" value="([^"]+)"/.exec((await visitor(made, cookie).get("/me/privacy")).text)![1]!;
  const me = visitor(made, cookie, csrf);
  filed = (
    await me.send(
      "POST",
      "/api/cases",
      aReport({ reporter: { name: "王阿姨", phone: "13512345678", wantsContact: true } }),
    )
  ).body;
  await me.send("POST", "/api/cases", aReport({ text: "码头台阶滑" }));
});

async function form(url: string, fields: Record<string, string>, as = "") {
  return made.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded", ...(as && { cookie: as }) },
    payload: new URLSearchParams(fields).toString(),
  });
}
const ask = (fields: Record<string, string>) =>
  form("/me/privacy/request", { csrf, id: randomUUID(), ...fields }, cookie);
const open = async () =>
  (await officer.get("/api/privacy/requests")).body.requests.filter((each: { decided?: object }) => !each.decided);
const decide = (id: string, body: object) =>
  officer.send("POST", `/api/privacy/requests/${id}/decision`, { id: randomUUID(), ...body });

describe("my data", () => {
  it("can be taken away as a file and as a page, whole when signed in", async () => {
    const { body, headers } = await visitor(made, cookie).get("/me/data.json");
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).toMatchObject({ format: "linge-own-data/1", account: { phone: "13512345678" } });
    expect(body.cases.map(({ text }: { text: string }) => text).sort()).toEqual(["滨港路的路灯灭了三天", "码头台阶滑"]);
    expect(body.cases.find(({ number }: { number: string }) => number === filed.number).reporter).toEqual({
      name: "王阿姨",
      phone: "13512345678",
      wantsContact: true,
    });
    const page = (await visitor(made, cookie).get("/me/data")).text;
    for (const word of ["13512345678", "码头台阶滑", filed.number, "已收到"]) expect(page).toContain(word);
  });

  it("through a link is that case alone, with name and number masked; others get nothing", async () => {
    const { body } = await visitor(made).get(`${filed.link}/data.json`);
    expect(body.cases.length).toBe(1);
    expect(body.account).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain("13512345678");
    expect((await visitor(made).get("/me/data.json")).status).toBe(401);
    expect((await visitor(made).get(`/f/${"x".repeat(43)}/data.json`)).status).toBe(404);
    const other = await dispatched(made);
    expect((await visitor(made, cookie).get("/me/data.json")).text).not.toContain(other.number);
  });

  it("is explained to everybody, from the columns of the database", async () => {
    const page = (await visitor(made).get("/privacy")).text;
    for (const word of ["联系本人", "姓名、电话、住址、怎么联系", "1 年", "评价与人的关联", "180 天"])
      expect(page).toContain(word);
    expect((await visitor(made, "linge-language=en").get("/privacy")).text).toContain(
      "What we keep, why, and how long",
    );
  });
});

describe("a request", () => {
  it("for a correction is answered in time, with the new words in place", async () => {
    expect((await ask({ kind: "correction", text: "", caseId: filed.id })).statusCode).toBe(422);
    expect((await ask({ kind: "correction", text: "电话错了，是 13598765432", caseId: filed.id })).statusCode).toBe(
      303,
    );
    expect((await ask({ kind: "correction", text: "再说一遍", caseId: filed.id })).statusCode).toBe(409);
    expect((await visitor(made, cookie).get("/me/privacy")).text).toMatch(/最晚 ?12 ?月 ?14 ?日/);
    const [request] = await open();
    expect(request).toMatchObject({ kind: "correction", number: filed.number, dueAt: "2026-12-14T09:30:00.000Z" });
    expect((await decide(request.id, { outcome: "granted", answer: "改好了。", phone: "13598765432" })).status).toBe(
      200,
    );
    const { body } = await visitor(made, cookie).get("/me/data.json");
    expect(body.cases.find(({ number }: { number: string }) => number === filed.number).reporter.phone).toBe(
      "13598765432",
    );
    expect((await visitor(made, cookie).get("/me/privacy")).text).toContain("改好了。");
  });

  it("about somebody else's case is not found", async () => {
    const other = await dispatched(made);
    expect((await ask({ kind: "deletion", text: "请删", caseId: other.id })).statusCode).toBe(404);
    expect((await form("/me/privacy/forget", { csrf, id: randomUUID(), caseId: other.id }, cookie)).statusCode).toBe(
      404,
    );
    expect((await form("/me/privacy/request", { id: randomUUID(), kind: "access" }, cookie)).statusCode).toBe(403);
  });

  it("for a deletion of all is answered too, and a refusal says why", async () => {
    expect((await ask({ kind: "deletion", text: "全部删掉" })).statusCode).toBe(303);
    const [request] = await open();
    expect(request.caseId).toBeUndefined();
    expect((await decide(request.id, { outcome: "declined", answer: "" })).status).toBe(422);
    expect((await decide(request.id, { outcome: "partly", answer: "还有一件没办完，办结后再去掉。" })).status).toBe(
      200,
    );
    expect((await visitor(made, cookie).get("/me/data.json")).text).toContain("办结后再去掉");
  });

  it("is decided by the privacy officer and nobody else", async () => {
    await ask({ kind: "access", text: "" });
    const [request] = await open();
    for (const login of ["auditor", "admin", "dispatch"]) {
      const person = await signedIn(made, login);
      const answer = await person.send("POST", `/api/privacy/requests/${request.id}/decision`, {
        id: randomUUID(),
        outcome: "granted",
        answer: "好",
      });
      expect([login, answer.status]).toEqual([login, 403]);
    }
    expect((await (await signedIn(made, "auditor")).get("/api/privacy/requests")).status).toBe(200);
    expect((await (await signedIn(made, "dispatch")).get("/api/privacy/requests")).status).toBe(403);
  });
});

describe("the own identity", () => {
  it("cannot go while the case is being worked on, and goes at once when it is closed", async () => {
    const forget = () => form(`${filed.link}/privacy/forget`, { id: randomUUID(), caseId: filed.id });
    expect((await forget()).statusCode).toBe(409);
    const [desk, unit, checker] = [
      await signedIn(made, "dispatch"),
      await signedIn(made, "330903-publicWorks"),
      await signedIn(made, "checker"),
    ];
    await give(desk, filed.id, { type: "file" });
    await give(desk, filed.id, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
    await give(unit, filed.id, { type: "accept" });
    await give(unit, filed.id, { type: "contact", note: "打过" });
    await give(unit, filed.id, { type: "respond", answer: "换好了" });
    await give(checker, filed.id, { type: "check", passed: true, note: "看过" });
    expect((await forget()).statusCode).toBe(303);
    const page = (await visitor(made).get(`${filed.link}/privacy`)).text;
    expect(page).toContain("身份已经去掉");
    const seen = await desk.get(`/api/cases/${filed.id}`);
    expect(JSON.stringify([seen.body.case, seen.body.timeline, seen.body.row])).not.toMatch(/滨港路|换好了/);
    expect(seen.body.case.reporter).toBeUndefined();
    const look = await desk.send("POST", `/api/cases/${filed.id}/reporter`, { id: randomUUID(), purpose: "contact" });
    expect(look.status).toBe(404);
  });
});
