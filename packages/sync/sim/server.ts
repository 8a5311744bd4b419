import { contentOf, type SyncCommand } from "../src/command/command.ts";
import type { Decide, InboxChange, InboxView, Kept, Branch } from "../src/inbox/kept.ts";
import { receive, settleOverdue } from "../src/inbox/receive.ts";
import type { PullRequest, PullResponse, PushRequest, PushResponse } from "../src/protocol/message.ts";
import { agree } from "../src/protocol/protocol.ts";
import type { Mark } from "../src/pull/cursor.ts";
import type { Row } from "../src/pull/page.ts";
import { forgets, pullPage, type Feed } from "../src/pull/pull.ts";
import { inScope, mayStayUntil, scopeKey, type Placed, type Scope } from "../src/scope/scope.ts";
import { decideInCity, shown, type CityRecord, type Merge, type Rights } from "./city.ts";

/** One effect that the server wrote. `field`: for the oracle of merges. */
export type Applied = { command: SyncCommand; worker: string; version: number; conflicts: readonly string[] };

/** Everything that a backup of the server holds. */
export type ServerState = {
  branches: Map<string, Branch>;
  kept: Map<string, Kept>;
  slots: Map<string, Map<number, string>>;
  records: Map<string, CityRecord>;
  log: Applied[];
  position: number;
  runs: Map<number, string>;
};

export class Killed extends Error {}

export type ServerParts = { receive: typeof receive; pullPage: typeof pullPage; merge?: Merge };
export const realParts: ServerParts = { receive, pullPage };

const emptyState = (): ServerState => ({
  branches: new Map(),
  kept: new Map(),
  slots: new Map(),
  records: new Map(),
  log: [],
  position: 0,
  runs: new Map(),
});

function copyState(state: ServerState): ServerState {
  return {
    ...state,
    branches: new Map(state.branches),
    kept: new Map(state.kept),
    slots: new Map([...state.slots].map(([branch, slots]) => [branch, new Map(slots)])),
    records: new Map(state.records),
    log: [...state.log],
    runs: new Map(state.runs),
  };
}

const placed = ({ area, endedAt }: CityRecord): Placed => ({
  areaCode: area,
  unitIds: [],
  confidential: false,
  endedAt,
});
export const rankOf = ({ endedAt, id }: CityRecord): number =>
  (endedAt ? 1e6 : 0) + [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);

export type ServerSettings = { holdMs: number; parkMs: number; cap: number; endedDays: number };

