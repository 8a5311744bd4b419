import { beforeAll, describe, expect, it } from "vitest";
import { aReport, give, monday, signedIn, useHouse, visitor } from "../../support/house.ts";
import { aKey, aPublished, aRequest, asTexts, caseIdOf, client, close, publish } from "./client.ts";

const made = useHouse();
const open311 = client(made);
const day = 86_400_000;
const known = {} as Record<"lamp" | "pier" | "old" | "sealed", { id: string; number: string }>;
const at = (time: number): string => encodeURIComponent(new Date(time).toISOString());
const names = (got: { body: any[] }): string[] =>
  got.body.map(
    (each) => Object.entries(known).find(([, { number }]) => number === each.service_request_id)?.[0] ?? "?",
  );
const ask = async (query: string): Promise<string[]> => names(await open311.get(`/requests.json?${query}`));

beforeAll(async () => {
  made.clock.now = monday - 100 * day;
  known.old = (await visitor(made).send("POST", "/api/cases", aReport())).body;
  made.clock.now = monday - 2 * day;
  await publish(made, known.old.id, "路灯不亮");
  const text = "王阿姨 13800001234 说路灯 & 电线 <坏了> 浙L12345";
  known.lamp = await aPublished(made, aReport({ place: { lon: 122.30049, lat: 29.95049, name: "3 栋 502" } }), text);
  made.clock.now = monday - day;
  const pier = { categoryId: "seaTransit.piers", place: { lon: 122.31, lat: 29.94 }, answers: { danger: false } };
  known.pier = await aPublished(made, aReport(pier), "码头台阶坏了");
  known.sealed = (await visitor(made).send("POST", "/api/cases", aReport())).body;
  await close(made, known.lamp.id);
  made.clock.now = monday;
});

describe("a published request", () => {
  it("is shown in both formats, moderated, masked and without anything of a person", async () => {
    const { json, xml } = await open311.both(`/requests/${known.lamp.number}`);
    expect(xml).toEqual(asTexts(json));
    expect(json).toHaveLength(1);
    expect(json[0]).toMatchObject({
      service_request_id: known.lamp.number,
      status: "closed",
      status_notes: "closed",
      service_name: "Street lights",
      service_code: "facilities.streetLights",
      requested_datetime: "2026-11-21T10:00:00+08:00",
      updated_datetime: "2026-11-22T10:00:00+08:00",
      lat: 29.95,
      long: 122.3,
      media_url: null,
    });
    expect(json[0].description).toBe("王阿姨 138******** 说路灯 & 电线 <坏了> 浙L*****");
    expect(json[0].expected_datetime).toMatch(/\+08:00$/);
    expect(json[0].address).toMatch(/普陀|Putuo/);
    expect(json[0].agency_responsible).toBeTruthy();
    for (const secret of ["13800001234", "3 栋 502", "灯泡换好了", "已打电话", known.lamp.id])
      expect(JSON.stringify(json)).not.toContain(secret);
  });

  it("has every field of the specification, and its number is taken as people write it", async () => {
    const [shown] = (await open311.get(`/requests/${known.lamp.number.toLowerCase().replace("-", "")}.json`)).body;
    expect(Object.keys(shown)).toEqual(
      "service_request_id status status_notes service_name service_code description agency_responsible service_notice requested_datetime updated_datetime expected_datetime address address_id zipcode lat long media_url".split(
        " ",
      ),
    );
  });
});

it("does not show what is not published, nor say whether it exists", async () => {
  const [sealed, none] = [
    await open311.get(`/requests/${known.sealed.number}.json`),
    await open311.get("/requests/3333-3333.json"),
  ];
  expect([sealed.status, sealed.body]).toEqual([404, none.body]);
  expect(await ask(`service_request_id=${known.sealed.number}`)).toEqual([]);
  const desk = await signedIn(made, "dispatch");
  const brief = await aPublished(made, aReport());
  expect((await open311.get(`/requests/${brief.number}.json`)).status).toBe(200);
  await give(desk, brief.id, { type: "unpublish", reason: "涉及个人" });
  expect((await open311.get(`/requests/${brief.number}.json`)).status).toBe(404);
});

it("tells a client how a request it brought stands, and nobody else", async () => {
  const [own, other] = [await aKey(made), await aKey(made)];
  const number = (await open311.post("/requests.json", aRequest(own.key))).body[0].service_request_id;
  const [shown] = (await open311.get(`/requests/${number}.json?api_key=${own.key}`)).body;
  expect(shown).toMatchObject({ service_request_id: number, status: "open", status_notes: "received" });
  expect(shown).toMatchObject({ description: null, address: null, address_id: null, lat: null, long: null });
  expect((await open311.get(`/requests/${number}.json?api_key=${other.key}`)).status).toBe(404);
  expect((await open311.get(`/requests/${number}.json`)).status).toBe(404);
  const listed = (await open311.get(`/requests.json?api_key=${own.key}&service_code=facilities.streetLights`)).body;
  expect(listed.map((each: any) => each.service_request_id)).toContain(number);
  const first = (await open311.get(`/requests.json?api_key=${own.key}&page_size=1`)).body;
  const second = (await open311.get(`/requests.json?api_key=${own.key}&page_size=1&page=2`)).body;
  expect([first, second].map(([each]) => each.service_request_id)).toEqual([number, known.pier.number]);
  const near = await open311.get(`/requests.json?api_key=${own.key}&lat=29.95&long=122.3&radius=50000`);
  expect(near.body.map((each: any) => each.service_request_id)).not.toContain(number);
  expect(await caseIdOf(made, number)).toBeTruthy();
});

