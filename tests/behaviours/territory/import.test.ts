import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import module from "gcoord";
import type { Area } from "@linge/domain/territory/types.ts";
import { aReport, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

/** Its types describe an ES module; Node loads the CommonJS one, whose exports are the default. */
const gcoord = module as unknown as (typeof module)["default"];
const made = useHouse();
const place = { lon: 122.3, lat: 29.95 };
let admin: Person;
let grid: Area;

beforeAll(async () => {
  admin = await signedIn(made, "admin");
  grid = made.house.territory.locate(place.lon, place.lat)!;
});

const request = (text: string, change: object = {}): Record<string, unknown> => ({
  files: [{ name: text.startsWith("{") ? "grids.geojson" : "grids.csv", text }],
  from: "WGS84",
  day: "2026-11-23",
  indicative: true,
  endAbsent: false,
  ...change,
});
const preview = async (body: object) => (await admin.send("POST", "/api/admin/territory/preview", body)).body;
const send = (body: object) =>
  admin.send("POST", "/api/admin/territory/import", { id: randomUUID(), acceptFaults: false, ...body });

describe("an administrator", () => {
  it("sees of a grid its version, its staff wanted and present, and who is attached", async () => {
    const { body } = await admin.get(`/api/admin/territory/${grid.code}`);
    expect(body.versions).toMatchObject([{ code: grid.code, validFrom: grid.validFrom, from: [] }]);
    expect(body.staffing.wanted.leaders).toBe(1);
    expect(body.organisations.length).toBeGreaterThan(0);
    expect(body.organisations.every((each: { synthetic: boolean }) => each.synthetic)).toBe(true);
    expect((await admin.get("/api/admin/territory/330999000000")).status).toBe(404);
  });

  it("proves that the pack covers the city", async () => {
    expect((await admin.get("/api/admin/territory/check")).body).toEqual({ count: 0, faults: [] });
  });

  it("sees what files would change, and that nothing is changed by looking", async () => {
    const seen = await preview(request(`code,name,focus\n${grid.code},灯塔网格,重点\n330200000000,宁波\n`));
    expect(seen).toMatchObject({
      conversion: "coordinates are WGS84 and were not converted",
      counts: { added: 0, changed: 1, absent: expect.any(Number), foreign: 1 },
      changed: [{ code: grid.code, zh: "灯塔网格" }],
      faults: { count: 0 },
    });
    expect(made.house.territory.area(grid.code)!.names.zh).toBe(grid.names.zh);
  });

  it("is told that Amap's coordinates were converted, and they land where they belong", async () => {
    const shift = (at: readonly number[]): number[] => gcoord.transform([at[0]!, at[1]!], gcoord.WGS84, gcoord.GCJ02);
    const coordinates = grid.geometry!.coordinates.map((polygon) => polygon.map((ring) => ring.map(shift)));
    const feature = {
      type: "Feature",
      properties: { code: grid.code, name: grid.names.zh, focus: grid.focus, grid_kind: grid.kind },
      geometry: { type: "MultiPolygon", coordinates },
    };
    const text = JSON.stringify({ type: "FeatureCollection", features: [feature] });
    const converted = await preview(request(text, { from: "GCJ02" }));
    expect(converted.conversion).toBe("coordinates were converted from GCJ-02 to WGS84");
    // Converted there and back, corners are a hand's width off; taken as they are, half a kilometre.
    const worst = (seen: { faults: { faults: { area?: number }[] } }): number =>
      Math.max(0, ...seen.faults.faults.map(({ area }) => area ?? 0));
    expect(worst(converted)).toBeLessThan(100);
    expect(worst(await preview(request(text)))).toBeGreaterThan(10_000);
  });

  it("brings names into force as a new version that knows the old one", async () => {
    const answer = await send(request(`code,name,focus\n${grid.code},灯塔网格,重点\n`));
    expect(answer.body).toEqual({ versions: 1, ended: 1, moved: 0 });
    expect(made.house.territory.area(grid.code)).toMatchObject({ names: { zh: "灯塔网格" }, focus: "key" });
    const { versions } = (await admin.get(`/api/admin/territory/${grid.code}`)).body;
    expect(versions).toMatchObject([
      { zh: "灯塔网格", validFrom: "2026-11-23", from: [{ code: grid.code, zh: grid.names.zh }] },
      { zh: grid.names.zh, validTo: "2026-11-23" },
    ]);
    expect(made.house.territory.locate(place.lon, place.lat)!.names.zh).toBe("灯塔网格");
    const kept = await made.house.db
      .selectFrom("audit")
      .select("action")
      .where("action", "=", "territory.import")
      .execute();
    expect(kept).toHaveLength(1);
  });

  it("cannot bring gaps into force unless he says so; then they are in force, and open cases go where they lie", async () => {
    const { body } = await visitor(made).send("POST", "/api/cases", aReport({ place }));
    const others = made.house.territory.children(grid.parentCode!).filter(({ code }) => code !== grid.code);
    const text = `code,name\n${others.map(({ code, names }) => `${code},${names.zh}`).join("\n")}\n`;
    made.clock.now += 86_400_000;
    const change = request(text, { endAbsent: true, day: "2026-11-24" });
    const seen = await preview(change);
    expect(seen.absent).toEqual([{ code: grid.code, zh: "灯塔网格" }]);
    const gap = seen.faults.faults.find(({ kind }: { kind: string }) => kind === "gap");
    expect(gap).toMatchObject({ at: [expect.any(Number), expect.any(Number)], area: expect.any(Number) });
    const refused = await send(change);
    expect([refused.status, refused.body.error.code]).toEqual([409, "territoryHasFaults"]);
    const done = await send({ ...change, acceptFaults: true });
    expect(done.body).toMatchObject({ versions: 0, ended: 1, moved: 1 });
    const moved = await made.house.db
      .selectFrom("cases")
      .select("area_code")
      .where("id", "=", body.id)
      .executeTakeFirstOrThrow();
    expect(moved.area_code).not.toBe(grid.code);
    expect((await admin.get("/api/admin/territory/check")).body.count).toBeGreaterThan(0);
  });

  it.each([
    ["tomorrow", "2026-12-24", `code,name\n330902000000,定海\n`],
    ["before what is in force", "1990-01-01", `code,name\n330902000000,新定海\n`],
  ])("is refused a day %s, with the reason", async (_what, day, text) => {
    const answer = await send(request(text, { day }));
    expect([answer.status, answer.body.error.code]).toEqual([422, "territoryUnusable"]);
  });
});

it("nobody else may look or import", async () => {
  for (const login of ["dispatch", "grid", "330903-publicWorks"])
    expect((await (await signedIn(made, login)).get(`/api/admin/territory/${grid.code}`)).status).toBe(403);
});
