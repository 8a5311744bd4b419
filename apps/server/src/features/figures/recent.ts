import type { UnitCounts } from "@linge/domain/assessment/monthly.ts";
import type { House } from "../../platform/house.ts";
import { keptFor } from "./kept.ts";
import { cityCounts, unitFigures } from "./queries.ts";

/** The public figures of the last 30 days, with the moment they were taken. */
export type RecentFigures = {
  from: string;
  to: string;
  counts: { open: number; closed30: number };
  units: UnitCounts[];
};

const days30 = 30 * 86_400_000;

async function take(house: House): Promise<RecentFigures> {
  const now = house.clock();
  const [from, to] = [new Date(now - days30).toISOString(), new Date(now).toISOString()];
  const [counts, units] = await Promise.all([cityCounts(house), unitFigures(house, from, to)]);
  return { from, to, counts, units };
}

export const recentFigures = keptFor(15_000, take);
