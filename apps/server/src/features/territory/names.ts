import type { House } from "../../platform/house.ts";

/** What an area is called, in both languages; its code where it has no name any more. */
export function namesOfArea(house: House, code: string): { zh: string; en: string } {
  const names = house.territory.area(code)?.names;
  return { zh: names?.zh ?? code, en: names?.en ?? names?.zh ?? code };
}
