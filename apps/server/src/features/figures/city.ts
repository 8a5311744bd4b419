import type { UnitCounts } from "@linge/domain/assessment/monthly.ts";
import type { House } from "../../platform/house.ts";
import { cityAims, type Aims } from "./aims.ts";
import { recentFigures, type RecentFigures } from "./recent.ts";

/** What the public page of figures shows: all units together, each unit, and the four aims. */
export type CityFigures = RecentFigures & { together: Omit<UnitCounts, "unitId">; aims: Aims };

const counted = ["due", "onTime", "contacted", "reworked", "reopened", "answered", "resolved", "satisfied"] as const;

/** Counts of all units together. */
export function sumOf(units: readonly UnitCounts[]): CityFigures["together"] {
  return Object.fromEntries(
    counted.map((name) => [name, units.reduce((sum, unit) => sum + unit[name], 0)]),
  ) as CityFigures["together"];
}

export async function cityFigures(house: House): Promise<CityFigures> {
  const [recent, aims] = await Promise.all([recentFigures(house), cityAims(house)]);
  return { ...recent, together: sumOf(recent.units), aims };
}
