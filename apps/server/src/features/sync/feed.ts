import type { Mark, WalkKey } from "@linge/sync/pull/cursor.ts";
import { rowKey, type Row } from "@linge/sync/pull/page.ts";
import type { Feed } from "@linge/sync/pull/pull.ts";
import type { Scope } from "@linge/sync/scope/scope.ts";
import type { House } from "../../platform/house.ts";
import { caseFeed } from "./caseFeed.ts";
import type { RecordKind } from "./rules.ts";
import { lookUp } from "./sequence.ts";
import { visitFeed } from "./visitFeed.ts";

/** A record that changed at a place in the order; without a row when it is no longer in scope. */
export type Changed = { position: number; id: string; row?: Row };

/** What one kind of record contributes to a phone. */
export type KindFeed = {
  walk(after: WalkKey | undefined, limit: number): Promise<Row[]>;
  changed(after: number, upTo: number, limit: number): Promise<Changed[]>;
};

const byUrgency = (a: Row, b: Row): number => a.rank - b.rank || (rowKey(a) < rowKey(b) ? -1 : 1);

/** The records of a scope, as pages ask for them: all kinds in one order. */
export function recordFeed(house: House, scope: Scope): Feed {
  const kinds = new Map<RecordKind, KindFeed>([["case", caseFeed(house, scope)]]);
  // A phone that carries no visits costs no look at them.
  if (scope.reaches.some((reach) => !reach.kinds || reach.kinds.includes("visit")))
    kinds.set("visit", visitFeed(house, scope));
  // One look answers both questions; a page asks whether its mark is known before anything else.
  let looked: ReturnType<typeof lookUp> | undefined;
  const head = async (): Promise<Mark> => (await (looked ??= lookUp(house, { position: 0, run: "" }))).head;
  return {
    head,
    async knows(mark) {
      looked = lookUp(house, mark);
      return (await looked).known;
    },
    async walk(after, limit) {
      const found = await Promise.all([...kinds.values()].map((kind) => kind.walk(after, limit)));
      return found.flat().sort(byUrgency).slice(0, limit);
    },
    async tail(after, limit) {
      const end = await head();
      if (end.position === after.position) return { rows: [], removed: [], reached: end, more: false };
      const found = await Promise.all(
        [...kinds].map(async ([kind, feed]) => ({
          kind,
          changed: await feed.changed(after.position, end.position, limit),
        })),
      );
      // A kind that filled its page may have more: only up to its last place is everything known.
      const full = found.filter(({ changed }) => changed.length === limit);
      const upTo = Math.min(end.position, ...full.map(({ changed }) => changed.at(-1)!.position));
      const within = found.flatMap(({ kind, changed }) =>
        changed.filter(({ position }) => position <= upTo).map((each) => ({ kind, ...each })),
      );
      return {
        rows: within.flatMap(({ row }) => row ?? []),
        removed: within.filter(({ row }) => !row).map(({ kind, id }) => ({ kind, id, why: "reassigned" as const })),
        // The head's run was written after all places up to it, so it vouches for every one of them.
        reached: full.length ? { position: upTo, run: end.run } : end,
        more: full.length > 0,
      };
    },
  };
}
