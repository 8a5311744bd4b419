import { beforeAll, describe, expect, it } from "vitest";
import sharp from "sharp";
import { useHouse } from "../../support/house.ts";
import { aKey, aRequest, client } from "./client.ts";

const made = useHouse();
const hurried = useHouse({ requestsPerMinute: 12 });
const open311 = client(made);
let key = "";
beforeAll(async () => {
  key = (await aKey(made)).key;
});

const counted = async (): Promise<number> => (await made.house.db.selectFrom("cases").select("id").execute()).length;

type Change = Record<string, string | string[]>;
const refused: [what: string, change: Change, status: number, problem: RegExp][] = [
  ["no key", { api_key: "" }, 403, /api_key was not provided/],
  ["a wrong key", { api_key: "x".repeat(43) }, 403, /api_key is not valid/],
  ["another city", { jurisdiction_id: "sfgov.org" }, 404, /jurisdiction_id provided was not found/],
  ["no service", { service_code: "" }, 400, /service_code was not provided/],
  ["an unknown service", { service_code: "potholes" }, 404, /service_code potholes was not found/],
  ["a service named like a part of the language", { service_code: "__proto__" }, 404, /not found/],
  ["no place", { lat: "", long: "", address_string: "" }, 400, /location is required/],
  ["half a point", { long: "" }, 400, /together/],
  ["a point in another city", { lat: "30.28", long: "120.15" }, 400, /outside/],
  ["a point on the open sea", { lat: "29", long: "124.5" }, 400, /outside/],
  ["a point at 0,0", { lat: "0", long: "0" }, 400, /outside/],
  ["latitude and longitude changed over", { lat: "122.3", long: "29.95" }, 400, /lat must be a number/],
  ["a latitude in words", { lat: "NaN" }, 400, /lat must be a number/],
  ["an area that is none", { lat: "", long: "", address_id: "330999000000" }, 400, /no area/],
  ["a description that is too long", { description: "灯".repeat(4001) }, 400, /4000/],
  ["a telephone number that is none", { phone: "call me" }, 400, /telephone/],
  ["an address that is no email", { email: "nobody" }, 400, /email/],
  ["a link to a file here", { media_url: "file:///etc/passwd" }, 400, /media_url/],
  ["a link that runs", { media_url: "javascript:alert(1)" }, 400, /media_url/],
];

describe("a request is refused as the specification says", () => {
  it.each(refused)("with %s", async (_what, change, status, problem) => {
    const before = await counted();
    for (const format of ["json", "xml"] as const) {
      const answer = await open311.post(`/requests.${format}`, aRequest(key, change));
      expect(answer.status).toBe(status);
      expect(answer.type).toContain(format);
      expect(answer.body).toHaveLength(1);
      expect(String(answer.body[0].code)).toBe(String(status));
      expect(answer.body[0].description).toMatch(problem);
    }
    expect(await counted()).toBe(before);
  });

  it("in Chinese for those who read it", async () => {
    const answer = await open311.post("/requests.json", aRequest(key, { service_code: "x" }), {
      "accept-language": "zh-CN",
    });
    expect(answer.body).toEqual([{ code: 404, description: "没有 service_code x。" }]);
  });
});

const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i} "${`&a${i ? i - 1 : ""};`.repeat(10)}">`).join("")}]><a>&a29;</a>`;
const form = "application/x-www-form-urlencoded";

describe("strange input gets an error and does no harm", () => {
  it.each<[what: string, type: string | undefined, raw: Buffer | string, problem: RegExp]>([
    ["an XML bomb", "text/xml", bomb, /x-www-form-urlencoded/],
    ["JSON", "application/json", '{"service_code":"x"}', /x-www-form-urlencoded/],
    ["plain text", "text/plain", "service_code=x", /x-www-form-urlencoded/],
    ["another charset", `${form}; charset=gbk`, "service_code=x", /UTF-8/],
    ["bytes that are not UTF-8", form, Buffer.from("description=\xc2\xb7\xcb", "latin1"), /UTF-8/],
    ["escapes that are not UTF-8", form, "description=%B5%C6", /UTF-8/],
    ["a flood of parameters", form, "a=1&".repeat(1000), /Too many/],
    ["a body that is too large", form, `description=${"x".repeat(300_000)}`, /too large/i],
    ["a multipart form without a boundary", "multipart/form-data", "x", /did not arrive whole/],
    ["a multipart form that stops", "multipart/form-data; boundary=b", "--b\r\nContent-Dis", /did not arrive whole/],
  ])("%s", async (_what, type, raw, problem) => {
    for (const path of ["/requests", "/servicerequestupdates"]) {
      const answer = await open311.post(`${path}.json`, { type, raw });
      expect(answer.status).toBe(400);
      expect(answer.body[0]).toEqual({ code: 400, description: expect.stringMatching(problem) });
    }
  });

  it("an XML bomb or a program as description, which is text and comes back as text", async () => {
    const answer = await open311.post("/requests.xml", aRequest(key, { description: `${bomb} ]]> \u0000\u0007 end` }));
    expect(answer.status).toBe(200);
    expect(await counted()).toBeGreaterThan(0);
  });

  it("a form with files that are no photos, or too many", async () => {
    for (const files of [["<svg xmlns='http://www.w3.org/2000/svg'/>"], ["1", "2", "3", "4"]]) {
      const body = new FormData();
      for (const [name, value] of Object.entries(aRequest(key))) body.append(name, value as string);
      for (const file of files) body.append("media", new Blob([file]), "x.jpg");
      const answer = await open311.post("/requests.json", body);
      expect([answer.status, answer.body[0].code]).toEqual([400, 400]);
    }
  });

  it("a picture that unpacks to something enormous", async () => {
    const picture = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const body = new FormData();
    for (const [name, value] of Object.entries(aRequest(key))) body.append(name, value as string);
    body.append("media", new Blob([new Uint8Array(picture)]), "x.png");
    expect((await open311.post("/requests.json", body)).status).toBe(400);
  });
});

describe("an address that is not one of the interface", () => {
  it.each([
    ["/services.html", 400],
    ["/requests.rss", 400],
    ["/cities.xml", 404],
    ["/services/potholes.xml", 404],
    ["/requests/%E7%81%AF.xml", 404],
    ["/requests/7K3A-4820.xml", 404],
    ["/tokens/x.json", 404],
    ["/services.json?jurisdiction_id=sfgov.org", 404],
    ["/discovery.json?jurisdiction_id=sfgov.org", 404],
    ["/services.xml?jurisdiction_id=%ff", 400],
    ["/services.xml?api_key=wrong", 403],
  ])("%s", async (path, status) => {
    const answer = await open311.get(path);
    expect(answer.status).toBe(status);
    expect(String(answer.body[0].code)).toBe(String(status));
    expect(answer.body[0].description.length).toBeGreaterThan(8);
  });

  it("or a method that is none", async () => {
    expect((await open311.put("/requests.json")).status).toBe(400);
    expect((await open311.post("/services.xml", aRequest(key))).status).toBe(400);
  });
});

it.each(["xml", "json"])("says in %s that one address asks too often", async (format) => {
  const answers = [];
  for (let i = 0; i < 14; i += 1) answers.push(await client(hurried).get(`/services.${format}`));
  const last = answers.at(-1)!;
  expect([last.status, String(last.body[0].code), last.headers["retry-after"]]).toEqual([429, "429", "60"]);
});
