import { rowKey, type Page, type Row } from "../pull/page.ts";
import type { StoreTx } from "../store/store.ts";
import { answerLost } from "./reoffer.ts";
import { keepState, stateOf } from "./state.ts";

/** A record on the phone, stamped with the walk that last named it. */
export type Kept = Row & { walk: string };

const byUrgency = (a: { key: string; value: Kept }, b: { key: string; value: Kept }): number =>
  a.value.rank - b.value.rank || (a.key < b.key ? -1 : 1);

const earliest = (times: (string | undefined)[]): string | undefined =>
  times.reduce(
    (least, time) => (time !== undefined && (least === undefined || time < least) ? time : least),
    undefined,
  );

type Trimmed = { dropped: number; over: boolean; size: number; nextExpiry?: string };

/** Drops what a finished walk did not name, what is too old by the server's time, and beyond the cap the least urgent. */
async function trim(tx: StoreTx, time: string, cap: number, finishedWalk?: string): Promise<Trimmed> {
  const rows = await tx.list<Kept>("records");
  const stays = ({ value }: { value: Kept }): boolean =>
    (finishedWalk === undefined || value.walk === finishedWalk) &&
    (value.expiresAt === undefined || value.expiresAt > time);
  const kept = rows.filter(stays).sort(byUrgency);
  const beyond = kept.slice(cap);
  const gone = [...rows.filter((row) => !stays(row)), ...beyond];
  for (const { key } of gone) tx.remove("records", key);
  const left = kept.slice(0, cap);
  const nextExpiry = earliest(left.map(({ value }) => value.expiresAt));
  return { dropped: gone.length, over: beyond.length > 0, size: left.length, nextExpiry };
}

/** Writes rows and removals; returns by how much the number of records changed. */
async function write(tx: StoreTx, page: Page, walk: string): Promise<number> {
  let grown = 0;
  for (const row of page.rows) {
    if (!(await tx.get("records", rowKey(row)))) grown += 1;
    tx.put("records", rowKey(row), { ...row, walk } satisfies Kept);
  }
  for (const removal of page.removed) {
    if (!(await tx.get("records", rowKey(removal)))) continue;
    tx.remove("records", rowKey(removal));
    grown -= 1;
  }
  return grown;
}

export type Taken = { taken: boolean; rows: number; removed: number };

/**
 * Takes a page in: rows, removals and the new cursor in one transaction, so that a phone that dies goes on where it
 * was. A page that does not answer the present cursor (late, twice) is ignored. What waits in the outbox is untouched,
 * also when its record leaves the phone.
 * @param cap most records this phone may hold
 */
export async function takePage(tx: StoreTx, page: Page, cap: number): Promise<Taken> {
  const state = await stateOf(tx);
  if (page.from !== state.cursor) return { taken: false, rows: 0, removed: 0 };
  const walk = page.walk?.id ?? state.walk;
  const next = { ...state, cursor: page.cursor, walk, lastContact: page.time };
  next.size += await write(tx, page, walk);
  next.nextExpiry = earliest([state.nextExpiry, ...page.rows.map(({ expiresAt }) => expiresAt)]);
  let removed = page.removed.length;
  if (page.walk?.done) next.capped = page.capped;
  // The records are looked through only when there is a reason: a phone with thousands is slow at it.
  const overdue = next.nextExpiry !== undefined && next.nextExpiry <= page.time;
  if (page.walk?.done || next.size > cap || overdue) {
    const trimmed = await trim(tx, page.time, cap, page.walk?.done ? walk : undefined);
    removed += trimmed.dropped;
    next.capped ||= trimmed.over;
    next.size = trimmed.size;
    next.nextExpiry = trimmed.nextExpiry;
  }
  // There is room again for what was left out: walk anew, once a fair part is free.
  if (next.capped && !page.walk && !page.more && next.size < cap * 0.9) next.cursor = "";
  keepState(tx, next);
  if (page.restored) await answerLost(tx);
  return { taken: true, rows: page.rows.length, removed };
}
