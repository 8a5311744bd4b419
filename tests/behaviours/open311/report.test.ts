import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, it } from "vitest";
import { give, signedIn, useHouse, visitor } from "../../support/house.ts";
import { aKey, aRequest, caseIdOf, client, publish, readXml } from "./client.ts";

const made = useHouse();
const open311 = client(made);

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: "#446" } })
    .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "29/1 57/1 0/1" } })
    .jpeg()
    .toBuffer();

async function caseOf(number: string) {
  const desk = await signedIn(made, "dispatch");
  const id = await caseIdOf(made, number);
  return (await desk.get(`/api/cases/${id}`)).body;
}

it.each(["xml", "json"])("becomes a case like one from the portal, in %s", async (format) => {
  const { key } = await aKey(made);
  const sent = aRequest(key, {
    "attribute[lampNumber]": "L-17",
    first_name: "阿姨",
    last_name: "王",
    phone: "13800001234",
    email: "wang@example.org",
    device_id: "tt222111",
    account_id: "123456",
    media_url: "https://photos.example.org/1.jpg",
    description: `滨港路的路灯灭了\r\n<b>三天</b> & "更久" ${format}`,
  });
  const answer = await open311.post(`/requests.${format}`, sent);
  expect(answer.status).toBe(200);
  expect(answer.body).toHaveLength(1);
  const [{ service_request_id: number, service_notice: notice, token }] = answer.body;
  expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(token).toBeUndefined();
  const link = /\/f\/[\w-]{43}/.exec(notice)![0];
  expect((await visitor(made).get(link)).status).toBe(200);

  const { case: kept, timeline } = await caseOf(number);
  expect(kept).toMatchObject({
    channel: "open311",
    categoryId: "facilities.streetLights",
    place: { lat: 29.95, lon: 122.3, name: "滨港路 12 号" },
    answers: { lampNumber: "L-17" },
    published: false,
    reporter: { name: "王**", phone: "138****1234", wantsContact: true },
  });
  expect(kept.text).toBe(`滨港路的路灯灭了\r\n<b>三天</b> & "更久" ${format}\nhttps://photos.example.org/1.jpg`);
  expect(kept.areaCode.startsWith("330903")).toBe(true);
  expect(timeline.map((event: any) => event.type)).toEqual(["reported"]);
  const all = JSON.stringify(await made.house.db.selectFrom("cases").select("record").execute());
  for (const personal of ["wang@example.org", "13800001234", "tt222111", "123456"]) expect(all).not.toContain(personal);
  const desk = await signedIn(made, "dispatch");
  const unmasked = await desk.send("POST", `/api/cases/${kept.id}/reporter`, { id: randomUUID(), purpose: "verify" });
  expect(unmasked.body.reporter).toMatchObject({ name: "王阿姨 <wang@example.org>", phone: "13800001234" });
});

it.each([
  ["a point", { address_string: "" }, { lat: 29.95, lon: 122.3 }],
  ["words", { lat: "", long: "" }, { name: "滨港路 12 号" }],
  ["the code of an area", { lat: "", long: "", address_string: "", address_id: "330903001000" }, {}],
])("takes a place as %s", async (_what, change, place) => {
  const { key } = await aKey(made);
  const answer = await open311.post("/requests.json", aRequest(key, change as Record<string, string>));
  expect(answer.status).toBe(200);
  const { case: kept } = await caseOf(answer.body[0].service_request_id);
  expect(kept.place).toEqual(place);
  if ("address_id" in change) expect(kept.areaCode).toBe("330903001000");
});

