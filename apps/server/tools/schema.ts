// Writes src/platform/db/schema.ts from a database that was migrated from empty: `node apps/server/tools/schema.ts`.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "../src/platform/db/embedded/cluster.ts";
import { migrate } from "../src/platform/db/migrate.ts";
import { embeddedAddress } from "../src/platform/db/pool.ts";

const target = join(import.meta.dirname, "../src/platform/db/schema.ts");
const folder = mkdtempSync(join(tmpdir(), "linge-schema-"));
chmodSync(folder, 0o755);
const cluster = await startCluster(folder, { fsync: false });
try {
  await migrate(embeddedAddress(cluster.socketFolder, "postgres").owner);
  const url = `postgres://linge@localhost/postgres?host=${cluster.socketFolder}`;
  const codegen = join(import.meta.dirname, "../../../node_modules/kysely-codegen/dist/cli/bin.js");
  const words = [
    "--dialect",
    "postgres",
    "--url",
    url,
    "--out-file",
    target,
    "--exclude-pattern",
    "(migrations|case_events_*)",
  ];
  const done = spawnSync(process.execPath, [codegen, ...words], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

// The pool parses times to ISO strings and whole numbers to numbers; JSON goes in as text and comes out as data.
const generated = readFileSync(target, "utf8")
  .replace(/export type Json = .*;/, "export type Json = ColumnType<any, string, string>;")
  .replace(/export type Timestamp = .*;/, "export type Timestamp = ColumnType<string, Date | string, Date | string>;")
  .replace(/export type Int8 = .*;/, "export type Int8 = ColumnType<number, number, number>;")
  .replace(/export interface Point|export type Point = /, "export type Point = ")
  .replace(/export type Json(Array|Object|Primitive|Value) = (\{[\s\S]*?\n\}|[^;]*);\n\n/g, "");
writeFileSync(target, generated);
