import { Readable } from "node:stream";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { useHouse } from "../../support/house.ts";
import { hidden, numberOn, plainBrowser } from "../portal/forms.ts";

const made = useHouse({ photoMegabytes: 1 });
const browser = plainBrowser(made);

const picture = (width = 60): Promise<Buffer> =>
  sharp({ create: { width, height: 40, channels: 3, background: "#446" } })
    .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "29/1 57/1 0/1" }, IFD0: { Make: "Phone" } })
    .jpeg()
    .toBuffer();

/** The third step, filled in as far as somebody got. */
async function third(): Promise<Record<string, string>> {
  const where = await browser.post("/report/what", { text: "垃圾桶满了没人收", kind: "help" });
  const more = await browser.post("/report/where", { ...hidden(where.text), placeName: "滨港路", unknown: "1" });
  return {
    ...hidden(more.text),
    categoryId: "environment.litter",
    name: "李伯",
    phone: "13700002222",
    wantsContact: "1",
  };
}

async function kept(location: string) {
  const number = numberOn((await browser.get(location)).text);
  const row = await made.house.db
    .selectFrom("cases")
    .select("record")
    .where("city_id", "=", made.house.cityId)
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return row.record;
}

/** A page for people: what happened, and nothing of what was typed lost. */
function aPage(answer: { status: number; text: string }, status: number, words: RegExp, ...typed: string[]): void {
  expect(answer.status).toBe(status);
  expect(answer.text).toMatch(/^<!doctype html>/);
  expect(answer.text).toMatch(words);
  for (const text of typed) expect(answer.text).toContain(text);
}

describe("the first step", () => {
  it.each([
    ["nothing", "", /至少两个字/],
    ["one sign", "灯", /至少两个字/],
    ["a text that is too long", "灯".repeat(4001), /最多 4000 字/],
  ])("asks again for %s", async (_what, text, words) => {
    aPage(await browser.post("/report/what", { text, kind: "help" }), 422, words, text);
  });

  it("takes control characters out and keeps the words", async () => {
    const where = await browser.post("/report/what", { text: "灯\u0000灭\u0007了", kind: "help" });
    expect(hidden(where.text).text).toBe("灯灭了");
  });

  it("takes fields it does not know, or twice, for what they are", async () => {
    const answer = await made.app.inject({
      method: "POST",
      url: "/report/what",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
      payload: "text=灯灭了&text=路灯灭了三天&kind=unknown&__proto__=x&surprise=1",
    });
    expect(hidden(answer.body)).toMatchObject({ text: "路灯灭了三天", kind: "help" });
  });
});

describe("the second step", () => {
  it.each([
    ["0,0", "0.0001", "0.0001"],
    ["another city", "120.15", "30.28"],
    ["the open sea", "124.5", "29"],
  ])("does not take a point at %s, and keeps the words", async (_where, lon, lat) => {
    const where = await browser.post("/report/what", { text: "船漏水", kind: "help" });
    const answer = await browser.post("/report/where", { ...hidden(where.text), lon, lat, placeName: "某处" });
    aPage(answer, 422, /不在舟山市范围内/, "船漏水", "某处");
    expect(hidden(answer.text).lon).toBe("");
  });

  it("does not take a name that is too long, nor cut it", async () => {
    const where = await browser.post("/report/what", { text: "船漏水", kind: "help" });
    const placeName = "码头".repeat(120);
    aPage(await browser.post("/report/where", { ...hidden(where.text), placeName }), 422, /最多 200 字/, placeName);
  });
});

