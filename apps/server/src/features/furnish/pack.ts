import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOfPack, parseCityPack, parseManifest } from "@linge/domain/territory/pack.ts";
import type { Territory } from "@linge/domain/territory/types.ts";

const folder = join(import.meta.dirname, "../../../../../data/zhoushan");
const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");

/** The Zhoushan pack: 469 divisions, 1,230 grids (示意) and, for the demo, invented organisations. About two seconds. */
export function zhoushan(): Territory {
  const manifest = textOf("pack.json");
  const texts = filesOfPack(parseManifest(manifest)).map((name) => [name, textOf(name)] as const);
  return parseCityPack({ "pack.json": manifest, ...Object.fromEntries(texts) });
}
