import { beforeAll, describe, expect, it } from "vitest";
import { aReport, give, monday, signedIn, useHouse, visitor } from "../../support/house.ts";
import { aKey, aPublished, aRequest, asTexts, caseIdOf, client, close, publish } from "./client.ts";

const made = useHouse();
const open311 = client(made);
const hour = 3_600_000;
const at = (time: number): string => encodeURIComponent(new Date(time).toISOString());
let lamp = { id: "", number: "" };

beforeAll(async () => {
  lamp = await aPublished(made, aReport());
  made.clock.now = monday + 5 * hour;
  await close(made, lamp.id);
  await visitor(made).send("POST", "/api/cases", aReport());
  made.clock.now = monday + 6 * hour;
});

function anUpdate(key: string, number: string, change: Record<string, string> = {}): Record<string, string> {
  return {
    api_key: key,
    service_request_id: number,
    update_id: "fms-1",
    status: "OPEN",
    updated_datetime: "2026-11-23T16:00:00+08:00",
    description: "晚上更暗了",
    ...change,
  };
}

describe("the feed of updates", () => {
  it("tells the steps of published requests in order, in both formats, without anybody's words", async () => {
    const { json, xml } = await open311.both("/servicerequestupdates");
    expect(xml).toEqual(asTexts(json));
    expect(json.map((each: any) => [each.external_status_code, each.status])).toEqual([
      ["filed", "open"],
      ["dispatched", "open"],
      ["accepted", "open"],
      ["contacted", "open"],
      ["responded", "open"],
      ["checked", "open"],
      ["closed", "closed"],
    ]);
    expect(new Set(json.map((each: any) => each.service_request_id))).toEqual(new Set([lamp.number]));
    expect(json[6]).toMatchObject({
      update_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      updated_datetime: "2026-11-23T15:00:00+08:00",
      media_url: null,
    });
    expect(json.every((each: any) => each.description)).toBe(true);
    for (const words of ["13800001234", "灯泡", "王阿姨", "亮了"]) expect(JSON.stringify(json)).not.toContain(words);
  });

  it("can be asked for by time, by request and by page", async () => {
    const count = async (query: string): Promise<number> =>
      (await open311.get(`/servicerequestupdates.json?${query}`)).body.length;
    expect(await count(`start_date=${at(monday + hour)}&end_date=${at(monday + 6 * hour)}`)).toBe(5);
    expect(await count(`start_date=${at(monday + 5.5 * hour)}`)).toBe(0);
    expect(await count(`service_request_id=${lamp.number}`)).toBe(7);
    expect(await count("service_request_id=3333-3333")).toBe(0);
    expect(await count("page_size=5&page=2")).toBe(2);
    expect((await open311.get("/servicerequestupdates.json?start_date=now")).status).toBe(400);
  });

  it("tells a client the steps of what it brought before that is published, and nobody else", async () => {
    const [own, other] = [await aKey(made), await aKey(made)];
    const number = (await open311.post("/requests.json", aRequest(own.key))).body[0].service_request_id;
    const desk = await signedIn(made, "dispatch");
    await give(desk, await caseIdOf(made, number), { type: "decline", reason: "王阿姨自己修好了", channel: "12345" });
    const mine = (await open311.get(`/servicerequestupdates.json?service_request_id=${number}&api_key=${own.key}`))
      .body;
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({ status: "closed", external_status_code: "declined" });
    expect(JSON.stringify(mine)).not.toContain("王阿姨");
    for (const query of ["", `&api_key=${other.key}`])
      expect((await open311.get(`/servicerequestupdates.json?service_request_id=${number}${query}`)).body).toEqual([]);
  });
});