describe("the last step", () => {
  it("keeps everything when one photo is too large, and does not ask for the others again", async () => {
    const fields = await third();
    const good = await picture();
    const answer = await browser.postFiles("/report/more", fields, [good, Buffer.alloc(1_300_000, 1)]);
    aPage(answer, 422, /有一张照片太大/, "李伯", "13700002222", "已收下 1 张照片");
    const sent = await browser.postFiles(
      "/report/more",
      { ...fields, ...hidden(answer.text), categoryId: "environment.litter", wantsContact: "1" },
      [],
    );
    expect(sent.status).toBe(303);
    expect((await kept(sent.location)).photos).toHaveLength(1);
  });

  it("keeps everything when a file is no photo, or unpacks to something enormous", async () => {
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    for (const file of [bomb, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")])
      aPage(await browser.postFiles("/report/more", await third(), [file]), 422, /当不了照片/, "李伯");
  });

  it("takes three of five photos, says so, and drops them when asked", async () => {
    const fields = await third();
    const five = await Promise.all([50, 51, 52, 53, 54].map(picture));
    const answer = await browser.postFiles("/report/more", fields, five);
    aPage(answer, 422, /最多 3 张/, "已收下 3 张照片");
    const none = { ...fields, ...hidden(answer.text), categoryId: "environment.litter", dropPhotos: "1" };
    const sent = await browser.post("/report/more", none);
    expect((await kept(sent.location)).photos).toEqual([]);
  });

  it("reports once when it is sent twice at once, with a photo that has lost its position", async () => {
    const fields = await third();
    const file = await picture();
    const [one, two] = await Promise.all([
      browser.postFiles("/report/more", fields, [file]),
      browser.postFiles("/report/more", fields, [file]),
    ]);
    expect([one.status, two.status]).toEqual([303, 303]);
    expect(two.location).toBe(one.location);
    const record = await kept(one.location);
    expect(record.photos).toHaveLength(1);
    const stored = await made.house.storage.get(`${record.photos[0]}-large.jpg`);
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
  });

  it("asks again for a telephone that is none", async () => {
    aPage(
      await browser.post("/report/more", { ...(await third()), phone: "call me" }),
      422,
      /电话号码看着不对/,
      "call me",
    );
  });

  it("says what became of a form that broke off on the way", async () => {
    const answer = await made.app.inject({
      method: "POST",
      url: "/report/more",
      headers: { "content-type": "multipart/form-data; boundary=x", accept: "text/html" },
      payload: '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n灯灭',
    });
    aPage({ status: answer.statusCode, text: answer.body }, 400, /表单没有传完整/);
  });

  it("reads past an upload of 200 MB without keeping it, and answers with the page", async () => {
    const fields = await third();
    const megabyte = Buffer.alloc(1024 * 1024, 7);
    async function* body(): AsyncGenerator<Buffer> {
      for (const [name, value] of Object.entries(fields))
        yield Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
      yield Buffer.from('--x\r\nContent-Disposition: form-data; name="pictures"; filename="a.jpg"\r\n\r\n');
      for (let sent = 0; sent < 200; sent += 1) yield megabyte;
      yield Buffer.from("\r\n--x--\r\n");
    }
    const base = await made.app.listen({ port: 0, host: "127.0.0.1" });
    const before = process.memoryUsage().rss;
    const answer = await fetch(`${base}/report/more`, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x", accept: "text/html" },
      body: Readable.toWeb(Readable.from(body())) as never,
      duplex: "half",
    } as RequestInit);
    aPage({ status: answer.status, text: await answer.text() }, 422, /有一张照片太大/, "李伯");
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});

describe("an address that is none", () => {
  it("is answered to people with a page, in their language, and to programs with data", async () => {
    aPage(await browser.get("/there/is/nothing"), 404, /没有这一页/, "回首页");
    const english = await made.app.inject({
      url: "/nothing",
      headers: { accept: "text/html", "accept-language": "en" },
    });
    expect(english.body).toContain("There is no such page");
    const program = await made.app.inject({ url: "/nothing", headers: { accept: "application/json" } });
    expect(program.json().error.code).toBe("notFound");
    const api = await made.app.inject({ url: "/api/nothing", headers: { accept: "text/html" } });
    expect(api.json().error.code).toBe("notFound");
  });

  it("of a link that is not ours says so on a page", async () => {
    aPage(await browser.get(`/f/${"A".repeat(43)}`), 404, /没有/);
  });

  it.each(["/cases?cursor=%00", "/cases?cursor=eyJhdCI6IngifQ", "/cases?q=%F0%9F%98%80'\"&area=x", "/cases/%E0%A4%A"])(
    "does not fall over %s",
    async (url) => {
      expect((await browser.get(url)).status).toBeLessThan(500);
    },
  );
});
