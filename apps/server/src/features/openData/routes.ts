import { refuse } from "@linge/domain/error/catalogue.ts";
import { measures } from "@linge/domain/openData/release.ts";
import Type from "typebox";
import { Readable } from "node:stream";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { caseCells, caseFeature, caseHeads, countFeature, countProperties, csvLine } from "./formats.ts";
import { ogcRoutes } from "./ogc.ts";
import { openCases, type OpenCase } from "./published.ts";
import { openReleases, type OpenRelease } from "./release.ts";

const config = { access: "anyone" as const, rateLimit: { max: 30, timeWindow: "1 minute" } };
const open = { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" };
const csv = "text/csv; charset=utf-8";
// The mark tells spreadsheets that this is UTF-8.
const mark = "\uFEFF";
const page = 1_000;

/** Every published case, a page at a time: the file is never whole in memory. */
async function* allCases(house: House): AsyncGenerator<OpenCase[]> {
  let after: string | undefined;
  for (;;) {
    const { items, more } = await openCases(house, { limit: page, after });
    if (items.length) yield items;
    if (!more) return;
    after = items.at(-1)!.number;
  }
}

async function* casesCsv(house: House): AsyncGenerator<string> {
  yield `${mark}${csvLine(caseHeads)}`;
  for await (const items of allCases(house)) yield items.map((item) => csvLine(caseCells(item))).join("");
}

async function* casesGeoJson(house: House): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let first = true;
  for await (const items of allCases(house)) {
    yield `${first ? "" : ",\n"}${items.map((item) => JSON.stringify(caseFeature(item))).join(",\n")}`;
    first = false;
  }
  yield "]}";
}

const countHeads = [
  "month",
  "revision",
  "area",
  "areaZh",
  "areaEn",
  "family",
  "familyZh",
  "familyEn",
  "rest",
  ...measures,
];

function countsCsv(house: House, release: OpenRelease): string {
  const lines = release.cells.map((cell) => {
    const properties: Record<string, unknown> = countProperties(house, release, cell);
    return csvLine(countHeads.map((head) => properties[head]));
  });
  return `${mark}${csvLine(countHeads)}${lines.join("")}`;
}

/** Files for whoever wants to reckon himself, and the same as a service for maps. */
export function openDataRoutes(app: App, house: House): void {
  ogcRoutes(app, house);
  app.get("/open-data/cases.csv", { config }, async (_, reply) =>
    reply
      .type(csv)
      .headers(open)
      .send(Readable.from(casesCsv(house))),
  );
  app.get("/open-data/cases.geojson", { config }, async (_, reply) =>
    reply
      .type("application/geo+json")
      .headers(open)
      .send(Readable.from(casesGeoJson(house))),
  );

  const File = Type.Object({ file: Type.String({ pattern: "^\\d{4}-\\d\\d\\.(csv|geojson)$" }) });
  app.get("/open-data/counts/:file", { config, schema: { params: File } }, async (request, reply) => {
    const [month, format] = request.params.file.split(".") as [string, string];
    const [release] = await openReleases(house, month);
    if (!release) throw new Refusal(refuse("notFound", { what: "release" }));
    if (format === "csv") return reply.type(csv).headers(open).send(countsCsv(house, release));
    const features = release.cells.map((cell) => countFeature(house, release, cell));
    return reply
      .type("application/geo+json")
      .headers(open)
      .send(JSON.stringify({ type: "FeatureCollection", features }));
  });
}