/** The simulated server: the kernel's decisions over a state that is written whole or not at all. */
export function makeServer(random: { id(): string }, rights: Rights, settings: ServerSettings, parts: ServerParts) {
  let state = emptyState();
  let minor = 0;
  /** Set to die once, before or after the next commit. */
  let dieAt: "before" | "after" | undefined;

  const scopeOf = (worker: string): Scope => ({
    worker,
    cap: settings.cap,
    reaches: (rights.get(worker) ?? []).map((area) => ({ area, confidential: false, endedDays: settings.endedDays })),
  });

  function viewOf(branchId: string, commands: readonly SyncCommand[]): InboxView {
    const ids = new Set(commands.map(({ id }) => id));
    const kept = [...state.kept.values()].filter((each) => each.branch === branchId || ids.has(each.id));
    const slots = state.slots.get(branchId) ?? new Map<number, string>();
    const aliases = [...slots.values()].flatMap((id) => state.kept.get(id) ?? []);
    return { branch: state.branches.get(branchId), kept: [...kept, ...aliases], slots };
  }

  function deciding(worker: string, changed: Map<string, CityRecord>, log: Applied[]): Decide {
    return (command, heard) => {
      const decision = decideInCity(command, heard, {
        record: changed.get(command.recordId) ?? state.records.get(command.recordId),
        keep: (record) => changed.set(record.id, record),
        rights,
        worker,
        minor,
        merge: parts.merge,
      });
      if (decision !== "notKnownHere" && decision.ok)
        log.push({ command, worker, version: decision.version, conflicts: decision.conflicts ?? [] });
      return decision;
    };
  }

  function place(record: CityRecord): void {
    state.position += 1;
    state.runs.set(state.position, random.id());
    state.records.set(record.id, { ...record, position: state.position });
  }

  function commit(change: InboxChange, changed: Map<string, CityRecord>, log: Applied[]): void {
    const moment = dieAt;
    dieAt = undefined;
    if (moment === "before") throw new Killed("before");
    state.branches.set(change.branch.id, change.branch);
    for (const kept of change.kept) state.kept.set(kept.id, kept);
    if (!state.slots.has(change.branch.id)) state.slots.set(change.branch.id, new Map());
    for (const [sequence, id] of change.slots) state.slots.get(change.branch.id)!.set(sequence, id);
    for (const record of changed.values()) place(record);
    state.log.push(...log);
    if (moment === "after") throw new Killed("after");
  }

  const inbox = (now: number) => ({
    now,
    holdMs: settings.holdMs,
    parkMs: settings.parkMs,
    fingerprint: contentOf,
  });

  function push(worker: string, request: PushRequest, now: number): PushResponse {
    const changed = new Map<string, CityRecord>();
    const log: Applied[] = [];
    const view = viewOf(request.branch, request.commands);
    const change = parts.receive(view, request, worker, deciding(worker, changed, log), inbox(now));
    commit(change, changed, log);
    const { answers, forked } = change;
    return { protocol: { major: 1, minor }, time: new Date(now).toISOString(), answers, forked };
  }

  function settle(now: number): void {
    for (const branch of state.branches.values()) {
      const changed = new Map<string, CityRecord>();
      const log: Applied[] = [];
      commit(
        settleOverdue(viewOf(branch.id, []), branch, deciding(branch.worker, changed, log), inbox(now)),
        changed,
        log,
      );
    }
  }

  function rowOf(scope: Scope, record: CityRecord): Row {
    const { kind, id, version } = record;
    const expiresAt = mayStayUntil(scope, placed(record)) ?? undefined;
    return { kind, id, version, value: shown(record), rank: rankOf(record), expiresAt };
  }

  function feedOf(worker: string, now: number): Feed {
    const scope = scopeOf(worker);
    const head = (): Mark => ({ position: state.position, run: state.runs.get(state.position) ?? "" });
    return {
      head: async () => head(),
      knows: async ({ position, run }) => (state.runs.get(position) ?? "") === run && position <= state.position,
      walk: async (after, limit) =>
        [...state.records.values()]
          .filter((record) => inScope(scope, placed(record), now))
          .map((record) => rowOf(scope, record))
          .map((row) => ({ row, key: `${row.kind}/${row.id}` }))
          .sort((a, b) => a.row.rank - b.row.rank || (a.key < b.key ? -1 : 1))
          .filter(({ row, key }) => !after || row.rank > after.rank || (row.rank === after.rank && key > after.key))
          .slice(0, limit)
          .map(({ row }) => row),
      tail: async (after, limit) => {
        const found = [...state.records.values()]
          .filter(({ position }) => position > after.position)
          .sort((a, b) => a.position - b.position);
        const looked = found.slice(0, limit);
        const more = found.length > limit;
        const last = looked.at(-1);
        const reached = more && last ? { position: last.position, run: state.runs.get(last.position)! } : head();
        const inside = looked.filter((record) => inScope(scope, placed(record), now));
        const left = looked.filter(
          (record) => !inside.includes(record) && [...record.wasIn, record.area].some((area) => reachedBy(scope, area)),
        );
        const removed = left.map(({ kind, id }) => ({ kind, id, why: "reassigned" as const }));
        return { rows: inside.map((record) => rowOf(scope, record)), removed, reached, more };
      },
    };
  }

  function pull(worker: string, phoneMinor: number, request: PullRequest, now: number): Promise<PullResponse["page"]> {
    const agreement = agree({ major: 1, minor: phoneMinor }, { major: 1, minor });
    const spoken = agreement.ok ? agreement.minor : 0;
    const next = new Map([...state.branches.values()].map((branch) => [branch.id, branch.next]));
    return parts.pullPage(feedOf(worker, now), request.cursor, {
      scopeKey: scopeKey(scopeOf(worker), spoken),
      cap: settings.cap,
      limit: request.limit,
      now,
      newId: random.id,
      forgets: forgets(request.answered, next),
    });
  }

  return {
    push,
    pull,
    settle,
    scopeOf,
    state: () => state,
    backup: () => copyState(state),
    restore: (from: ServerState) => (state = copyState(from)),
    dieNext: (moment: "before" | "after") => (dieAt = moment),
    minor: () => minor,
    setMinor: (to: number) => (minor = to),
    /** A change made at the desk, online. */
    desk: (record: CityRecord) => place({ ...record, version: record.version + 1 }),
    inScopeNow: (worker: string, now: number): CityRecord[] =>
      [...state.records.values()].filter((record) => inScope(scopeOf(worker), placed(record), now)),
  };
}

const reachedBy = (scope: Scope, area: string): boolean =>
  scope.reaches.some((reach) => reach.area !== undefined && area.startsWith(reach.area));

export type SimServer = ReturnType<typeof makeServer>;
