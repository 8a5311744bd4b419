import type pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { dispatched, useHouse } from "../../support/house.ts";

const made = useHouse();
let tables: string[] = [];

/** A connection of the application's role that says it is of another city, or of none. */
async function as<T>(city: string | undefined, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await made.house.pool.connect();
  try {
    await client.query("select set_config('app.city', $1, false)", [city ?? ""]);
    return await work(client);
  } finally {
    client.release(true);
  }
}

beforeAll(async () => {
  await dispatched(made);
  const found = await made.house.pool.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r','p') and not c.relispartition
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'city_id' and not a.attisdropped)
    order by 1`);
  tables = found.rows.map(({ name }) => name);
});

/** Its name and colours belong to everybody who asks for a city at all. */
const open = new Set(["cities"]);

it("is the backstop of every table that has cities: each has the policy", async () => {
  expect(tables.length).toBeGreaterThan(30);
  const found = await made.house.pool.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_policy p on p.polrelid = c.oid
    where c.relrowsecurity and p.polname = 'own_city' and pg_get_expr(p.polqual, p.polrelid) ~ 'city_id = current_setting'`);
  const guarded = new Set(found.rows.map(({ name }) => name));
  expect(tables.filter((table) => !guarded.has(table) && !open.has(table))).toEqual([]);
});

it.each([
  ["another city", "another"],
  ["no city", undefined],
])("a connection of %s sees nothing, whatever a query forgets", async (_which, city) => {
  const seen = await as(city, async (client) => {
    const counts: string[] = [];
    for (const table of tables) {
      if (open.has(table)) continue;
      const { rows } = await client.query(`select 1 from ${table} limit 1`);
      if (rows.length) counts.push(table);
    }
    return counts;
  });
  expect(seen).toEqual([]);
  expect((await made.house.pool.query("select 1 from cases")).rowCount).toBeGreaterThan(0);
});

it("writes no row of another city, into no table", async () => {
  const letIn = await as("another", async (client) => {
    const written: string[] = [];
    for (const table of tables) {
      if (open.has(table)) continue;
      // The policy is looked at before what a row lacks; a partitioned table has to know where the row would go.
      const columns = table === "case_events" ? "(city_id, at) values ($1, now())" : "(city_id) values ($1)";
      const answer = await client
        .query(`insert into ${table} ${columns}`, [made.house.cityId])
        .then(() => "written")
        .catch((error: { message: string }) => error.message);
      if (!/row-level security|permission denied/.test(answer)) written.push(`${table}: ${answer}`);
    }
    return written;
  });
  expect(letIn).toEqual([]);
});

it("changes no row of another city", async () => {
  const before = await made.house.pool.query("select count(*)::int as n from people where left_at is null");
  await as("another", async (client) => {
    await client.query("update people set left_at = now()");
    await client.query("delete from sessions");
  });
  const after = await made.house.pool.query("select count(*)::int as n from people where left_at is null");
  expect(after.rows).toEqual(before.rows);
});

it.each([
  "update case_events set type = 'x'",
  "delete from case_events",
  "delete from audit",
  "update audit set purpose = 'x'",
  "update commands set type = 'x'",
  "delete from cases",
  "insert into cities (city_id, name_zh, name_en) values ('another', 'x', 'x')",
])("cannot rewrite what was recorded: %s", async (statement) => {
  await expect(made.house.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});
