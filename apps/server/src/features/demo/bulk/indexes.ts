import type pg from "pg";

const tables = ["cases", "case_events", "work_orders", "ledger_leaves"];
const kind = "demoIndexes";

/**
 * Takes off the indexes that no constraint needs, so that rows come in quickly; their definitions are kept in the database
 * until they are made again.
 */
export async function takeOffIndexes(owner: pg.ClientBase, cityId: string): Promise<void> {
  const found = await owner.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint k where k.conindid = c.oid)`,
    [tables],
  );
  if (!found.rows.length) return;
  await owner.query("begin");
  // A partitioned table's index names the table alone; made again, it covers the parts too.
  const definitions = found.rows.map(({ definition }) => definition.replace(" ON ONLY ", " ON "));
  await owner.query(
    "insert into settings (city_id, kind, version, document) values ($1, $2, 1, $3) on conflict do nothing",
    [cityId, kind, JSON.stringify(definitions)],
  );
  for (const { name } of found.rows) await owner.query(`drop index "${name}"`);
  await owner.query("commit");
}

/** Makes the indexes again that were taken off, each at most once. */
export async function putBackIndexes(
  owner: pg.ClientBase,
  cityId: string,
  progress: (line: string) => void,
): Promise<void> {
  const kept = await owner.query<{ document: string[] }>(
    "select document from settings where city_id = $1 and kind = $2",
    [cityId, kind],
  );
  const definitions = kept.rows[0]?.document ?? [];
  for (const [i, definition] of definitions.entries()) {
    progress(`the demo city's indexes: ${i + 1} of ${definitions.length}`);
    await owner.query(definition.replace(/INDEX (?=\S+ ON )/, "INDEX IF NOT EXISTS "));
  }
  await owner.query("delete from settings where city_id = $1 and kind = $2", [cityId, kind]);
}
