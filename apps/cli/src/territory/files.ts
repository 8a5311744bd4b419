import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { filesOfPack, parseCityPack, parseManifest } from "@linge/domain/territory/pack.ts";
import type { Territory } from "@linge/domain/territory/types.ts";

/** A city pack from its folder. */
export function readPack(folder: string): Territory {
  const manifest = readText(join(folder, "pack.json"));
  const texts: Record<string, string> = { "pack.json": manifest };
  for (const name of filesOfPack(parseManifest(manifest))) texts[name] = readText(join(folder, name));
  return parseCityPack(texts);
}

/** Whether a path is a city pack: a folder with a pack.json. */
export function isPack(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).includes("pack.json");
}

/** The GeoJSON and CSV files at the given paths; a folder stands for all of them in it. */
export function readTexts(paths: string[]): { name: string; text: string }[] {
  const files = paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => /\.(geojson|json|csv)$/iu.test(name))
          .map((name) => join(path, name))
      : [path],
  );
  return files.map((path) => ({ name: basename(path), text: readText(path) }));
}

export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(missing ? `there is no file ${path}` : `${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
