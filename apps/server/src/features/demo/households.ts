import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { seeded } from "./random.ts";

/** Residents at the census of 2020 (data/zhoushan/zhoushan_population.csv), by the beginnings of codes. */
const residents: Record<string, number> = { "330902": 500_030, "330903": 382_902, "330921,330922": 274_885 };
const perHousehold = 2.4;
const countedOn = "2020-11-01";

/** Invented households for the demo's grids on land: the census total of each county, spread at random. Once. */
export async function spreadHouseholds(house: House): Promise<void> {
  const random = seeded(2020);
  const rows = Object.entries(residents).flatMap(([counties, people]) => {
    const prefixes = counties.split(",").map((county) => prefixOfCode(`${county}000000`));
    const grids = house.territory
      .all()
      .filter(
        ({ level, geometry, code }) => level === "grid" && geometry && prefixes.some((each) => code.startsWith(each)),
      );
    const weights = grids.map(() => 0.5 + random());
    const total = weights.reduce((sum, each) => sum + each, 0);
    return grids.map(({ code }, at) => ({
      code,
      households: Math.round((people / perHousehold) * (weights[at]! / total)),
    }));
  });
  await sql`
    insert into area_households (city_id, code, households, counted_on, synthetic)
    select ${house.cityId}, code, households, ${countedOn}::date, true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, households integer)
    on conflict do nothing`.execute(house.db);
}
