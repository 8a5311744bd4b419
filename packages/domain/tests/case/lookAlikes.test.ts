import { expect, it } from "vitest";
import { lookAlikes, type Likely } from "../../src/case/lookAlikes.ts";

const at = (id: string, change: Partial<Likely> = {}): Likely => ({
  id,
  categoryId: "facilities.waterSupply",
  areaCode: "330903001009001",
  text: "东海路口水管爆了，水漫到路上",
  reportedAt: "2026-11-23T02:00:00Z",
  place: { lon: 122.3, lat: 29.95 },
  ...change,
});
const grouped = (...cases: Likely[]): string[] => lookAlikes(cases).map((group) => group.map(({ id }) => id).join("+"));

it("brings together what many say of one thing, each in his own words", () => {
  expect(
    grouped(
      at("a"),
      at("b", { text: "路口水管爆了！", place: { lon: 122.302, lat: 29.951 } }),
      at("lamp", { categoryId: "facilities.streetLights", text: "路口灯灭了" }),
      at("c", { text: "水漫到路上了，车开不过去", place: undefined }),
    ),
  ).toEqual(["a+b+c"]);
});

it.each([
  ["elsewhere", { place: { lon: 122.31, lat: 29.95 } }],
  ["a month ago", { reportedAt: "2026-10-20T02:00:00Z" }],
  ["of another category", { categoryId: "facilities.powerSupply" }],
  ["in other words", { text: "家里没有自来水" }],
  ["somewhere in the district, nobody knows where", { place: undefined, areaCode: "330903000000" }],
])("leaves alone what is %s", (_what, change) => {
  expect(grouped(at("a"), at("b", change))).toEqual([]);
});

it("keeps two places apart, and the order of the list", () => {
  const there = { lon: 122.4, lat: 29.9 };
  expect(grouped(at("a"), at("x", { place: there }), at("b"), at("y", { place: there }))).toEqual(["a+b", "x+y"]);
});
