import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { findChromium } from "./launch.ts";

declare module "vitest" {
  interface ProvidedContext {
    chromium: string;
  }
}

/** Finds a Chromium, or installs Debian's where this is a machine that may; else journeys are skipped and say so. */
export default function setup(project: TestProject): void {
  let found = findChromium();
  if (!found && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("installing Chromium and Chinese fonts for the browser journeys …");
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    found = findChromium();
  }
  if (!found) console.log("No Chromium was found: browser journeys are skipped. Set LINGE_CHROMIUM to one.");
  project.provide("chromium", found ?? "");
}
