import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { settleAll } from "../../../apps/server/src/features/tallies/settle.ts";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Answer } from "../../support/house.ts";
import { readTile, type Feature } from "../../support/vectorTile.ts";

const made = useHouse();
const place = { lon: 122.30047, lat: 29.95049 };
/** Address of the tile that holds a place. */
function tileOf(z: number, { lon, lat } = place): string {
  const radians = (lat * Math.PI) / 180;
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const y = Math.floor(((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2) * 2 ** z);
  return `${z}/${x}/${y}.mvt`;
}

async function layersOf(
  person: { get(url: string): Promise<Answer> },
  url: string,
): Promise<Record<string, Feature[]>> {
  const answer = await person.get(url);
  expect(answer.status, url).toBe(200);
  expect(answer.headers["content-type"]).toBe("application/vnd.mapbox-vector-tile");
  return readTile(answer.raw);
}

async function published(): Promise<string> {
  const { body } = await visitor(made).send("POST", "/api/cases", aReport({ place }));
  const desk = await signedIn(made, "dispatch");
  await give(desk, body.id, { type: "file" });
  await give(desk, body.id, { type: "publish", text: "路灯不亮" });
  return body.number;
}

let number = "";
beforeAll(async () => {
  number = await published();
  await dispatched(made); // never published
  await settleAll(made.house);
});

describe("tiles of cases for everybody", () => {
  it("sum the published ones up by county, township and community from afar", async () => {
    for (const [z, code] of [
      [8, "330903000000"],
      [10, undefined],
      [11, undefined],
    ] as const) {
      const { sums, cases } = await layersOf(visitor(made), `/tiles/cases/${tileOf(z)}`);
      expect(cases).toBeUndefined();
      expect(sums!.map(({ properties }) => [properties.cases, properties.open])).toEqual([[1, 1]]);
      if (code) expect(sums![0]!.properties).toMatchObject({ code, zh: "普陀区", en: "Putuo District" });
    }
  });

  it("show each from zoom 12, at its place to about 100 m and without anything of its reporter", async () => {
    const { cases } = await layersOf(visitor(made), `/tiles/cases/${tileOf(14)}`);
    expect(cases).toHaveLength(1);
    expect(cases![0]!.properties).toEqual({
      number,
      category: "facilities.streetLights",
      light: "green",
      reported: "2026-11-23",
      cases: 1,
      open: 1,
    });
    const same = await layersOf(visitor(made), `/tiles/cases/${tileOf(18, { lon: 122.3, lat: 29.95 })}`);
    expect(same.cases).toHaveLength(1);
    expect((await layersOf(visitor(made), `/tiles/cases/${tileOf(18)}`)).cases).toEqual([]);
  });

  it("are sent once to who has them, and packed to who can unpack", async () => {
    const url = `/tiles/cases/${tileOf(13)}`;
    const first = await made.app.inject({ url, headers: { "accept-encoding": "gzip" } });
    expect(first.headers["content-encoding"]).toBe("gzip");
    expect(readTile(gunzipSync(first.rawPayload)).cases).toHaveLength(1);
    const again = await made.app.inject({ url, headers: { "if-none-match": String(first.headers.etag) } });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
  });

  it.each(["99/0/0.mvt", "3/8/0.mvt", "3/0/8.mvt", "x/0/0.mvt", "3/-1/0.mvt"])(
    "do not exist at %s",
    async (address) => {
      expect([400, 404]).toContain((await visitor(made).get(`/tiles/cases/${address}`)).status);
    },
  );
});

describe("tiles of open work", () => {
  it("show staff the cases within their reach, published or not, and strangers nothing", async () => {
    const url = `/tiles/work/${tileOf(14)}`;
    const desk = await layersOf(await signedIn(made, "dispatch"), url);
    expect(desk.cases!.map(({ properties }) => properties.state).sort()).toEqual(["dispatched", "filed"]);
    const unit = await layersOf(await signedIn(made, "330903-publicWorks"), url);
    expect(unit.cases!.map(({ properties }) => properties.state)).toEqual(["dispatched"]);
    const elsewhere = await layersOf(await signedIn(made, "330922-publicWorks"), url);
    expect(elsewhere.cases).toEqual([]);
    expect((await visitor(made).get(url)).status).toBe(401);
  });

  it("sum up from afar, for a district's desk and for a unit alike", async () => {
    const url = `/tiles/work/${tileOf(8)}`;
    const sumFor = async (login: string): Promise<unknown[]> =>
      (await layersOf(await signedIn(made, login), url)).sums!.map(({ properties }) => [
        properties.zh,
        properties.open,
      ]);
    expect(await sumFor("dispatch")).toEqual([["普陀区", 2]]);
    expect(await sumFor("330903-publicWorks")).toEqual([["普陀区", 1]]);
    expect(await sumFor("330922-publicWorks")).toEqual([]);
  });
});

it("tiles of the territory name its parts and say which lines are indicative", async () => {
  for (const level of ["county", "township", "community", "grid"]) {
    const { areas, labels } = await layersOf(visitor(made), `/tiles/areas/${level}/${tileOf(10)}`);
    expect(areas!.length, level).toBeGreaterThan(0);
    expect(labels!.every(({ properties }) => properties.level === level && properties.zh)).toBe(true);
    expect(areas!.every(({ properties }) => properties.indicative === true)).toBe(true);
  }
});
