import GeoJSONVT from "geojson-vt";
import vtPbf from "vt-pbf";
import type { Area, Level } from "@linge/domain/territory/types.ts";
import type { House } from "../../platform/house.ts";
import { deepest, extent, within, type Tile } from "./tile.ts";

export const drawnLevels = ["county", "township", "community", "grid"] as const satisfies readonly Level[];
export type DrawnLevel = (typeof drawnLevels)[number];

type Cut = { version: number; areas: Area[]; index: GeoJSONVT };
const cut = new WeakMap<House["territory"], Map<DrawnLevel, Cut>>();

/** Names and nature of an area on a map; `indicative` lines (示意) must be labelled so. */
function tagsOf({ code, level, names, focus, kind, indicative }: Area): Record<string, string | boolean> {
  return {
    code,
    level,
    zh: names.zh,
    en: names.en ?? names.zh,
    indicative,
    ...(focus && { focus }),
    ...(kind && { kind }),
  };
}

/** The areas of a level cut for tiles, once for each state of the territory. */
function cutLevel({ territory }: House, level: DrawnLevel): Cut {
  const levels = cut.get(territory) ?? new Map<DrawnLevel, Cut>();
  cut.set(territory, levels);
  const known = levels.get(level);
  if (known?.version === territory.version()) return known;
  const areas = territory.all().filter((area) => area.level === level && area.geometry);
  const features = areas.map((area) => ({
    type: "Feature" as const,
    properties: tagsOf(area),
    geometry: area.geometry!,
  }));
  const index = new GeoJSONVT(
    { type: "FeatureCollection", features },
    { maxZoom: deepest, extent, buffer: 64, indexMaxZoom: 8 },
  );
  const made = { version: territory.version(), areas, index };
  levels.set(level, made);
  return made;
}

/** Lines of a level and a point for each name. */
export function areaTile(house: House, level: DrawnLevel, tile: Tile): Uint8Array {
  const { areas, index } = cutLevel(house, level);
  const lines = index.getTile(tile.z, tile.x, tile.y) as { features: never[] } | null;
  const labels = areas.flatMap((area) => {
    const at = area.centre && within(tile, area.centre[0], area.centre[1]);
    return at ? [{ type: 1 as const, geometry: [at], tags: tagsOf(area) }] : [];
  });
  return vtPbf.fromGeojsonVt(
    { areas: { features: lines?.features ?? [] }, labels: { features: labels } },
    { version: 2, extent },
  );
}
