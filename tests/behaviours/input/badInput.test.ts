import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { aReport, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();

const refused: [what: string, change: object, status: number, code: string][] = [
  ["a wrong type", { text: 5 }, 400, "invalidInput"],
  ["an unknown field", { surprise: true }, 400, "invalidInput"],
  ["a text that is too long", { text: "灯".repeat(4001) }, 400, "invalidInput"],
  ["control characters", { text: "灯\u0000灭" }, 400, "invalidInput"],
  ["no id", { id: undefined }, 400, "invalidInput"],
  ["an unknown category", { categoryId: "facilities.unicorns" }, 422, "unknownCategory"],
  ["a point at 0,0", { place: { lon: 0, lat: 0 } }, 422, "placeOutside"],
  ["a point in another city", { place: { lon: 120.15, lat: 30.28 } }, 422, "placeOutside"],
  ["a point on the open sea", { place: { lon: 124.5, lat: 29 } }, 422, "placeOutside"],
  ["a latitude that is none", { place: { lon: 122, lat: 91 } }, 400, "invalidInput"],
  ["an unknown area", { place: { name: "某处" }, areaCode: "330999000000" }, 422, "unknownArea"],
  ["a clock that is centuries off", { at: "1601-01-01T00:00:00Z" }, 422, "timeImplausible"],
];

describe("a report is refused clearly", () => {
  it.each(refused)("with %s", async (_what, change, status, code) => {
    const answer = await visitor(made).send("POST", "/api/cases", aReport(change));
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error.message.length).toBeGreaterThan(5);
    expect(answer.body.error.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("with malformed JSON", async () => {
    const answer = await made.app.inject({
      method: "POST",
      url: "/api/cases",
      headers: { "content-type": "application/json" },
      payload: '{"id":',
    });
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, "malformedJson"]);
  });
});

it("refuses a report under the id of another case, and leaves that case as it is", async () => {
  const first = aReport({ text: "滨港路的路灯灭了三天" });
  expect((await visitor(made).send("POST", "/api/cases", first)).status).toBe(201);
  const second = await visitor(made).send("POST", "/api/cases", aReport({ caseId: first.caseId, text: "别的事情" }));
  expect([second.status, second.body.error.code]).toEqual([409, "idUsedDifferently"]);
  const { record } = await made.house.db
    .selectFrom("cases")
    .select("record")
    .where("city_id", "=", made.house.cityId)
    .where("id", "=", first.caseId)
    .executeTakeFirstOrThrow();
  expect(record.text).toBe("滨港路的路灯灭了三天");
});

it("takes a phone whose clock is a year off, and notes it", async () => {
  const at = new Date(made.clock.now - 364 * 86_400_000).toISOString();
  const answer = await visitor(made).send("POST", "/api/cases", aReport({ at }));
  expect(answer.status).toBe(201);
  const kept = await made.house.db
    .selectFrom("cases")
    .select(["record", "reported_at"])
    .where("city_id", "=", made.house.cityId)
    .where("id", "=", answer.body.id)
    .executeTakeFirstOrThrow();
  expect(kept.record.clientAt).toBe(at);
  expect(Date.parse(kept.reported_at)).toBe(made.clock.now);
});

async function upload(bytes: Buffer) {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)]), "photo.jpg");
  const body = new Response(form);
  return made.app.inject({
    method: "POST",
    url: "/api/photos",
    headers: { "content-type": body.headers.get("content-type")! },
    payload: Buffer.from(await body.arrayBuffer()),
  });
}

describe("a photo", () => {
  it("loses its position and everything else but the picture", async () => {
    const withPosition = await sharp({ create: { width: 600, height: 400, channels: 3, background: "#446" } })
      .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "29/1 57/1 0/1" }, IFD0: { Make: "Phone" } })
      .jpeg()
      .toBuffer();
    expect((await sharp(withPosition).metadata()).exif).toBeDefined();
    const kept = await upload(withPosition);
    expect(kept.statusCode).toBe(201);
    const stored = await made.house.storage.get(`${kept.json().id}-large.jpg`);
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
  });

  it("is refused when it unpacks to something enormous, or is no picture, or is too large", async () => {
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect((await upload(bomb)).json().error.code).toBe("unusablePhoto");
    expect((await upload(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).json().error.code).toBe(
      "unusablePhoto",
    );
    expect((await upload(Buffer.alloc(11 * 1024 * 1024, 1))).json().error.code).toBe("tooLarge");
  });

  it("is seen by nobody before its case, and then by those who see the case", async () => {
    const { id } = (
      await upload(
        await sharp({ create: { width: 60, height: 40, channels: 3, background: "#446" } })
          .png()
          .toBuffer(),
      )
    ).json();
    expect((await visitor(made).get(`/photos/${id}`)).status).toBe(404);
    const report = await visitor(made).send("POST", "/api/cases", aReport({ photos: [id] }));
    expect((await visitor(made).get(`/photos/${id}`)).status).toBe(404);
    const link = report.body.link.slice(3);
    expect((await visitor(made).get(`/photos/${id}?size=small&link=${link}`)).status).toBe(200);
    const thief = await visitor(made).send("POST", "/api/cases", aReport({ photos: [id] }));
    expect((await visitor(made).get(`/photos/${id}?link=${thief.body.link.slice(3)}`)).status).toBe(404);
  });
});

it("refuses an upload of 200 MB without reading it to the end", async () => {
  const answer = await made.app.inject({
    method: "POST",
    url: "/api/cases",
    headers: { "content-type": "application/json", "content-length": String(200 * 1024 * 1024) },
    payload: "{}",
  });
  expect([answer.statusCode, answer.json().error.code]).toEqual([413, "tooLarge"]);
});

it("says plainly when the link is not one of ours", async () => {
  expect((await visitor(made).get(`/f/${"A".repeat(43)}`)).status).toBe(404);
  expect((await visitor(made).get(`/api/public/cases/${randomUUID().slice(0, 9)}`)).body.error.code).toBe("notFound");
});
