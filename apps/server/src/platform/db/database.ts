import { Kysely, PostgresDialect, type Transaction } from "kysely";
import { join } from "node:path";
import pg from "pg";
import { startCluster, type Cluster } from "./embedded/cluster.ts";
import { migrate } from "./migrate.ts";
import { embeddedAddress, openPool, serverAddress, type DatabaseAddress } from "./pool.ts";
import type { DB } from "./schema.ts";

export type Database = Kysely<DB>;
export type Tx = Transaction<DB>;

/** Another Linge works on this data. */
export class InUseError extends Error {}

/** An open database: queries for one city, the raw pool for bulk work, and an orderly end. */
export type OpenDatabase = {
  db: Database;
  pool: pg.Pool;
  cityId: string;
  address: DatabaseAddress;
  close(): Promise<void>;
};

type Where = { dataFolder: string; databaseUrl?: string; cityId: string; connections: number };

async function createDatabase(socketFolder: string, name: string): Promise<void> {
  const client = new pg.Client({ ...embeddedAddress(socketFolder, "postgres").owner });
  await client.connect();
  const known = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (!known.rowCount) await client.query(`create database "${name}"`);
  await client.end();
}

/** Holds the data folder for this process: the database forgets the lock when the process dies, however it dies. */
async function holdAlone(address: pg.PoolConfig, dataFolder: string): Promise<pg.Client> {
  const client = new pg.Client({ ...address, application_name: `linge ${process.pid}` });
  client.on("error", () => {});
  await client.connect();
  // A Linge that was just killed loses the lock as soon as the database sees its connection gone.
  for (let tries = 0; tries < 20; tries += 1) {
    const held = await client.query<{ held: boolean }>("select pg_try_advisory_lock(72011) as held");
    if (held.rows[0]?.held) return client;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const other = await client.query<{ name: string }>(
    "select application_name as name from pg_stat_activity a join pg_locks l using (pid) where l.locktype = 'advisory' and l.objid = 72011 and l.granted",
  );
  await client.end();
  throw new InUseError(
    `${dataFolder} is in use by another Linge (process ${other.rows[0]?.name.split(" ")[1] ?? "unknown"}). Stop it, or set LINGE_DATA to another folder.`,
  );
}

/**
 * Opens the database at DATABASE_URL, or the embedded one in the data folder, migrated to this release.
 * @throws InUseError, NewerDataError, or the reason why it cannot be reached
 */
export async function openDatabase(where: Where, progress: (line: string) => void = () => {}): Promise<OpenDatabase> {
  let cluster: Cluster | undefined;
  let address: DatabaseAddress;
  let lock: pg.Client | undefined;
  if (where.databaseUrl) address = serverAddress(where.databaseUrl);
  else {
    progress("starting the embedded PostgreSQL");
    cluster = await startCluster(join(where.dataFolder, "postgres"));
    await createDatabase(cluster.socketFolder, "linge");
    address = embeddedAddress(cluster.socketFolder);
    lock = await holdAlone(address.owner, where.dataFolder);
  }
  for (const name of await migrate(address.owner)) progress(`migrated ${name}`);
  const opened = connect(address, where.cityId, where.connections);
  const close = async (): Promise<void> => {
    await opened.db.destroy();
    await lock?.end();
    await cluster?.stop();
  };
  return { ...opened, close };
}

/** Connects to a migrated database as the application's role. */
export function connect(address: DatabaseAddress, cityId: string, connections: number): OpenDatabase {
  const pool = openPool(address.application, cityId, connections);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, cityId, address, close: () => db.destroy() };
}
