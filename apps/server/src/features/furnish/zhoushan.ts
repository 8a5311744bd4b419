import { readFileSync } from "node:fs";
import { join } from "node:path";
import { areaId } from "@linge/domain/territory/identity.ts";
import type { Area, Level, MultiPolygon } from "@linge/domain/territory/types.ts";

const folder = join(import.meta.dirname, "../../../../../data/zhoushan");
const levelOf: Record<string, Level> = { "2": "city", "3": "county", "4": "township", "5": "community" };
const english: Record<string, string> = {
  "330900000000": "Zhoushan",
  "330902000000": "Dinghai",
  "330903000000": "Putuo",
  "330921000000": "Daishan",
  "330922000000": "Shengsi",
};

type Shape = {
  properties: { code12: string };
  geometry: { type: "Polygon"; coordinates: MultiPolygon["coordinates"][0] } | MultiPolygon;
};

function shapes(file: string): [string, MultiPolygon][] {
  const { features } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { features: Shape[] };
  return features.map(({ properties, geometry }) => [
    properties.code12,
    { type: "MultiPolygon", coordinates: geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates },
  ]);
}

/** The 469 divisions of the Zhoushan pack, with the indicative lines of counties and townships. */
export function zhoushanAreas(validFrom: string): Area[] {
  const lines = new Map([
    ...shapes("zhoushan_counties_approx.geojson"),
    ...shapes("zhoushan_townships_approx.geojson"),
  ]);
  const [, ...rows] = readFileSync(join(folder, "zhoushan_divisions.csv"), "utf8").trim().split(/\r?\n/);
  return rows.map((row) => {
    const [code, level, , name, , parent] = row.split(",") as [string, string, string, string, string, string];
    const geometry = lines.get(code);
    return {
      id: areaId(code, validFrom),
      code,
      level: levelOf[level]!,
      parentCode: level === "2" ? null : parent,
      names: { zh: name, en: english[code] },
      geometry,
      indicative: geometry !== undefined,
      validFrom,
      predecessors: [],
    };
  });
}
