import { readFileSync } from "node:fs";
import { isWithin } from "@linge/domain/territory/code.ts";
import type { Territory } from "@linge/domain/territory/types.ts";
import { filesOfPack, parseCityPack, parseManifest } from "@linge/domain/territory/pack.ts";

const folder = new URL("../../../../data/zhoushan/", import.meta.url);

export function packText(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

const manifest = packText("pack.json");
const names = filesOfPack(parseManifest(manifest));

/** The demonstration city, as every installation reads it. */
export const zhoushan = parseCityPack({
  "pack.json": manifest,
  ...Object.fromEntries(names.map((name) => [name, packText(name)])),
});

/** The city as if it had one county, Putuo: part of the main island and a hundred others, and three times as fast. */
export const putuo: Territory = partOf(zhoushan, "330903000000");

function partOf({ areas, grids, organisations }: Territory, county: string): Territory {
  const { geometry } = areas.find(({ code }) => code === county)!;
  const within = areas.filter(({ code }) => isWithin(code, county));
  const city = areas.filter(({ level }) => level === "city").map((area) => ({ ...area, geometry: geometry! }));
  return { areas: [...city, ...within], grids: grids.filter(({ code }) => isWithin(code, county)), organisations };
}
