import { sameJson, type Json } from "../src/json.ts";
import { editType, type SyncCommand } from "../src/command/command.ts";
import type { Entry } from "../src/outbox/entry.ts";
import type { Page } from "../src/pull/page.ts";
import { mayWork, shown, sinceMinor, type Rights } from "./city.ts";
import type { SimPhone } from "./phones.ts";
import type { Applied, SimServer } from "./server.ts";

/** A promise that was broken. */
export class Broken extends Error {}

function fail(promise: string, detail: unknown): never {
  throw new Broken(`${promise}: ${JSON.stringify(detail)}`);
}

/** Watches every effect of the server as it is written. */
export function checkApplied(server: SimServer, from: number, rights: Rights): void {
  const { log } = server.state();
  for (let at = from; at < log.length; at += 1) {
    const applied = log[at]!;
    const { command, worker } = applied;
    if (log.slice(0, at).some((earlier) => earlier.command.id === command.id)) fail("none applied twice", command.id);
    const area = server.state().records.get(command.recordId)?.area ?? "";
    if (!mayWork(rights, worker, area)) fail("permissions hold when commands are applied", { worker, area });
    if (command.type === editType) checkFlags(log.slice(0, at), applied);
  }
}

/** Plain reading of the rule: somebody else's different value, set after what this editor had seen, must be flagged. */
function checkFlags(earlier: readonly Applied[], { command, version, conflicts }: Applied): void {
  const edits = earlier.filter((each) => each.command.type === editType && each.command.recordId === command.recordId);
  for (const [field, value] of Object.entries(command.data.fields as Record<string, Json>)) {
    const last = edits.filter((each) => field in (each.command.data.fields as object)).at(-1);
    if (!last || last.version <= command.version.base || last.version >= version) continue;
    if (last.command.version.branch === command.version.branch) continue;
    const other = (last.command.data.fields as Record<string, Json>)[field];
    if (!sameJson(other, value) && !conflicts.includes(field)) fail("the same field changed twice is flagged", command);
  }
}

/**
 * Effects of a branch come in the order of its sequence, unless a deadline has passed. What waited for a newer server
 * comes later than the rest, but never out of order on its own record.
 */
export function checkOrder(server: SimServer, skipped: boolean): void {
  if (skipped) return;
  const { log } = server.state();
  const parked = new Set(log.filter(({ command }) => sinceMinor[command.type]).map(({ command }) => command.recordId));
  const last = new Map<string, number>();
  for (const { command } of log) {
    const { branch, sequence } = command.version;
    const line = parked.has(command.recordId) ? `${branch} ${command.recordId}` : branch;
    if (sequence < (last.get(line) ?? 0)) fail("a branch takes effect in its order", command);
    last.set(line, sequence);
  }
}

/** Nothing leaves the server that its worker may not see at that moment. */
export function checkPage(page: Page, worker: string, rights: Rights): void {
  for (const row of page.rows) {
    const { area } = row.value as { area: string };
    if (!mayWork(rights, worker, area)) fail("permissions hold in what is sent", { worker, area });
  }
}

/** Everything a phone has of its own work. */
export async function workOf(sim: SimPhone): Promise<Entry[]> {
  const kept = sim.store.snapshot();
  return [...(kept.get("outbox")?.values() ?? []), ...(kept.get("settled")?.values() ?? [])] as Entry[];
}

export type Ledger = {
  given: Map<string, { phone: SimPhone; command: SyncCommand }>;
  acknowledged: Set<string>;
  serverRestored: boolean;
};

/** At the end, when everybody had contact: each piece of work is done once, or is with its worker with the reason why not. */
export async function checkWork(server: SimServer, phones: readonly SimPhone[], ledger: Ledger): Promise<void> {
  const done = new Set(server.state().log.map(({ command }) => command.id));
  const seen = new Map<string, Entry>();
  for (const sim of phones) {
    const work = await workOf(sim);
    const own = new Map(work.map((entry) => [entry.command.id, entry]));
    for (const entry of work) {
      const { id } = entry.command;
      seen.set(id, entry);
      if (entry.state === "accepted" && !done.has(id)) fail("what the phone calls accepted is done", { id });
      const clash = entry.reason?.code === "idUsedDifferently";
      if (entry.state === "notAccepted" && done.has(id) && !clash) fail("what was not accepted is not done", { id });
      if (entry.state !== "accepted" && entry.state !== "notAccepted") fail("nothing waits for ever", entry);
    }
    for (const [id, { phone }] of ledger.given)
      if (phone === sim && !sim.wasRestored && !own.has(id)) fail("no work vanishes from its phone", { id });
  }
  for (const id of ledger.acknowledged) {
    if (done.has(id)) continue;
    const excused = ledger.serverRestored && (seen.get(id)?.state === "notAccepted" || !seen.has(id));
    if (!excused || (!seen.has(id) && !ledger.given.get(id)?.phone.wasRestored))
      fail("no acknowledged command is lost", { id });
  }
}

/** At the end every phone holds exactly what its worker may see, as the server has it. */
export async function checkReplicas(server: SimServer, phones: readonly SimPhone[], now: number, cap: number) {
  for (const sim of phones) {
    const rows = new Map((await sim.phone.records()).map((row) => [row.id, row]));
    const wanted = server.inScopeNow(sim.worker, now);
    const { capped } = await sim.phone.state();
    if (rows.size > cap) fail("the cap holds", { phone: sim.name, rows: rows.size });
    for (const record of wanted) {
      const row = rows.get(record.id);
      if (!row && !capped) fail("replicas converge: a record is missing", { phone: sim.name, id: record.id });
      if (row && (row.version !== record.version || !sameJson(row.value, shown(record))))
        fail("replicas converge: a record differs", { phone: sim.name, row, record });
      rows.delete(record.id);
    }
    if (rows.size) fail("replicas converge: a record should have left", { phone: sim.name, ids: [...rows.keys()] });
  }
}
