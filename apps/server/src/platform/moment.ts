import type { House } from "./house.ts";

/** The present moment (ISO) by the clock of the house: the only clock that rules and queries go by. */
export const momentOf = (house: Pick<House, "clock">): string => new Date(house.clock()).toISOString();

/** The day (YYYY-MM-DD) in the city, today or at a time (ms since 1970), by the offset of its calendar. */
export const cityDay = (house: House, at = house.clock()): string =>
  new Date(at + house.settings.calendar().offsetMinutes * 60_000).toISOString().slice(0, 10);
