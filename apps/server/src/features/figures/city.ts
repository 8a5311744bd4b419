import type { House } from "../../platform/house.ts";
import { cityAims, type Aims } from "./aims.ts";
import { recentFigures, type RecentFigures } from "./recent.ts";
import type { UnitFigures } from "./queries.ts";

/** What the public page of figures shows: all units together, each unit, and the four aims. */
export type CityFigures = RecentFigures & { together: Omit<UnitFigures, "unitId">; aims: Aims };

const counted = ["due", "onTime", "contacted", "reworked", "reopened", "answered", "resolved", "satisfied"] as const;

export async function cityFigures(house: House): Promise<CityFigures> {
  const [recent, aims] = await Promise.all([recentFigures(house), cityAims(house)]);
  const together = Object.fromEntries(
    counted.map((name) => [name, recent.units.reduce((sum, unit) => sum + unit[name], 0)]),
  ) as CityFigures["together"];
  return { ...recent, together, aims };
}
