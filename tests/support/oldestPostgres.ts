import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const debian = "/usr/lib/postgresql/15";

/**
 * Folder of a PostgreSQL 15, the oldest that Linge runs on: Debian's, installed where this is a machine that may, or the
 * one LINGE_POSTGRES_15 names.
 */
export function oldestPostgres(): string | undefined {
  const named = process.env.LINGE_POSTGRES_15;
  if (named) return named;
  if (!existsSync(`${debian}/bin/initdb`) && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("installing Debian's PostgreSQL 15 …");
    const quiet = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    spawnSync("apt-get", ["update", "-qq"], quiet);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql-15"], quiet);
  }
  return existsSync(`${debian}/bin/initdb`) ? debian : undefined;
}
