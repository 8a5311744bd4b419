import type { CasePlace } from "@linge/domain/case/record.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { shore } from "../territory/territory.ts";

/**
 * The part of the territory that a place belongs to: its grid, else the area that was chosen, else the city.
 * @throws Refusal placeOutside for a point that is far from every part of the city, unknownArea for a wrong code
 */
export function areaOf(house: House, place: CasePlace, chosen?: string): { areaCode: string; gridId?: string } {
  const { lon, lat } = place;
  if (lon !== undefined && lat !== undefined) {
    const found = house.territory.seek(lon, lat, shore);
    if (!found) throw new Refusal(refuse("placeOutside", { city: house.config.city.zh }));
    return { areaCode: found.code, gridId: found.level === "grid" ? found.id : undefined };
  }
  if (!chosen) return { areaCode: house.config.city.code };
  const area = house.territory.area(chosen);
  if (!area) throw new Refusal(refuse("unknownArea", { area: chosen }));
  return { areaCode: area.code, gridId: area.level === "grid" ? area.id : undefined };
}
