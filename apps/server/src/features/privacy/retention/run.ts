import type { Actor } from "@linge/domain/access/scope.ts";
import {
  isBroken,
  keptUntil,
  mayRemove,
  type RetentionKey,
  type RetentionRun,
} from "@linge/domain/privacy/retention.ts";
import { sql } from "kysely";
import type { House } from "../../../platform/house.ts";
import { Refusal } from "../../../platform/http/refusal.ts";
import { noteAct } from "../audit.ts";
import { removeFiles } from "../forget.ts";
import { once } from "../once.ts";
import { privacySettings } from "../settings.ts";
import { works } from "./works.ts";

type Row = {
  id: string;
  dry: boolean;
  table_version: number;
  started_by: string;
  started_at: string;
  finished_at: string | null;
  counts: RetentionRun["counts"];
  held: RetentionRun["held"];
};

const runOf = (row: Row): RetentionRun => ({
  id: row.id,
  dry: row.dry,
  tableVersion: row.table_version,
  startedAt: row.started_at,
  finishedAt: row.finished_at ?? undefined,
  counts: row.counts,
  held: row.held,
});

/** Runs, newest first. */
export async function pastRuns(house: House, most = 60): Promise<RetentionRun[]> {
  const rows = await house.db
    .selectFrom("retention_runs")
    .selectAll()
    .where("city_id", "=", house.cityId)
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(most)
    .execute();
  return rows.map((row) => runOf(row as Row));
}

async function keep(house: House, { id, counts, held }: RetentionRun, finished: boolean): Promise<void> {
  await house.db
    .updateTable("retention_runs")
    .set({
      counts: JSON.stringify(counts),
      held: JSON.stringify(held),
      ...(finished && { finished_at: new Date(house.clock()) }),
    })
    .where("city_id", "=", house.cityId)
    .where("id", "=", id)
    .execute();
}

type Asked = { id: string; dry: boolean; nightly?: boolean };

/**
 * Counts what has had its time (dry), or removes it. A run that died is taken up where it stood by the next one. One
 * server works at a time: whoever comes meanwhile is shown how far the other is.
 * @throws Refusal dryRunFirst
 */
export async function runRetention(house: House, actor: Actor, asked: Asked): Promise<RetentionRun | undefined> {
  return house.db.connection().execute(async (connection) => {
    const key = sql`72013, hashtext(${house.cityId})`;
    const taken = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${key}) as ours`.execute(connection);
    if (!taken.rows[0]!.ours) return (await pastRuns(house, 1))[0];
    try {
      return await work(house, actor, asked);
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}

async function work(house: House, actor: Actor, { id, dry, nightly = false }: Asked): Promise<RetentionRun> {
  const { version } = await privacySettings(house);
  const past = await pastRuns(house);
  const known = past.find((run) => run.id === id);
  if (known?.finishedAt) return known;
  const problem = dry ? undefined : mayRemove(past, version, house.clock(), nightly);
  if (problem) throw new Refusal(problem);
  const broken = past.find((run) => isBroken(run, version));
  const run = (!dry && broken) || (await begin(house, actor, { id, dry }, version));
  await (run.dry ? countAll(house, run) : removeAll(house, run));
  return (await pastRuns(house)).find((each) => each.id === run.id)!;
}

async function begin(house: House, actor: Actor, { id, dry }: Asked, version: number): Promise<RetentionRun> {
  await once(house, actor, { id, type: dry ? "dryRunRetention" : "runRetention" }, async (tx) => {
    const at = house.clock();
    await tx
      .insertInto("retention_runs")
      .values({
        city_id: house.cityId,
        id,
        dry,
        table_version: version,
        started_by: actor.id,
        started_at: new Date(at),
      })
      .execute();
    await noteAct(tx, house.cityId, actor, { action: dry ? "dryRunRetention" : "runRetention", target: id, at });
    return { runId: id };
  });
  return (await pastRuns(house)).find((each) => each.id === id)!;
}

async function beforeOf(house: House, key: RetentionKey): Promise<string> {
  return keptUntil((await privacySettings(house)).document.retention, key, house.clock());
}

async function countAll(house: House, run: RetentionRun): Promise<void> {
  for (const { key, count } of works) {
    const { due, held } = await count(house, await beforeOf(house, key));
    run.counts[key] = due;
    run.held[key] = held;
  }
  await keep(house, run, true);
}

async function removeAll(house: House, run: RetentionRun): Promise<void> {
  for (const { key, count, remove } of works) {
    const before = await beforeOf(house, key);
    run.held[key] = (await count(house, before)).held;
    for (let gone = await remove(house, before); gone > 0; gone = await remove(house, before)) {
      run.counts[key] = (run.counts[key] ?? 0) + gone;
      await keep(house, run, false);
    }
    run.counts[key] ??= 0;
  }
  await removeFiles(house);
  await keep(house, run, true);
}
