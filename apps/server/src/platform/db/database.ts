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

/** The database cannot be reached, or is none that Linge can work on. */
export class UnusableDatabaseError extends Error {}

const oldest = 15;

/** @throws UnusableDatabaseError that says what to look at, when nothing answers or what answers is too old */
async function proveUsable(address: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (cause) {
    const { host, port, database } = client;
    const why = (cause as Error).message || (cause as NodeJS.ErrnoException).code;
    throw new UnusableDatabaseError(
      `The database "${database}" at ${host}:${port} cannot be reached (${why}). Check DATABASE_URL, and that the server runs and lets this machine in.`,
      { cause },
    );
  }
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  await client.end();
  if (Number.parseInt(rows[0]!.version, 10) < oldest)
    throw new UnusableDatabaseError(
      `The database is PostgreSQL ${rows[0]!.version}; Linge needs ${oldest} or newer. Nothing was changed.`,
    );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Holds the data folder for this process: the database forgets the lock when the process dies, however it dies. */
async function takeLock(address: pg.PoolConfig, dataFolder: string): Promise<pg.Client> {
  const client = new pg.Client({ ...address, application_name: `linge ${process.pid}` });
  client.on("error", () => {});
  await client.connect();
  // A Linge that was just killed loses the lock as soon as the database sees its connection gone.
  for (let tries = 0; tries < 20; tries += 1) {
    const held = await client.query<{ held: boolean }>("select pg_try_advisory_lock(72011) as held");
    if (held.rows[0]?.held) return client;
    await pause(100);
  }
  const other = await client.query<{ name: string }>(
    "select application_name as name from pg_stat_activity a join pg_locks l using (pid) where l.locktype = 'advisory' and l.objid = 72011 and l.granted",
  );
  await client.end();
  throw new InUseError(
    `${dataFolder} is in use by another Linge (process ${other.rows[0]?.name.split(" ")[1] ?? "unknown"}). Stop it, or set LINGE_DATA to another folder.`,
  );
}

/** Keeps the lock, and takes it again when the database was restarted. */
async function holdAlone(
  address: pg.PoolConfig,
  dataFolder: string,
  lost: (error: InUseError) => void,
): Promise<() => Promise<void>> {
  let holding = true;
  let client = await takeLock(address, dataFolder);
  const again = async (): Promise<void> => {
    while (holding) {
      try {
        client = await takeLock(address, dataFolder);
        client.once("end", () => void again());
        return;
      } catch (error) {
        if (error instanceof InUseError) return lost(error);
        await pause(250);
      }
    }
  };
  client.once("end", () => void again());
  return async () => {
    holding = false;
    await client.end();
  };
}

/**
 * Opens the database at DATABASE_URL, or the embedded one in the data folder, migrated to this release.
 * @throws InUseError, NewerDataError, UnusableDatabaseError
 */
export async function openDatabase(where: Where, progress: (line: string) => void = () => {}): Promise<OpenDatabase> {
  let cluster: Cluster | undefined;
  let address: DatabaseAddress;
  let release: (() => Promise<void>) | undefined;
  if (where.databaseUrl) {
    address = serverAddress(where.databaseUrl);
    await proveUsable(address.owner);
  } else {
    progress("starting the embedded PostgreSQL");
    cluster = await startCluster(join(where.dataFolder, "postgres"));
    await createDatabase(cluster.socketFolder, "linge");
    address = embeddedAddress(cluster.socketFolder);
    release = await holdAlone(address.owner, where.dataFolder, ({ message }) => {
      // Another Linge took the folder while the database was down: two must never write to it.
      progress(message);
      process.kill(process.pid, "SIGTERM");
    });
  }
  for (const name of await migrate(address.owner)) progress(`migrated ${name}`);
  const opened = connect(address, where.cityId, where.connections);
  const close = async (): Promise<void> => {
    await opened.db.destroy();
    await release?.();
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
