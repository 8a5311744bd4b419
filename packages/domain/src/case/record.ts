import type { Visibility } from "../category/category.ts";
import { isEnded, type CaseState } from "./state.ts";

export type CaseKind = "inquiry" | "help" | "complaint" | "report" | "suggestion";
export type Channel = "portal" | "desk" | "field" | "phone" | "open311" | "import" | "chatDigest" | "demo";

/** Where it is: a point, words, or "I can't say where". */
export type CasePlace = { lon?: number; lat?: number; name?: string; unknown?: true };

/** Who reported. Kept apart from the case, masked by default, removed when its time is up. */
export type Reporter = {
  residentId?: string;
  name?: string;
  phone?: string;
  wantsContact: boolean;
  /** Staff who wrote it down for someone, and that the person agreed. */
  by?: string;
  consent?: boolean;
};

/** Something a unit asks for and somebody outside the unit decides. */
export type Petition = {
  reason: string;
  at: string;
  by: string;
  until?: string;
  decided?: { granted: boolean; reason: string; at: string; by: string };
};

export type OrderState =
  | "dispatched"
  | "accepted"
  | "contacted"
  | "handling"
  | "responded"
  | "returned"
  | "done"
  | "cancelled";

/** What one unit has to do for a case, with its own clock. */
export type WorkOrder = {
  id: string;
  unitId: string;
  part: "lead" | "assist";
  state: OrderState;
  dispatchedAt: string;
  acceptedAt?: string;
  contactedAt?: string;
  respondedAt?: string;
  dueAt: string;
  contactDueAt: string;
  objection?: Petition;
  extension?: Petition;
  suspension?: Petition;
  answer?: string;
  reworks: number;
};

/** A clock that stands still only while the case is suspended. Times in ms. */
export type Clock = { pausedSince?: string; pausedMs: number };

export type Satisfaction = 1 | 2 | 3 | 4 | 5;
export type Rating = {
  resolved: boolean;
  satisfaction: Satisfaction;
  comment?: string;
  at: string;
  by: "resident" | "followUp";
  unitId?: string;
};
export type Reopening = {
  reason: string;
  at: string;
  photos: string[];
  decided?: { granted: boolean; reason: string; at: string; by: string };
};
export type WhistleCall = {
  id: string;
  at: string;
  by: string;
  meetAt: string;
  place: string;
  reason: string;
  units: { unitId: string; coming?: boolean; note?: string; at?: string }[];
};

/** The present state of a case as plain data; its history is its events. */
export type CaseRecord = {
  id: string;
  /** Short enough to say on the phone, e.g. `7K3-482`. */
  number: string;
  state: CaseState;
  kind: CaseKind;
  categoryId: string;
  categoryVersion: number;
  text: string;
  place: CasePlace;
  areaCode: string;
  gridId?: string;
  channel: Channel;
  synthetic: boolean;
  reporter?: Reporter;
  answers: Record<string, string | number | boolean>;
  photos: string[];
  visibility: Visibility;
  published: boolean;
  publicText?: string;
  reportedAt: string;
  filedAt?: string;
  dispatchedAt?: string;
  respondedAt?: string;
  closedAt?: string;
  dueAt: string;
  clock: Clock;
  orders: WorkOrder[];
  verification?: { confirmed: boolean; note: string; at: string; by: string };
  ended?: { reason: string; channel?: string };
  duplicateOf?: string;
  duplicates: string[];
  splitFrom?: string;
  rating?: Rating;
  reopening?: Reopening;
  reopenCount: number;
  whistleCalls: WhistleCall[];
  /** Client's clock when it differed from ours by more than five minutes; recorded, never trusted. */
  clientAt?: string;
  identityRemovedAt?: string;
  /** What the last undoable step replaced. */
  undo?: { command: string; by: string; at: string; version: number; before: Partial<CaseRecord> };
  version: number;
};

export function leadOrder(record: CaseRecord): WorkOrder | undefined {
  return record.orders.find(
    (order) => order.part === "lead" && order.state !== "returned" && order.state !== "cancelled",
  );
}

/** Orders that somebody still works on or has answered: not those returned or cancelled. */
export function standingOrders(record: CaseRecord): WorkOrder[] {
  return record.orders.filter((order) => order.state !== "returned" && order.state !== "cancelled");
}

/** Marks beside the state, for queues and lists. */
export function marksOf(record: CaseRecord): string[] {
  const orders = standingOrders(record);
  const pending = (petition: Petition | undefined): boolean => petition !== undefined && petition.decided === undefined;
  // What a unit asked for and nobody decided lapses with the case.
  const open = !isEnded(record.state);
  return [
    open && orders.some((order) => pending(order.objection)) && "objection",
    open && orders.some((order) => pending(order.extension)) && "extension",
    open && orders.some((order) => pending(order.suspension)) && "suspension",
    record.clock.pausedSince !== undefined && "suspended",
    record.reopening !== undefined && !record.reopening.decided && "reopening",
    orders.some((order) => order.reworks > 0) && "rework",
    record.reopenCount > 0 && "reopened",
    open && record.whistleCalls.some((call) => call.units.some((unit) => unit.coming === undefined)) && "whistleCall",
  ].filter((mark) => mark !== false);
}
