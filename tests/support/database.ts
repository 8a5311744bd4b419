import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { furnish } from "../../apps/server/src/features/furnish/furnish.ts";
import { readConfig } from "../../apps/server/src/platform/config/config.ts";
import { connect } from "../../apps/server/src/platform/db/database.ts";
import { startCluster } from "../../apps/server/src/platform/db/embedded/cluster.ts";
import { migrate } from "../../apps/server/src/platform/db/migrate.ts";
import { embeddedAddress } from "../../apps/server/src/platform/db/pool.ts";

declare module "vitest" {
  interface ProvidedContext {
    socketFolder: string;
  }
}

export const template = "linge_template";

/** One PostgreSQL for the whole run, and in it a furnished city that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.NODE_ENV = "test";
  const folder = mkdtempSync(join(tmpdir(), "linge-pg-"));
  chmodSync(folder, 0o755);
  const cluster = await startCluster(folder, { fsync: false });
  const client = new pg.Client(embeddedAddress(cluster.socketFolder, "postgres").owner);
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const address = embeddedAddress(cluster.socketFolder, template);
  await migrate(address.owner);
  const config = readConfig({ LINGE_DATA: folder });
  const opened = connect(address, config.city.code, 2);
  await furnish(opened, config, () => {});
  await opened.close();
  project.provide("socketFolder", cluster.socketFolder);
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
