import type { Visibility } from "../category/category.ts";
import type { RouteDecision } from "../routing/route.ts";
import { isEnded, type CaseState } from "./state.ts";

export type CaseKind = "inquiry" | "help" | "complaint" | "report" | "suggestion";
export type Channel = "portal" | "desk" | "field" | "phone" | "open311" | "import" | "chatDigest" | "demo";

/** Where it is: a point, words, or "I can't say where". */
export type CasePlace = { lon?: number; lat?: number; name?: string; unknown?: true };

/** Somebody without a telephone that shows links is called, or gets a letter. */
export type Reach = "message" | "call" | "letter";

/** Who reported. Kept apart from the case, masked by default, removed when its time is up. */
export type Reporter = {
  residentId?: string;
  name?: string;
  phone?: string;
  wantsContact: boolean;
  /** How an outcome reaches this person; a message with a link where nothing is said. */
  reach?: Reach;
  /** Where a letter goes. */
  address?: string;
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
  /** Since when an assisting unit's clock stands still; the lead unit's is the clock of the case. */
  pausedSince?: string;
  answer?: string;
  reworks: number;
};

/** A clock that stands still only while the case is suspended. Times in ms. */
export type Clock = {
  /** When the present promise began, where that is not the day of the report: a case that was taken up again. */
  startedAt?: string;
  pausedSince?: string;
  pausedMs: number;
};

/** What a person who reads no messages has not been told yet. */
export type Untold = { key: string; at: string };

/** Why a case was sent where it was sent: what the rules of that day said, and whether the dispatcher followed them. */
export type Routed = RouteDecision & { rulesVersion: number; followed: boolean; at: string };

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
  /** Voice notes: for staff who may see the case, never published. */
  recordings?: string[];
  visibility: Visibility;
  published: boolean;
  publicText?: string;
  /** Photos that a moderator let strangers see; all others are for the parties. */
  publicPhotos?: string[];
  reportedAt: string;
  filedAt?: string;
  dispatchedAt?: string;
  respondedAt?: string;
  closedAt?: string;
  dueAt: string;
  /** When four fifths of the promised working time are used up. */
  soonAt?: string;
  clock: Clock;
  orders: WorkOrder[];
  /** The unit that had the case first and sees it through until another has accepted it (首接负责). */
  firstReceiver?: { unitId: string; at: string };
  routed?: Routed;
  untold?: Untold[];
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
export function standingOrders(record: Pick<CaseRecord, "orders">): WorkOrder[] {
  return record.orders.filter((order) => order.state !== "returned" && order.state !== "cancelled");
}

/** Orders whose clock still runs or stands still: nothing was answered yet. */
export function unfinishedOrders(record: CaseRecord): WorkOrder[] {
  return standingOrders(record).filter((order) => order.state !== "responded" && order.state !== "done");
}

/**
 * Units that have something to do with the case now: those with an order, those called to the place, and the one that
 * had it first as long as nobody else has taken it.
 */
export function concernedUnits(record: CaseRecord): string[] {
  const units = standingOrders(record).map((order) => order.unitId);
  for (const call of record.whistleCalls)
    for (const unit of call.units) if (unit.coming !== false) units.push(unit.unitId);
  const lead = leadOrder(record);
  const waiting = !isEnded(record.state) && (!lead || lead.state === "dispatched");
  if (waiting && record.firstReceiver) units.push(record.firstReceiver.unitId);
  return [...new Set(units)];
}

/** Every photo of a case: those of the report and what was added, and those of a "not resolved". */
export function photosOf(record: Pick<CaseRecord, "photos" | "reopening">): string[] {
  return [...record.photos, ...(record.reopening?.photos ?? [])];
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
    (record.untold?.length ?? 0) > 0 && "toTell",
    record.reopening !== undefined && !record.reopening.decided && "reopening",
    orders.some((order) => order.reworks > 0) && "rework",
    record.reopenCount > 0 && "reopened",
    open && record.whistleCalls.some((call) => call.units.some((unit) => unit.coming === undefined)) && "whistleCall",
  ].filter((mark) => mark !== false);
}
