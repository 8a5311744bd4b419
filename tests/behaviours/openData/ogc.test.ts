import { coarsePlace } from "@linge/domain/openData/coarsen.ts";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aReport, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const run = promisify(execFile);
const gdal = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
  .map((folder) => join(folder, "ogrinfo"))
  .find((path) => existsSync(path));
const numbers: string[] = [];
let base = "";

beforeAll(async () => {
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  made.house.config.publicUrl = base;
  const desk = await signedIn(made, "dispatch");
  const day = 86_400_000;
  for (const [i, text] of ["=1+1，路灯", "路灯二", "路灯三", "不公开的"].entries()) {
    made.clock.now += i ? day : 0;
    const { body } = await visitor(made).send(
      "POST",
      "/api/cases",
      aReport({ text: `${text} 原话`, place: { lon: 122.3012 + i / 50, lat: 29.9512, name: "某家门口" } }),
    );
    await give(desk, body.id, { type: "file" });
    if (i < 3) await give(desk, body.id, { type: "publish", text });
    numbers.push(body.number);
  }
});

const get = async (path: string) => {
  const { status, text, headers } = await visitor(made).get(path);
  return { status, headers, body: text.startsWith("{") ? JSON.parse(text) : undefined, text };
};
const items = async (query = "") => (await get(`/ogc/collections/cases/items${query}`)).body;
const found = async (query = "") => (await items(query)).features.map(({ id }: { id: string }) => numbers.indexOf(id));

