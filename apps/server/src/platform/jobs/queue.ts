import { sql, type Kysely } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DB } from "../db/schema.ts";
import { newId } from "../ids.ts";

/** A job as it is asked for: the same kind and key is one job, however often and from wherever it is asked for. */
export type Asked = { kind: string; key: string; payload?: object; dueAt?: number };

/** A job in somebody's hands, until its lease runs out. `tries` tells this holding from an earlier one. */
export type Held = { id: string; kind: string; key: string; payload: unknown; tries: number; worker: string };

/** Somebody else has the job by now: what was done under this lease must not be written. */
export class LeaseLostError extends Error {}

type Where = { db: Kysely<DB>; cityId: string };

/** Asks for jobs; those that are known already stay as they are. @returns how many are new */
export async function ask({ db, cityId }: Where, jobs: readonly Asked[], now: number): Promise<number> {
  if (jobs.length === 0) return 0;
  const rows = jobs.map(({ kind, key, payload = {}, dueAt = now }) => ({
    id: newId(),
    kind,
    key,
    payload,
    due_at: new Date(dueAt).toISOString(),
  }));
  const asked = await sql`
    insert into jobs (city_id, id, kind, key, payload, due_at)
    select ${cityId}, id, kind, key, payload, due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, kind text, key text, payload jsonb, due_at timestamptz)
    on conflict (city_id, kind, key) do nothing`.execute(db);
  return Number(asked.numAffectedRows ?? 0);
}

/**
 * Takes the job that has been due for longest, or one whose worker has let its lease run out. Rows that others are
 * taking are skipped, so several servers share the work. Leases run by the database's clock, due times by the city's.
 */
export async function claim(
  { db, cityId }: Where,
  kinds: readonly string[],
  worker: string,
  leaseSeconds: number,
  now: number,
): Promise<Held | undefined> {
  const taken = await sql<Omit<Held, "worker">>`
    update jobs set state = 'running', tries = tries + 1, worker = ${worker},
      leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where city_id = ${cityId} and id = (
      select id from jobs where city_id = ${cityId} and kind = any(${kinds}::text[])
        and (state = 'waiting' and due_at <= ${new Date(now).toISOString()}::timestamptz
          or state = 'running' and leased_until < clock_timestamp())
      order by due_at, id limit 1 for update skip locked)
    returning id, kind, key, payload, tries`.execute(db);
  const job = taken.rows[0];
  return job && { ...job, worker };
}

/** Holds on to a job and says how far it is. @returns false when it was cancelled or somebody else has it */
export async function extend(
  { db, cityId }: Where,
  { id, worker, tries }: Held,
  leaseSeconds: number,
  progress?: object,
): Promise<boolean> {
  const kept = await sql`
    update jobs set leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}),
      progress = coalesce(${progress ? JSON.stringify(progress) : null}::jsonb, progress)
    where city_id = ${cityId} and id = ${id} and worker = ${worker} and tries = ${tries} and state = 'running'`.execute(
    db,
  );
  return Number(kept.numAffectedRows ?? 0) > 0;
}

/**
 * Ends a job in the transaction that writes what it did: both or neither.
 * @throws LeaseLostError, which rolls the work back, when somebody else has the job by now
 */
export async function end(tx: Tx, cityId: string, { id, worker, tries }: Held, now: number): Promise<void> {
  const ended = await sql`
    update jobs set state = 'done', ended_at = ${new Date(now).toISOString()}, leased_until = null, problem = null
    where city_id = ${cityId} and id = ${id} and worker = ${worker} and tries = ${tries} and state = 'running'`.execute(
    tx,
  );
  if (!Number(ended.numAffectedRows ?? 0)) throw new LeaseLostError();
}

/** Puts a job back after it failed, for a later time; after the last try it stays failed, with its reason. */
export async function giveBack(
  { db, cityId }: Where,
  { id, worker, tries }: Held,
  problem: string,
  mostTries: number,
  now: number,
): Promise<void> {
  const over = tries >= mostTries;
  const later = new Date(now + 30_000 * 2 ** Math.min(tries, 8)).toISOString();
  await sql`
    update jobs set state = ${over ? "failed" : "waiting"}, problem = ${problem}, leased_until = null,
      due_at = case when ${over} then due_at else ${later}::timestamptz end,
      ended_at = case when ${over} then ${new Date(now).toISOString()}::timestamptz end
    where city_id = ${cityId} and id = ${id} and worker = ${worker} and tries = ${tries} and state = 'running'`.execute(
    db,
  );
}

/** Gives a job back untouched, for another server to go on with at once: this one is stopping. */
export async function release({ db, cityId }: Where, { id, worker, tries }: Held): Promise<void> {
  await sql`
    update jobs set state = 'waiting', leased_until = null, tries = tries - 1
    where city_id = ${cityId} and id = ${id} and worker = ${worker} and tries = ${tries} and state = 'running'`.execute(
    db,
  );
}

/** Cancels what waits or runs; who works on it notices when it next holds on. */
export async function cancel({ db, cityId }: Where, kind: string, keyPrefix: string, now: number): Promise<void> {
  await sql`
    update jobs set state = 'cancelled', ended_at = ${new Date(now).toISOString()}, leased_until = null
    where city_id = ${cityId} and kind = ${kind} and key ^@ ${keyPrefix} and state in ('waiting', 'running')`.execute(
    db,
  );
}

/** Forgets jobs that ended before a time; until then a key that was done is not done again. */
export async function forget({ db, cityId }: Where, before: number): Promise<void> {
  await sql`delete from jobs where city_id = ${cityId} and ended_at < ${new Date(before).toISOString()}::timestamptz`.execute(
    db,
  );
}
