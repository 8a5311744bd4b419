// Builds the pages when their sources are newer than what was built, so that starting again costs nothing.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./ready.mjs";

const sources = [
  "apps/web",
  "packages/domain/src",
  "packages/regions/src",
  "packages/sync/src",
  "packages/tlog/src",
  "package-lock.json",
];
const stamp = join(root, "apps/web/dist/.sources");

function fingerprint() {
  const hash = createHash("sha256");
  const visit = (path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) return hash.update(`${path}:`).update(readFileSync(path));
    for (const name of readdirSync(path).sort())
      if (name !== "dist" && name !== "node_modules") visit(join(path, name));
  };
  for (const source of sources) visit(join(root, source));
  return hash.digest("hex");
}

/** Builds portal, desk, field and command pages into apps/web/dist; quick when nothing changed. */
export async function buildWeb() {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  console.log("Linge: building the pages …");
  const code = await run(["apps/web/build.ts"], { stdio: ["ignore", "ignore", "inherit"] });
  if (code !== 0) {
    console.error("Linge: the pages could not be built; the reason is above.");
    process.exit(code);
  }
  writeFileSync(stamp, now);
}
