import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkTerritory } from "@linge/domain/territory/check.ts";
import { faultLine } from "@linge/domain/territory/fault.ts";
import { readTerritory } from "@linge/domain/territory/read.ts";
import type { Territory } from "@linge/domain/territory/types.ts";
import { typedPath } from "../command.ts";
import { isPack, readPack, readText, readTexts } from "./files.ts";
import { systemNamed } from "./import.ts";

const options = { from: { type: "string", default: "wgs84" }, language: { type: "string", default: "en" } } as const;

/** Prints every fault with place and size; exit code 1 if there is one. */
export function check(args: string[], defaultPack: string): number {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const paths = positionals.length > 0 ? positionals.map(typedPath) : [defaultPack];
  const territory = territoryAt(paths, values.from);
  const faults = checkTerritory(territory);
  for (const fault of faults) console.log(faultLine(fault, values.language === "zh" ? "zh" : "en"));
  const count = `${territory.areas.length} areas and ${territory.grids.length} grids`;
  console.log(faults.length === 0 ? `${count}: no faults.` : `${count}: ${faults.length} faults.`);
  return faults.length === 0 ? 0 : 1;
}

function territoryAt(paths: string[], from: string): Territory {
  for (const path of paths) if (!existsSync(path)) throw new Error(`there is no file or folder ${path}`);
  const [path] = paths as [string];
  if (paths.length === 1 && isPack(path)) return readPack(path);
  if (paths.length === 1 && path.endsWith(".json")) {
    const imported = normalised(readText(path), path);
    if (imported) return imported;
  }
  const read = readTerritory(readTexts(paths), { from: systemNamed(from), validFrom: "2000-01-01" });
  for (const { file, place, en } of read.problems) console.error(`${file}, ${place}: ${en}`);
  if (read.areas.length + read.grids.length === 0) throw new Error("nothing could be read");
  return read;
}

/** A file written by `linge territory import`, undefined for any other. */
function normalised(text: string, path: string): Territory | undefined {
  try {
    const parsed = JSON.parse(text) as Partial<Territory>;
    return Array.isArray(parsed.areas) && Array.isArray(parsed.grids) ? (parsed as Territory) : undefined;
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
