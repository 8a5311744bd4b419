import type { Database } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";

/**
 * Figures for everybody: taken anew so often at most, however many ask, so that a page in the news costs the desk
 * nothing. While new ones are taken the last ones are shown.
 */
export function keptFor<T>(freshMs: number, take: (house: House) => Promise<T>): (house: House) => Promise<T> {
  const kept = new WeakMap<Database, { at: number; figures: Promise<T> }>();
  return (house) => {
    const last = kept.get(house.db);
    const at = performance.now();
    if (last && at - last.at < freshMs) return last.figures;
    const figures = take(house);
    kept.set(house.db, { at, figures });
    figures.catch(() => kept.delete(house.db));
    return last?.figures ?? figures;
  };
}
