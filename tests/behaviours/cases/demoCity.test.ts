import { expect, it } from "vitest";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { useHouse, visitor } from "../../support/house.ts";

const made = useHouse();

it("comes to life through the same commands as a real city, says that it is synthetic, and does so once", async () => {
  await liveDemoCity(made.house, "S", () => {});
  await liveDemoCity(made.house, "S", () => {});
  const { db, cityId } = made.house;
  const cases = await db
    .selectFrom("cases")
    .select(["synthetic", "state", "closed_at"])
    .where("city_id", "=", cityId)
    .execute();
  expect(cases).toHaveLength(160);
  expect(cases.every((row) => row.synthetic)).toBe(true);
  const counted = await db
    .selectFrom("case_days")
    .select(["reported", "closed"])
    .where("city_id", "=", cityId)
    .execute();
  const sum = (key: "reported" | "closed"): number => counted.reduce((total, row) => total + row[key], 0);
  expect(sum("reported")).toBe(160);
  expect(sum("closed")).toBe(cases.filter((row) => row.closed_at).length);
  expect(made.notifier.sent).toEqual([]);
  expect((await visitor(made).get("/")).text).toContain("演示");
});
