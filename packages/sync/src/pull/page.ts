import type { Json } from "../json.ts";

/** A record as the phone keeps it. `rank`: smaller is more urgent; beyond the cap the largest go first. */
export type Row = {
  kind: string;
  id: string;
  version: number;
  value: Json;
  rank: number;
  /** Server's time from which it no longer belongs on the phone. */
  expiresAt?: string;
};

/** A record that has to leave the phone: its work was reassigned or moved. */
export type Removal = { kind: string; id: string; why: "reassigned" };

/** A part of what changed, and the cursor to ask on with. */
export type Page = {
  /** The cursor that it answers; a page that answers another is ignored. */
  from: string;
  cursor: string;
  rows: Row[];
  removed: Removal[];
  /** There is more to ask for at once. */
  more: boolean;
  /** Part of a walk over everything in scope; when it ends, what the walk did not name leaves the phone. */
  walk?: { id: string; done: boolean };
  /** The scope holds more than the cap: these are the most urgent. */
  capped: boolean;
  /** The server knows less than when this phone last asked (it was restored): offer again what it had accepted. */
  restored: boolean;
  /** Server's time. */
  time: string;
};

export const rowKey = (row: { kind: string; id: string }): string => `${row.kind}/${row.id}`;