describe("the service", () => {
  it("leads from its landing page to everything", async () => {
    const { body, headers } = await get("/ogc");
    expect(headers["access-control-allow-origin"]).toBe("*");
    const link = (rel: string): string =>
      new URL(body.links.find((each: { rel: string }) => each.rel === rel).href).pathname;
    expect((await get(link("conformance"))).body.conformsTo).toContain(
      "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    );
    const definition = await get(link("service-desc"));
    expect(definition.headers["content-type"]).toMatch(/application\/vnd\.oai\.openapi\+json; ?version="?3\.0/);
    expect(definition.body.openapi).toMatch(/^3\.0/);
    expect((await get(link("service-doc"))).status).toBe(200);
    const { collections } = (await get(link("data"))).body;
    expect(collections.map(({ id }: { id: string }) => id)).toEqual(["cases", "counts", "areas"]);
    for (const { id, links, extent } of collections) {
      expect(extent.spatial.bbox[0][0]).toBeGreaterThan(121);
      expect(extent.spatial.bbox[0][3]).toBeLessThan(32);
      for (const { href, rel } of links)
        expect([id, rel, (await get(new URL(href).pathname)).status]).toEqual([id, rel, 200]);
      expect(Object.keys(definition.body.paths)).toContain(`/collections/${id}/items`);
    }
  });

  it("gives published cases only: moderated words, a coarse place, a day", async () => {
    const { features, numberReturned, timeStamp } = await items();
    expect(numberReturned).toBe(3);
    expect(timeStamp).toMatch(/^2026-11-2/);
    expect(features[2]).toMatchObject({
      id: numbers[0],
      geometry: { type: "Point", coordinates: coarsePlace(122.3012, 29.9512) },
      properties: {
        text: "=1+1，路灯",
        reportedOn: "2026-11-23",
        category: "facilities.streetLights",
        categoryZh: expect.any(String),
      },
    });
    const text = JSON.stringify(features);
    for (const secret of ["原话", "某家门口", "王阿姨", "13800001234", "122.3012", "T02:"])
      expect(text).not.toContain(secret);
  });

  it.each<[string, number[]]>([
    ["", [2, 1, 0]],
    ["?bbox=122,29,122.31,30", [0]],
    ["?bbox=122,29,-100,122.35,30,100", [2, 1, 0]],
    ["?bbox=10,10,11,11", []],
    ["?datetime=2026-11-24T00:00:00Z/..", [2, 1]],
    ["?datetime=../2026-11-23", [0]],
    ["?datetime=2026-11-24", [1]],
    ["?datetime=2026-11-24T20:00:00Z", [2]],
    ["?datetime=2026-11-23T00:00:00Z/2026-11-24T00:00:00Z", [1, 0]],
    ["?category=facilities", [2, 1, 0]],
    ["?category=facilities.streetLights&state=filed&limit=1", [2]],
    ["?category=care", []],
    ["?area=330903000000", [2, 1, 0]],
    ["?area=330922000000", []],
    ["?f=json&limit=99999", [2, 1, 0]],
  ])("answers %s", async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it.each([
    "?bbox=1,2,3",
    "?bbox=a,b,c,d",
    "?bbox=1,5,2,4",
    "?datetime=soon",
    "?datetime=../..",
    "?datetime=2026-12-01/2026-11-01",
    "?limit=0",
    "?limit=-1",
    "?limit=x",
    "?colour=red",
    "?category=a&category=b",
    "?f=html",
  ])("refuses %s", async (query) => {
    expect((await get(`/ogc/collections/cases/items${query}`)).status).toBe(400);
  });

  it("goes from page to page without losing one", async () => {
    const seen: number[] = [];
    let next = "/ogc/collections/cases/items?limit=1&category=facilities";
    while (next) {
      const { features, links } = (await get(next)).body;
      seen.push(...features.map(({ id }: { id: string }) => numbers.indexOf(id)));
      const href = links.find(({ rel }: { rel: string }) => rel === "next")?.href as string | undefined;
      next = href ? new URL(href).pathname + new URL(href).search : "";
    }
    expect(seen).toEqual([2, 1, 0]);
    expect(await found("?after=nothing")).toEqual([]);
  });

  it("gives one feature, and nothing of one that is not published", async () => {
    expect((await get(`/ogc/collections/cases/items/${numbers[0]}`)).body.properties.number).toBe(numbers[0]);
    expect((await get(`/ogc/collections/cases/items/${numbers[3]}`)).status).toBe(404);
    expect((await get("/ogc/collections/areas/items/330903001000")).body.properties.level).toBe("township");
    expect((await get("/ogc/collections/people")).status).toBe(404);
  });

  it("gives areas with their lines, level by level", async () => {
    const { features, numberMatched } = (await get("/ogc/collections/areas/items?level=county")).body;
    expect(numberMatched).toBe(4);
    expect(features[0].geometry.type).toBe("MultiPolygon");
    const inside = (await get("/ogc/collections/areas/items?level=township&parent=330903000000&limit=2")).body;
    expect(inside.numberReturned).toBe(2);
    expect(inside.numberMatched).toBeGreaterThan(5);
  });

  it("says by which words it can be asked", async () => {
    const { body, headers } = await get("/ogc/collections/cases/queryables");
    expect(headers["content-type"]).toContain("application/schema+json");
    expect(Object.keys(body.properties)).toEqual(["category", "area", "state"]);
  });
});

describe("files", () => {
  it("hold the same, and no formula for a spreadsheet", async () => {
    const { text, headers } = await get("/open-data/cases.csv");
    expect(headers["content-type"]).toContain("text/csv");
    const lines = text.replace("\uFEFF", "").trim().split("\r\n");
    expect(lines.length).toBe(4);
    expect(lines[3]).toContain("'=1+1，路灯");
    const geo = JSON.parse((await get("/open-data/cases.geojson")).text);
    expect(geo.features.length).toBe(3);
  });
});

describe.skipIf(!gdal)("a real GIS client (GDAL)", () => {
  const folder = mkdtempSync(join(tmpdir(), "linge-gdal-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("opens the service, lists the collections, filters, and copies them", async () => {
    const list = await run(gdal!, ["-ro", `OAPIF:${base}/ogc`]);
    for (const name of ["cases", "counts", "areas"]) expect(list.stdout).toContain(name);
    const { stdout } = await run(gdal!, [
      "-ro",
      "-al",
      "-spat",
      "122",
      "29",
      "122.31",
      "30",
      `OAPIF:${base}/ogc`,
      "cases",
    ]);
    expect(stdout).toContain("Feature Count: 1");
    expect(stdout).toContain(`number (String) = ${numbers[0]}`);
    expect(stdout).toMatch(/reportedOn \(Date\) = 2026\/11\/23/);
    expect(stdout).toContain("POINT (122.3025 29.9525)");
    const file = join(folder, "areas.geojson");
    await run(gdal!.replace("ogrinfo", "ogr2ogr"), [
      "-f",
      "GeoJSON",
      file,
      `OAPIF:${base}/ogc`,
      "areas",
      "-where",
      "level = 'county'",
    ]);
    expect(JSON.parse(readFileSync(file, "utf8")).features.length).toBe(4);
  });
});
