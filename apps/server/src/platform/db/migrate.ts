import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

const folder = join(import.meta.dirname, "../../../migrations");

/** The data was written by a newer Linge than this one. */
export class NewerDataError extends Error {}

/**
 * Brings the schema to this release: each file of migrations/ once, in order, each in a transaction.
 * @throws NewerDataError when the database knows a migration that this release does not
 */
export async function migrate(address: pg.PoolConfig): Promise<string[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(72010)");
    await client.query(
      "create table if not exists migrations (name text primary key, at timestamptz not null default now())",
    );
    const done = new Set(
      (await client.query<{ name: string }>("select name from migrations")).rows.map((row) => row.name),
    );
    const files = readdirSync(folder)
      .filter((name) => name.endsWith(".sql"))
      .sort();
    const unknown = [...done].filter((name) => !files.includes(name));
    if (unknown.length)
      throw new NewerDataError(
        `The data is from a newer Linge (it has ${unknown.join(", ")}). Start that release, or restore an older backup.`,
      );
    const missing = files.filter((name) => !done.has(name));
    for (const name of missing) await apply(client, name);
    return missing;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query(readFileSync(join(folder, name), "utf8"));
    await client.query("insert into migrations (name) values ($1)", [name]);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    throw new Error(`Migration ${name} failed: ${(cause as Error).message}`, { cause });
  }
}
