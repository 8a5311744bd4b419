import type { House } from "./house.ts";

/** The present moment (ISO) by the clock of the house: the only clock that rules and queries go by. */
export const momentOf = (house: House): string => new Date(house.clock()).toISOString();

/** Today (YYYY-MM-DD) in the city, eight hours before Greenwich. */
export const cityDay = (house: House): string => new Date(house.clock() + 8 * 3_600_000).toISOString().slice(0, 10);
