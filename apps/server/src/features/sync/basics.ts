import type { Actor } from "@linge/domain/access/scope.ts";
import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import type { Category } from "@linge/domain/category/category.ts";
import { isWithin } from "@linge/domain/territory/code.ts";
import type { MultiPolygon } from "@linge/domain/territory/types.ts";
import type { House } from "../../platform/house.ts";
import { phoneRoles } from "./rules.ts";

/** One of a worker's grids: lines where it has some, a roster of vessels where it is at sea. */
export type GridOnPhone = {
  code: string;
  zh: string;
  en: string;
  geometry?: MultiPolygon;
  vessels?: string[];
};

/** What changes rarely and everything on a phone is read with: questions, units, working hours, my grids. */
export type Basics = {
  categories: readonly Category[];
  units: { id: string; zh: string; en: string }[];
  calendar: WorkingCalendar;
  grids: GridOnPhone[];
};

/** More than anybody can walk; who has more sees figures, not lines. */
const mostGrids = 120;

export function basicsFor(house: House, actor: Actor): Basics {
  const areas = actor.grants.flatMap(({ role, area }) => (phoneRoles[role] && area ? [area] : []));
  const grids = house.territory
    .all()
    .filter(({ level, code }) => level === "grid" && areas.some((area) => isWithin(code, area)))
    .slice(0, mostGrids)
    .map(({ code, names, geometry, vessels }) => ({
      code,
      zh: names.zh,
      en: names.en ?? names.zh,
      geometry,
      vessels: vessels?.map(({ name }) => name),
    }));
  return {
    categories: house.settings.current("categories").document,
    units: house.territory.units().map(({ id, zh, en }) => ({ id, zh, en })),
    calendar: house.settings.calendar(),
    grids,
  };
}
