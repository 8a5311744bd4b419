import { readCursor, writeCursor, type Cursor, type Mark, type WalkKey } from "./cursor.ts";
import type { Page, Removal, Row } from "./page.ts";

/** What concerns a scope among the changes after a place; `reached`: how far was looked. */
export type Tail = { rows: Row[]; removed: Removal[]; reached: Mark; more: boolean };

/** What the server can be asked about one scope. Positions only grow; a record that changes again moves to its new place. */
export type Feed = {
  head(): Promise<Mark>;
  /** Whether the server itself wrote this place. */
  knows(mark: Mark): Promise<boolean>;
  /** Rows in scope, the most urgent first. */
  walk(after: WalkKey | undefined, limit: number): Promise<Row[]>;
  tail(after: Mark, limit: number): Promise<Tail>;
};

export type PullSettings = {
  scopeKey: string;
  cap: number;
  limit: number;
  now: number;
  /** This server has no memory of something that it answered; see `forgets`. */
  forgets: boolean;
  /** Names a walk; two walks never share a name, or what only the earlier one named would stay on the phone. */
  newId(): string;
};

/**
 * Whether a server has lost what it once decided, as after being restored from a backup. A branch's `next` is beyond
 * everything that was decided in it; if it is not, the answer was given by a server that knew more.
 * @param answered as the phone says, by branch
 * @param next as the server has it, by branch
 */
export function forgets(answered: Readonly<Record<string, number>>, next: ReadonlyMap<string, number>): boolean {
  return Object.entries(answered).some(([branch, sequence]) => (next.get(branch) ?? 1) <= sequence);
}

const sameStart = (cursor: Cursor | undefined, scopeKey: string): cursor is Cursor => cursor?.scope === scopeKey;

async function walkOn(feed: Feed, from: string, cursor: Cursor, settings: PullSettings): Promise<Page> {
  const { id, sent, after } = cursor.walk!;
  const room = Math.min(settings.limit, settings.cap - sent);
  const found = await feed.walk(after, room + 1);
  const rows = found.slice(0, room);
  const capped = sent + rows.length >= settings.cap && found.length > rows.length;
  const done = capped || found.length <= room;
  const last = rows.at(-1);
  const next: Cursor = { scope: cursor.scope, mark: cursor.mark };
  if (!done && last)
    next.walk = { id, sent: sent + rows.length, after: { rank: last.rank, key: `${last.kind}/${last.id}` } };
  return {
    from,
    cursor: writeCursor(next),
    rows,
    removed: [],
    more: true,
    walk: { id, done },
    capped,
    restored: settings.forgets,
    time: new Date(settings.now).toISOString(),
  };
}

async function tailOn(feed: Feed, from: string, cursor: Cursor, settings: PullSettings): Promise<Page> {
  const { rows, removed, reached, more } = await feed.tail(cursor.mark, settings.limit);
  return {
    from,
    cursor: writeCursor({ scope: cursor.scope, mark: reached }),
    rows,
    removed,
    more,
    capped: false,
    restored: settings.forgets,
    time: new Date(settings.now).toISOString(),
  };
}

/**
 * The next page for a phone. Without a cursor, with one of another scope, or with one of a timeline that this server
 * does not know, a walk over the whole scope begins; after it, and otherwise, what changed since.
 */
export async function pullPage(feed: Feed, from: string, settings: PullSettings): Promise<Page> {
  const cursor = readCursor(from);
  const known = sameStart(cursor, settings.scopeKey) && (await feed.knows(cursor.mark));
  if (known) return cursor.walk ? walkOn(feed, from, cursor, settings) : tailOn(feed, from, cursor, settings);
  // Changes made during the walk come with the tail, which begins where the walk began.
  const mark = await feed.head();
  const id = settings.newId();
  const page = await walkOn(feed, from, { scope: settings.scopeKey, mark, walk: { id, sent: 0 } }, settings);
  const restored = page.restored || (cursor !== undefined && !(await feed.knows(cursor.mark)));
  return { ...page, restored };
}
