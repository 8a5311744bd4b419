import { beforeAll, describe, expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const putuo = { lon: 122.3, lat: 29.95 };
const dinghai = { lon: 122.1, lat: 30.02 };

beforeAll(async () => {
  await visitor(made).send("POST", "/api/cases", aReport({ text: "水仙路的路灯灭了", place: putuo }));
  await visitor(made).send("POST", "/api/cases", aReport({ text: "水仙花开得很好，请别割", place: dinghai }));
  const desk = await signedIn(made, "dispatch");
  const { id } = await dispatched(made);
  await give(desk, id, { type: "publish", text: "路灯不亮" });
});

const found = async (person: Person, q: string, url = "/api/cases"): Promise<number> =>
  (await person.get(`${url}?q=${encodeURIComponent(q)}`)).body.items.length;

describe("words are found", () => {
  it.each([
    ["dispatch", "水仙", 2],
    ["dispatch", "水仙路灯", 1],
    ["dispatch", "牡丹", 0],
    ["330903-publicWorks", "路灯", 1],
    ["330903-publicWorks", "水仙", 0],
    ["330902-publicWorks", "路灯", 0],
  ])("by %s: %s", async (login, q, count) => {
    expect(await found(await signedIn(made, login), q)).toBe(count);
  });

  it("by strangers among what is public alone", async () => {
    expect(await found(visitor(made), "路灯", "/api/public/cases")).toBe(1);
    expect(await found(visitor(made), "水仙", "/api/public/cases")).toBe(0);
  });

  it("by nobody who types what marks a place", async () => {
    const desk = await signedIn(made, "dispatch");
    for (const typed of ["@330903", "@public", "'@public'", "330903 | 水仙"])
      expect(await found(desk, typed), typed).toBe(0);
  });

  it("by the number of a case, said with or without its hyphen", async () => {
    const { number } = await dispatched(made);
    const desk = await signedIn(made, "dispatch");
    expect(await found(desk, number)).toBe(1);
    expect(await found(desk, number.replace("-", "").toLowerCase())).toBe(1);
  });
});

it("a word that is in most cases brings the newest of them", async () => {
  const { rows } = await made.house.pool.query<{ id: string }>(
    "select id from cases where search @@ $1::tsquery order by reported_at desc, id limit 2",
    ["'路灯'"],
  );
  const often = await made.house.pool.query<{ id: string }>("select matching_cases($1, $2::tsquery, 2) as id", [
    made.house.cityId,
    "'路灯'",
  ]);
  const one = await made.house.pool.query<{ id: string }>("select matching_cases($1, $2::tsquery, 1) as id", [
    made.house.cityId,
    "'路灯'",
  ]);
  expect(often.rows).toEqual(rows);
  expect(one.rows).toEqual(rows.slice(0, 1));
  const other = await made.house.pool.query("select matching_cases('another', $1::tsquery, 2)", ["'路灯'"]);
  expect(other.rows).toEqual([]);
});