describe("an update from a client", () => {
  it.each(["xml", "json"])("adds what the reporter says to a request it brought, once, in %s", async (format) => {
    const { key } = await aKey(made);
    const number = (await open311.post("/requests.json", aRequest(key))).body[0].service_request_id;
    const update = anUpdate(key, number, { media_url: "https://photos.example.org/2.jpg" });
    const answers = await Promise.all([1, 2, 3].map(() => open311.post(`/servicerequestupdates.${format}`, update)));
    answers.push(await open311.post(`/servicerequestupdates.${format}`, update));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body[0].update_id)).size).toBe(1);
    const desk = await signedIn(made, "dispatch");
    const { timeline } = (await desk.get(`/api/cases/${await caseIdOf(made, number)}`)).body;
    expect(timeline.map((event: any) => event.type)).toEqual(["reported", "informationAdded"]);
    expect(timeline[1]).toMatchObject({
      actorRole: "reporter",
      data: { text: "晚上更暗了\nhttps://photos.example.org/2.jpg" },
    });
    await open311.post(`/servicerequestupdates.${format}`, { ...update, description: "又亮了" });
    const again = (await desk.get(`/api/cases/${await caseIdOf(made, number)}`)).body.timeline;
    expect(again.map((event: any) => event.data.text).slice(2)).toEqual(["又亮了\nhttps://photos.example.org/2.jpg"]);
  });

  it("asks to reopen when the reporter says that a closed request is open", async () => {
    const { key } = await aKey(made);
    const number = (await open311.post("/requests.json", aRequest(key))).body[0].service_request_id;
    const id = await caseIdOf(made, number);
    await publish(made, id, "路灯不亮");
    await close(made, id);
    expect(
      (await open311.post("/servicerequestupdates.json", anUpdate(key, number, { status: "REOPEN" }))).status,
    ).toBe(200);
    const desk = await signedIn(made, "dispatch");
    const reopenings = (await desk.get("/api/cases?queue=reopenings")).body.items;
    expect(reopenings.map((item: { id: string }) => item.id)).toContain(id);
    await give(desk, id, { type: "decideReopening", granted: true, reason: "还不亮" });
    const { body } = await open311.get(`/servicerequestupdates.json?service_request_id=${number}`);
    expect(body.slice(-2).map((each: any) => [each.external_status_code, each.status])).toEqual([
      ["reopeningRequested", "closed"],
      ["reopeningDecided", "open"],
    ]);
  });

  it("is a remark that only staff read on a request of somebody else", async () => {
    const { key } = await aKey(made, "邻市热线");
    expect((await open311.post("/servicerequestupdates.json", anUpdate(key, lamp.number))).status).toBe(200);
    const desk = await signedIn(made, "dispatch");
    const { timeline } = (await desk.get(`/api/cases/${lamp.id}`)).body;
    expect(timeline.at(-1)).toMatchObject({
      type: "internalNoteAdded",
      visible: "staff",
      data: { text: "邻市热线：晚上更暗了" },
    });
    expect((await open311.get("/servicerequestupdates.json")).text).not.toContain("晚上更暗了");
  });

  it("is refused on a request that the client cannot know", async () => {
    const [own, other] = [await aKey(made), await aKey(made)];
    const number = (await open311.post("/requests.json", aRequest(own.key))).body[0].service_request_id;
    for (const each of [number, "3333-3333", "x"]) {
      const refused = await open311.post("/servicerequestupdates.json", anUpdate(other.key, each));
      expect([refused.status, refused.body[0].description]).toEqual([404, "The service_request_id was not found."]);
    }
  });

  it("is refused with everything that is wrong", async () => {
    const { key } = await aKey(made);
    const missing = await open311.post("/servicerequestupdates.xml", { api_key: key, update_id: "1" });
    expect([missing.status, missing.body.map((each: any) => each.description)]).toEqual([
      400,
      ["service_request_id", "status", "updated_datetime", "description"].map((name) => `${name} was not provided.`),
    ]);
    const wrong = anUpdate(key, lamp.number, { status: "LOST", updated_datetime: "yesterday" });
    expect((await open311.post("/servicerequestupdates.json", wrong)).body).toHaveLength(2);
    expect((await open311.post("/servicerequestupdates.json", anUpdate("", lamp.number))).status).toBe(403);
    expect((await open311.post("/servicerequestupdates.json", anUpdate("wrong", lamp.number))).status).toBe(403);
  });
});
