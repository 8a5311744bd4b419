import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { drawGrids } from "@linge/domain/territory/partition/draw.ts";
import { readSketch, writeDrawnGrids } from "@linge/domain/territory/partition/file.ts";
import { typedPath } from "../command.ts";
import { readText } from "./files.ts";

type DrawnFrom = { townships: string; communities: string; land: number; maritime: number };

const note =
  "示意 Indicative demonstration grids, NOT official boundaries: straight cuts through approximate townships. " +
  "Land: GSHHG 2.3.7 (LGPL-3.0+); townships: nearest seat around GeoNames points (CC BY 4.0). Vessels are invented.";

/** Draws demonstration grids into the township outlines that a pack's `drawnFrom` names. */
export function draw(args: string[], defaultPack: string): number {
  const { values, positionals } = parseArgs({ args, options: { out: { type: "string" } }, allowPositionals: true });
  if (!values.out) throw new Error("say where to write the grids: --out FILE");
  const folder = positionals[0] ? typedPath(positionals[0]) : defaultPack;
  const { drawnFrom } = JSON.parse(readText(join(folder, "pack.json"))) as { drawnFrom?: DrawnFrom };
  if (!drawnFrom) throw new Error(`${join(folder, "pack.json")} has no "drawnFrom"`);
  const sketch = readSketch(readText(join(folder, drawnFrom.townships)), readText(join(folder, drawnFrom.communities)));
  const grids = drawGrids(sketch, drawnFrom);
  writeFileSync(typedPath(values.out), writeDrawnGrids(grids, note));
  console.log(`${grids.length} grids, ${drawnFrom.maritime} of them at sea, written to ${values.out}`);
  return 0;
}
