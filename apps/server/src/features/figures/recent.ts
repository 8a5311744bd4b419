import type { Database } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { cityCounts, unitFigures, type UnitFigures } from "./queries.ts";

/** The public figures of the last 30 days, with the moment they were taken. */
export type RecentFigures = {
  from: string;
  to: string;
  counts: { open: number; closed30: number };
  units: UnitFigures[];
};

const freshMs = 15_000;
const days30 = 30 * 86_400_000;
const kept = new WeakMap<Database, { at: number; figures: Promise<RecentFigures> }>();

async function take(house: House): Promise<RecentFigures> {
  const now = house.clock();
  const [from, to] = [new Date(now - days30).toISOString(), new Date(now).toISOString()];
  const [counts, units] = await Promise.all([cityCounts(house), unitFigures(house, from, to)]);
  return { from, to, counts, units };
}

/**
 * Figures for everybody: taken anew every quarter of a minute at most, however many ask, so that a page in the news
 * costs the desk nothing. While new ones are taken the last ones are shown.
 */
export function recentFigures(house: House): Promise<RecentFigures> {
  const last = kept.get(house.db);
  const at = performance.now();
  if (last && at - last.at < freshMs) return last.figures;
  const figures = take(house);
  kept.set(house.db, { at, figures });
  figures.catch(() => kept.delete(house.db));
  return last?.figures ?? figures;
}
