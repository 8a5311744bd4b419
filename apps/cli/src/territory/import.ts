import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { coordinateSystems } from "@linge/domain/territory/coordinates.ts";
import type { CoordinateSystem } from "@linge/domain/territory/coordinates.ts";
import { readTerritory } from "@linge/domain/territory/read.ts";
import { typedPath } from "../command.ts";
import { readTexts } from "./files.ts";

const options = {
  from: { type: "string" },
  "valid-from": { type: "string" },
  indicative: { type: "boolean" },
  out: { type: "string" },
} as const;

/** Reads a city's files, says what was converted and what could not be read, and writes one normalised file. */
export function importTerritory(args: string[]): number {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new Error("say which GeoJSON or CSV files to read");
  if (!values.out) throw new Error("say where to write the territory: --out FILE");
  const territory = readTerritory(readTexts(positionals.map(typedPath)), {
    from: systemNamed(values.from),
    validFrom: dayNamed(values["valid-from"]),
    indicative: values.indicative ?? false,
  });
  const { problems, conversion, areas, grids, organisations } = territory;
  for (const { file, place, en } of problems) console.error(`${file}, ${place}: ${en}`);
  if (areas.length + grids.length === 0) throw new Error("nothing could be read");
  writeFileSync(typedPath(values.out), `${JSON.stringify({ areas, grids, organisations })}\n`);
  console.log(`${areas.length} areas and ${grids.length} grids written to ${values.out}; ${conversion}.`);
  const faults = checkTerritory(territory).length;
  if (faults > 0) console.log(`The check finds ${faults} faults: linge territory check ${values.out}`);
  return problems.length > 0 ? 1 : 0;
}

/** People write gcj-02, GCJ02, wgs84 … */
export function systemNamed(name: string | undefined): CoordinateSystem {
  if (name === undefined)
    throw new Error("say what the coordinates are in: --from wgs84, gcj02 (Amap, Tencent) or bd09 (Baidu)");
  const plain = name.toUpperCase().replaceAll(/[-_ ]/gu, "");
  const found = coordinateSystems.find((system) => system === plain);
  if (!found) throw new Error(`"${name}" is no coordinate system known here: wgs84, gcj02 or bd09`);
  return found;
}

function dayNamed(day = new Date().toISOString().slice(0, 10)): string {
  const parsed = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/u.test(day) || Number.isNaN(parsed.getTime()))
    throw new Error(`"${day}" is not a day like 2026-01-31`);
  return day;
}