it("takes answers of every kind, and says everything that is wrong at once", async () => {
  const { key } = await aKey(made);
  const flood = { service_code: "emergency.floodAndOutage" };
  const right = { ...flood, "attribute[danger]": "false", "attribute[howMany]": "12" };
  const answer = await open311.post("/requests.json", aRequest(key, right));
  expect((await caseOf(answer.body[0].service_request_id)).case.answers).toEqual({ danger: false, howMany: 12 });
  const wrong = { ...flood, "attribute[howMany]": "many", "attribute[colour]": "red" };
  const refused = await open311.post("/requests.json", aRequest(key, wrong));
  expect(refused.status).toBe(400);
  expect(refused.body.map((each: any) => each.description)).toEqual([
    "There is no attribute[colour].",
    "attribute[danger] is required (Is anyone in danger now?)",
    "attribute[howMany] must be a number.",
  ]);
  const choice = { service_code: "health.medicines", "attribute[urgency][]": "never" };
  expect((await open311.post("/requests.json", aRequest(key, choice))).body[0].description).toBe(
    "attribute[urgency] must be one of today, week, later.",
  );
});

it("takes photos in a multipart form, and keeps nothing of them but the picture", async () => {
  const { key } = await aKey(made);
  const form = new FormData();
  for (const [name, value] of Object.entries(aRequest(key))) form.append(name, value as string);
  form.append("media", new Blob([new Uint8Array(await picture())]), "lamp.jpg");
  const answer = await open311.post("/requests.xml", form);
  expect(answer.status).toBe(200);
  const number = answer.body[0].service_request_id;
  const { case: kept } = await caseOf(number);
  expect(kept.photos).toHaveLength(1);
  const stored = await made.house.storage.get(`${kept.photos[0]}-large.jpg`);
  expect((await sharp(stored).metadata()).exif).toBeUndefined();
  expect((await visitor(made).get(`/photos/${kept.photos[0]}`)).status).toBe(404);
  await publish(made, kept.id, "路灯不亮");
  expect((await open311.get(`/requests/${number}.json`)).body[0].media_url).toBeNull();
  const desk = await signedIn(made, "dispatch");
  await give(desk, kept.id, { type: "unpublish", reason: "照片也可以公开" });
  await give(desk, kept.id, { type: "publish", text: "路灯不亮", photos: kept.photos });
  const [shown] = (await open311.get(`/requests/${number}.json`)).body;
  expect(shown.media_url).toBe(`http://localhost:8080/photos/${kept.photos[0]}`);
  expect((await visitor(made).get(new URL(shown.media_url).pathname)).status).toBe(200);
});

it("is done once however often and however simultaneously it is sent", async () => {
  const { key } = await aKey(made);
  const sent = aRequest(key);
  const together = await Promise.all(Array.from({ length: 6 }, () => open311.post("/requests.json", sent)));
  made.clock.now += 3 * 3_600_000;
  const later = await open311.post("/requests.xml", sent);
  const numbers = new Set([...together, later].map((answer) => answer.body[0].service_request_id));
  expect(numbers.size).toBe(1);
  made.clock.now += 22 * 3_600_000;
  const nextDay = await open311.post("/requests.json", sent);
  expect(numbers.has(nextDay.body[0].service_request_id)).toBe(false);
  const other = await open311.post("/requests.json", { ...sent, api_key: (await aKey(made)).key });
  expect(other.body[0].service_request_id).not.toBe(nextDay.body[0].service_request_id);
});

it("is done once with photos too", async () => {
  const { key } = await aKey(made);
  const [fields, photo] = [aRequest(key), new Uint8Array(await picture())];
  const send = () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value as string);
    form.append("file", new Blob([photo]), "lamp.jpg");
    return open311.post("/requests.json", form);
  };
  const answers = [...(await Promise.all([send(), send(), send()])), await send()];
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  expect(new Set(answers.map((answer) => answer.body[0].service_request_id)).size).toBe(1);
});

it("finds the id again with the token of the link", async () => {
  const { key } = await aKey(made);
  const [{ service_request_id: number, service_notice: notice }] = (await open311.post("/requests.json", aRequest(key)))
    .body;
  const token = notice.split("/f/")[1];
  expect((await open311.get(`/tokens/${token}.json`)).body).toEqual([{ service_request_id: number, token }]);
  expect(readXml((await open311.get(`/tokens/${token}.xml`)).text)).toEqual([{ service_request_id: number, token }]);
  expect((await open311.get(`/tokens/${"A".repeat(43)}.json`)).status).toBe(404);
});
