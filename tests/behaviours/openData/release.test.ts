import { monthOf } from "@linge/domain/assessment/month.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { releaseDue, releaseMonth } from "../../../apps/server/src/features/openData/release.ts";
import { useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const october = monthOf("2026-10", 480);
let owner: pg.Client;

/** Sums of days as the outbox keeps them. */
async function counted(area: string, category: string, reported: number, closed = 0): Promise<void> {
  await owner.query(
    `insert into case_days (city_id, area_code, category_id, day, reported, closed) values ($1, $2, $3, '2026-10-15', $4, $5)
     on conflict (city_id, area_code, category_id, day) do update set reported = case_days.reported + $4, closed = case_days.closed + $5`,
    [made.house.cityId, area, category, reported, closed],
  );
}
const csv = async (): Promise<string[]> =>
  (await visitor(made).get("/open-data/counts/2026-10.csv")).text.trim().split("\r\n").slice(1);

beforeAll(async () => {
  owner = new pg.Client(made.owner);
  await owner.connect();
  await counted("330903001009001", "facilities.streetLights", 6, 4);
  await counted("330903001009002", "facilities.manholes", 6, 4);
  await counted("330903002001001", "facilities.streetLights", 3);
  await counted("330903003001001", "facilities.streetLights", 4);
  await counted("330922001001001", "care.elderly", 1);
});
afterAll(() => owner.end());

it("is made once the month is over, in whole townships and families, small ones together, no totals", async () => {
  expect((await visitor(made).get("/open-data/counts/2026-10.csv")).status).toBe(404);
  await releaseDue(made.house);
  expect(await csv()).toEqual(
    [
      "2026-10,1,330903000000,普陀区,Putuo District,facilities,公用设施,Public utilities,true,7,,,",
      "2026-10,1,330903001000,沈家门街道,Shenjiamen Subdistrict,facilities,公用设施,Public utilities,false,12,8,,",
    ].map((line) =>
      expect.stringMatching(
        new RegExp(`^${line.split(",").slice(0, 4).join(",")},.*,${line.split(",").slice(8).join(",")}$`),
      ),
    ),
  );
  const { features } =
    (await visitor(made).get("/open-data/counts/2026-10.geojson")).body ??
    JSON.parse((await visitor(made).get("/open-data/counts/2026-10.geojson")).text);
  expect(features.map(({ geometry }: { geometry: { type: string } }) => geometry.type)).toEqual([
    "MultiPolygon",
    "MultiPolygon",
  ]);
});

it("is revised only where a count moved by five or more", async () => {
  await counted("330903001009001", "facilities.streetLights", 2);
  expect(await releaseMonth(made.house, october)).toBe(false);
  await counted("330903001009001", "facilities.streetLights", 4);
  expect(await releaseMonth(made.house, october)).toBe(true);
  expect((await csv()).map((line) => line.split(",").slice(-4).join())).toEqual(["7,,,", "18,8,,"]);
  expect(await releaseMonth(made.house, october)).toBe(false);
});

it("is a fact of the public log, and cannot be rewritten by the application", async () => {
  await sequence(made.house);
  const found: Found[] = [];
  await auditLedger(made.house, {}, (each) => found.push(each));
  expect(found).toEqual([]);
  const facts = await owner.query(
    "select data->>'revision' as revision from ledger_leaves where kind = 'openData.released' order by at, id",
  );
  expect(facts.rows.map(({ revision }) => revision)).toEqual(["1", "2"]);
  await expect(made.house.pool.query("update open_releases set cells = '[]'")).rejects.toMatchObject({ code: "42501" });
});

it("never shows of which pieces a cell is made", async () => {
  for (const url of ["/open-data/counts/2026-10.geojson", "/ogc/collections/counts/items", "/open-data"]) {
    const { text } = await visitor(made).get(url);
    expect(text).not.toContain("members");
    expect(text).not.toContain("330903002000");
  }
});

it("is explained to people", async () => {
  const page = (await visitor(made).get("/open-data")).text;
  for (const word of ["2026 年 10 月", "第 2 版", "少于 5"]) expect(page).toContain(word);
});
