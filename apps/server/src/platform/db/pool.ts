import pg from "pg";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());

/** Where a database is and as whom to connect. */
export type DatabaseAddress = { owner: pg.PoolConfig; application: pg.PoolConfig };

/** Address of the embedded server on its socket. */
export function embeddedAddress(socketFolder: string, database = "linge"): DatabaseAddress {
  return {
    owner: { host: socketFolder, user: "linge", database },
    application: { host: socketFolder, user: "linge_app", database },
  };
}

/** Address of a server elsewhere: its user migrates, and steps down to the application's role for all else. */
export function serverAddress(url: string): DatabaseAddress {
  return { owner: { connectionString: url }, application: { connectionString: url, options: "-c role=linge_app" } };
}

/** Planning a statement as long as this costs the database more than running it. */
const longStatement = 2_000;
const names = new Map<string, string>();

/** A connection that has the database keep the plans of long statements; their texts are few and fixed. */
class PlanKeepingClient extends pg.Client {
  // The overloads of `query` are many; only its first form, text and values, is changed.
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given;
    const query = super.query as (...args: unknown[]) => never;
    if (typeof text !== "string" || text.length < longStatement || !Array.isArray(values))
      return query.apply(this, given);
    let name = names.get(text);
    if (!name) names.set(text, (name = `long${names.size}`));
    return query.call(this, { name, text, values }, ...rest);
  }
}

/**
 * Pool of the application's role with the city set for every statement: row-level security sees nothing without it.
 */
export function openPool(address: pg.PoolConfig, cityId: string, connections: number): pg.Pool {
  const options = [address.options, `-c app.city=${cityId}`, "-c statement_timeout=30000"].filter(Boolean).join(" ");
  const pool = new pg.Pool({
    ...address,
    options,
    Client: PlanKeepingClient,
    max: connections,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks while idle is replaced on next use; without this listener Node would end the process.
  pool.on("error", () => {});
  // The same for one that breaks between two queries of a transaction: the next query fails, and the request with it.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