it("says of a synthetic request that it is one", async () => {
  const { number, id } = await aPublished(made, aReport());
  await made.house.pool.query("update cases set record = record || '{\"synthetic\":true}' where id = $1", [id]);
  const [shown] = (await open311.get(`/requests/${number}.json`)).body;
  expect(shown.service_notice).toBe("Demonstration data, not a real report.");
  const desk = await signedIn(made, "dispatch");
  await give(desk, id, { type: "unpublish", reason: "演示" });
});

describe("the list of requests", () => {
  it("is of the last 90 days, newest first, the same in both formats", async () => {
    const { json, xml } = await open311.both("/requests");
    expect(xml).toEqual(asTexts(json));
    expect(names({ body: json })).toEqual(["pier", "lamp"]);
  });

  const now = monday;
  it.each<[what: string, query: string, found: string[]]>([
    ["ids between commas, whatever else is asked", "service_request_id={lamp},{old}&status=open", ["lamp", "old"]],
    ["repeated ids", "service_request_id={pier}&service_request_id={old}", ["pier", "old"]],
    ["an unknown id", "service_request_id=3333-3333", []],
    ["a service code", "service_code=seaTransit.piers", ["pier"]],
    ["service codes", "service_code=seaTransit.piers,facilities.streetLights", ["pier", "lamp"]],
    ["open", "status=open", ["pier"]],
    ["closed", "status=closed", ["lamp"]],
    ["open and closed", "status=open,closed", ["pier", "lamp"]],
    ["an empty parameter, as if it were not sent", "status=&service_code=&start_date=", ["pier", "lamp"]],
    ["a start", `start_date=${at(now - 1.5 * day)}`, ["pier"]],
    ["an end, and the 90 days before it", `end_date=${at(now - 1.5 * day)}`, ["lamp"]],
    ["a start and an end long ago", `start_date=${at(now - 120 * day)}&end_date=${at(now - 95 * day)}`, ["old"]],
    ["a date in another zone, its plus sign not encoded", "start_date=2026-11-21T18:00:00+08:00", ["pier"]],
    ["a size", "page_size=1", ["pier"]],
    ["the next page", "page_size=1&page=2", ["lamp"]],
    ["a page past the end", "page_size=1&page=3", []],
    ["a point", "lat=29.94&long=122.31&radius=100", ["pier"]],
    ["a point and a wider reach", "lat=29.94&long=122.31&radius=3000", ["pier", "lamp"]],
    ["changes since", `updated_after=${at(now - 1.5 * day)}`, ["lamp", "pier"]],
    [
      "changes between, however old the request",
      `updated_after=${at(now - 3 * day)}&updated_before=${at(now - 1.5 * day)}`,
      ["old"],
    ],
    ["a jurisdiction", "jurisdiction_id=330900000000&status=closed", ["lamp"]],
    ["words it does not know", "utm_source=x&status=closed", ["lamp"]],
  ])("can be asked for by %s", async (_what, query, found) => {
    const filled = query.replace(/\{(\w+)\}/g, (_all, name: keyof typeof known) => known[name].number);
    expect((await ask(filled)).toSorted()).toEqual(found.toSorted());
  });

  it("measures distances to the published place, so that questions cannot find the real one", async () => {
    // The case lies at 29.95049, 122.30049 and is published at 29.95, 122.3.
    expect(await ask("lat=29.95&long=122.3&radius=5")).toEqual(["lamp"]);
    expect(await ask("lat=29.95049&long=122.30049&radius=30")).toEqual([]);
  });

  it.each<[what: string, query: string, problem: RegExp]>([
    ["more than 90 days", `start_date=${at(now - 91 * day)}&end_date=${at(now)}`, /90 days/],
    ["an end before its start", `start_date=${at(now)}&end_date=${at(now - day)}`, /before/],
    ["a date without a zone", "start_date=2026-11-01T00:00:00", /W3C date/],
    ["a day that does not exist", "start_date=2026-02-30T00:00:00Z", /W3C date/],
    ["words for a date", "end_date=yesterday", /W3C date/],
    ["an unknown status", "status=open,lost", /open or closed/],
    ["half a point", "lat=29.9", /together/],
    ["a latitude that is none", "lat=129&long=122", /lat must be/],
    ["a page that is none", "page=0", /page must be/],
    ["a size that is none", "page_size=-5", /page_size/],
    ["too many ids", `service_request_id=${"3333-3333,".repeat(1001)}`, /1,000/],
  ])("refuses %s", async (_what, query, problem) => {
    const refused = await open311.get(`/requests.json?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual([{ code: 400, description: expect.stringMatching(problem) }]);
  });

  it("does not know another city, nor a service that is none", async () => {
    for (const query of ["jurisdiction_id=sfgov.org", "service_code=potholes"]) {
      const refused = await open311.get(`/requests.xml?${query}`);
      expect([refused.status, refused.body[0].code]).toEqual([404, "404"]);
    }
  });
});
