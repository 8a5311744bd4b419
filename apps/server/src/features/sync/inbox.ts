import { contentOf, type Answer, type SyncCommand } from "@linge/sync/command/command.ts";
import type { Heard } from "@linge/sync/command/clock.ts";
import type { Branch, InboxChange, InboxSettings, InboxView, Kept } from "@linge/sync/inbox/kept.ts";
import { sql } from "kysely";
import { createHash } from "node:crypto";
import type { Tx } from "../../platform/db/database.ts";
import { holdMs, parkMs } from "./rules.ts";

type Row = {
  id: string;
  branch: string;
  sequence: number;
  worker: string;
  fingerprint: Buffer;
  answer: Answer;
  heard: Heard;
  held: SyncCommand | null;
};

const keptOf = ({ held, fingerprint, ...row }: Row): Kept => ({
  ...row,
  fingerprint: fingerprint.toString("hex"),
  ...(held && { held }),
});

/** Branch of a worker, locked until the transaction ends: two pushes of one phone come one after the other. */
export async function lockBranch(tx: Tx, cityId: string, id: string, worker: string): Promise<Branch> {
  await sql`insert into sync_branches (city_id, id, worker) values (${cityId}, ${id}, ${worker})
    on conflict do nothing`.execute(tx);
  const found = await sql<Branch>`select id, worker, next from sync_branches
    where city_id = ${cityId} and id = ${id} for update`.execute(tx);
  return found.rows[0]!;
}

/** Everything that has to be known to take these commands in. */
export async function readInbox(
  tx: Tx,
  cityId: string,
  branch: Branch,
  commands: readonly SyncCommand[],
): Promise<InboxView> {
  const slots = await sql<{ sequence: number; command_id: string }>`
    select sequence, command_id from sync_slots where city_id = ${cityId} and branch = ${branch.id}
      and (sequence >= ${branch.next} or sequence = any(${commands.map(({ version }) => version.sequence)}::int[]))`.execute(
    tx,
  );
  const ids = [...commands.map(({ id }) => id), ...slots.rows.map((row) => row.command_id)];
  const kept = await sql<Row>`
    select id, branch, sequence, worker, fingerprint, answer, heard, held from sync_commands
    where city_id = ${cityId} and (id = any(${ids}::uuid[]) or (branch = ${branch.id} and held is not null))`.execute(
    tx,
  );
  return {
    branch,
    kept: kept.rows.map(keptOf),
    slots: new Map(slots.rows.map((row) => [row.sequence, row.command_id])),
  };
}

/** Writes what was decided about the commands; their effects are written in the same transaction. */
export async function writeInbox(tx: Tx, cityId: string, { branch, kept, slots }: InboxChange): Promise<void> {
  const rows = kept.map(({ held, answer, ...each }) => ({
    ...each,
    answer,
    held: held ?? null,
    held_until: answer.outcome === "held" ? answer.until : null,
  }));
  if (rows.length)
    await sql`
      insert into sync_commands (city_id, id, branch, sequence, worker, fingerprint, answer, heard, held, held_until)
      select ${cityId}, id, branch, sequence, worker, decode(fingerprint, 'hex'), answer, heard,
        nullif(held, 'null'::jsonb), held_until
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, branch uuid, sequence integer, worker uuid,
        fingerprint text, answer jsonb, heard jsonb, held jsonb, held_until timestamptz)
      on conflict (city_id, id) do update
        set answer = excluded.answer, held = excluded.held, held_until = excluded.held_until`.execute(tx);
  if (slots.size)
    await sql`
      insert into sync_slots (city_id, branch, sequence, command_id)
      select ${cityId}, ${branch.id}, sequence, id from unnest(${[...slots.keys()]}::int[], ${[...slots.values()]}::uuid[])
        as r(sequence, id)`.execute(tx);
  const heard = kept.at(-1)?.heard;
  await sql`update sync_branches set next = ${branch.next}, drift_ms = coalesce(${heard?.driftMs ?? null}, drift_ms)
    where city_id = ${cityId} and id = ${branch.id}`.execute(tx);
}

export const inboxSettings = (now: number): InboxSettings => ({
  now,
  holdMs,
  parkMs,
  fingerprint: (command) => createHash("sha256").update(contentOf(command)).digest("hex"),
});
