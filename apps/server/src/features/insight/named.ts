import type { House } from "../../platform/house.ts";

export type Name = { zh: string; en: string };

/** An area by its names; a code that is no more is shown as it is. */
export function areaName(house: House, code: string): Name & { code: string } {
  const area = house.territory.area(code);
  return { code, zh: area?.names.zh ?? code, en: area?.names.en ?? area?.names.zh ?? code };
}

/** A category, or a family of them, by its names. */
export function streamName(house: House, id: string): Name {
  const found = house.settings.category(id) ?? house.settings.family(id);
  return { zh: found?.zh ?? id, en: found?.en ?? id };
}

export function unitName(house: House, id: string): Name & { id: string } {
  const unit = house.territory.unit(id);
  return { id, zh: unit?.zh ?? id, en: unit?.en ?? id };
}
