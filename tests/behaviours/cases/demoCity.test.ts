import { isWithin } from "@linge/domain/territory/code.ts";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { liveDemoCity, sizes, truthFile, type DemoTruth } from "../../../apps/server/src/features/demo/city.ts";
import type { House } from "../../../apps/server/src/platform/house.ts";
import { useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const say = (): void => {};

/** The house with units that fail after a number of questions, as if it were killed then. */
function dyingAfter(house: House, questions: number): House {
  let asked = 0;
  const units = (): ReturnType<House["territory"]["units"]> => {
    if (++asked > questions) throw new Error("killed");
    return house.territory.units();
  };
  return { ...house, territory: { ...house.territory, units } };
}

it("comes to life by the rules of a real city, goes on after a kill, and does so once", async () => {
  await expect(liveDemoCity(dyingAfter(made.house, 250), "S", say)).rejects.toThrow("killed");
  await liveDemoCity(made.house, "S", say);
  await liveDemoCity(made.house, "S", say);
  const { db, cityId, territory } = made.house;
  const cases = await db
    .selectFrom("cases")
    .select(["synthetic", "state", "closed_at", "area_code", "category_id", "reported_at"])
    .where("city_id", "=", cityId)
    .execute();
  expect(cases).toHaveLength(sizes.S.cases);
  expect(cases.every((row) => row.synthetic)).toBe(true);
  expect(cases.every((row) => territory.area(row.area_code)?.level === "grid")).toBe(true);
  expect(new Set(cases.map((row) => row.state)).size).toBeGreaterThan(4);
  const counted = await db
    .selectFrom("case_days")
    .select(["reported", "closed"])
    .where("city_id", "=", cityId)
    .execute();
  const sum = (key: "reported" | "closed"): number => counted.reduce((total, row) => total + row[key], 0);
  expect(sum("reported")).toBe(sizes.S.cases);
  const closings = await db
    .selectFrom("case_events")
    .select("id")
    .where("city_id", "=", cityId)
    .where("type", "=", "closed")
    .execute();
  expect(sum("closed")).toBe(closings.length);
  expect(made.notifier.sent).toEqual([]);
  expect((await visitor(made).get("/")).text).toContain("演示");

  const truth = JSON.parse(readFileSync(truthFile(made.house), "utf8")) as DemoTruth;
  for (const event of truth.events) {
    const within = cases.filter(
      (row) =>
        event.categoryIds.includes(row.category_id) &&
        event.gridCodes.some((code) => isWithin(row.area_code, code)) &&
        row.reported_at >= event.from &&
        row.reported_at <= event.to,
    );
    expect(within.length, event.id).toBeGreaterThanOrEqual(event.cases);
  }
});
