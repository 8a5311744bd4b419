import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

type Chunk = { file: string; imports?: string[] };
const root = join(import.meta.dirname, "../../apps/web/dist/client");

/** Bytes of gzipped JavaScript that a page loads before anything is asked for: its script and all that it imports at once. */
export function shellBytes(page: string): number {
  const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")) as Record<string, Chunk>;
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    manifest[key]!.imports?.forEach(visit);
  };
  visit(page);
  const sizes = [...seen].map((key) => gzipSync(readFileSync(join(root, manifest[key]!.file))).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}
