import type { Fact, Words } from "./commitment.ts";
import { sealOf } from "./commitment.ts";

/** A fact of the log as it opens, at its place; `words` are missing once they were destroyed. */
export type LoggedFact = { index: number; fact: Fact; words?: Words | null };
/** An event of a case as the database tells it today. */
export type ToldEvent = { type: string; at: string; unitId?: string; data: Record<string, unknown> };
/** A case as the database tells it today: what the log has something to say about. */
export type ToldCase = {
  id: string;
  state: string;
  text?: string;
  reportedAt: string;
  splitFrom?: string;
  rating?: { resolved: boolean; satisfaction: number };
  identityRemovedAt?: string;
  /** Orders that somebody works on or has answered: not those returned or cancelled. */
  orders?: { id: string; dueAt: string; contactDueAt: string }[];
};

/** Where the database and the log differ. `logged` is what the log says, `told` what the database says. */
export type Difference = {
  code: "missing" | "altered" | "extra";
  subject: string;
  what: string;
  at?: string;
  index?: number;
  field?: string;
  logged?: unknown;
  told?: unknown;
};

/** Events that leave a fact, by the fact's kind. */
const eventsOf: Record<string, readonly string[]> = {
  reported: ["reported"],
  filed: ["filed"],
  dispatched: ["dispatched"],
  accepted: ["accepted"],
  contacted: ["contacted"],
  handled: ["responded"],
  checked: ["checked"],
  closed: ["closed"],
  rated: ["rated"],
  objectionDecided: ["objectionDecided"],
  reopened: ["reopeningDecided"],
  declined: ["declined", "redirected"],
  merged: ["merged"],
  voided: ["voided", "withdrawn"],
  identityRemoved: ["identityRemoved"],
  looked: ["looked"],
};
const kindOf = new Map(Object.entries(eventsOf).flatMap(([kind, types]) => types.map((type) => [type, kind] as const)));
/** Named by id in the fact and by number in the event. */
const toldDifferently = new Set(["into", "splitFrom", "text"]);
/** Facts whose unit is the one that acted. */
const byUnit = new Set(["accepted", "contacted", "handled", "objectionDecided"]);
/** Facts of an order's clock: they follow from other events, and are compared with the order as it stands. */
const ofClocks = new Set(["promised", "released"]);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const leavesFact = ({ type, data }: ToldEvent): boolean =>
  kindOf.has(type) && (type !== "reopeningDecided" || data.granted === true);

/** What the database says of one case, compared with what the log says of it; empty when they agree. */
export function compareCase(facts: readonly LoggedFact[], events: readonly ToldEvent[], told?: ToldCase): Difference[] {
  const subject = facts[0]?.fact.subject ?? told?.id ?? "";
  const left = events.filter(leavesFact);
  const differences: Difference[] = [];
  for (const logged of facts) {
    const { index, fact } = logged;
    if (ofClocks.has(fact.kind)) continue;
    const at = left.findIndex((event) => kindOf.get(event.type) === fact.kind && event.at === fact.at);
    if (at < 0) differences.push({ code: "missing", subject, what: fact.kind, at: fact.at, index });
    else differences.push(...compareEvent(logged, left.splice(at, 1)[0]!));
  }
  for (const event of left) differences.push({ code: "extra", subject, what: kindOf.get(event.type)!, at: event.at });
  if (!told && facts.length) differences.push({ code: "missing", subject, what: "case" });
  if (told) differences.push(...compareState(facts, events, told), ...compareClocks(facts, told));
  return differences;
}

function compareEvent({ index, fact, words }: LoggedFact, event: ToldEvent): Difference[] {
  const told: Record<string, unknown> = { ...event.data, ...(byUnit.has(fact.kind) && { unitId: event.unitId }) };
  return Object.entries(fact.data).flatMap(([field, then]): Difference[] => {
    if (toldDifferently.has(field) || told[field] === undefined) return [];
    const sealed = sealOf(then) !== undefined;
    if (sealed && !words?.[field]) return [];
    const meant = sealed ? words![field]!.text : then;
    if (same(meant, told[field])) return [];
    return [
      {
        code: "altered",
        subject: fact.subject,
        what: fact.kind,
        at: fact.at,
        index,
        field,
        logged: meant,
        told: told[field],
      },
    ];
  });
}

/** Each order's end is the one that was last promised; cases of before promises were logged have nothing to compare. */
function compareClocks(facts: readonly LoggedFact[], { id: subject, orders }: ToldCase): Difference[] {
  const last = new Map(
    facts.filter(({ fact }) => ofClocks.has(fact.kind)).map((logged) => [logged.fact.data.orderId, logged]),
  );
  if (!orders || last.size === 0) return [];
  const differences: Difference[] = [];
  for (const { id, dueAt, contactDueAt } of orders) {
    const logged = last.get(id);
    last.delete(id);
    if (logged?.fact.kind !== "promised") {
      differences.push({ code: "extra", subject, what: "promised", told: dueAt });
      continue;
    }
    const { index, fact } = logged;
    for (const [field, told] of Object.entries({ dueAt, contactDueAt }))
      if (fact.data[field] !== told)
        differences.push({
          code: "altered",
          subject,
          what: "promised",
          at: fact.at,
          index,
          field,
          logged: fact.data[field],
          told,
        });
  }
  for (const { index, fact } of last.values())
    if (fact.kind === "promised") differences.push({ code: "missing", subject, what: "promised", at: fact.at, index });
  return differences;
}

/** The last fact of a kind since the case was last opened. */
function lastSince(facts: readonly LoggedFact[], kind: string): LoggedFact | undefined {
  const opened = facts.findLastIndex(({ fact }) => fact.kind === "reopened");
  return facts.slice(opened + 1).findLast(({ fact }) => fact.kind === kind);
}

function compareState(facts: readonly LoggedFact[], events: readonly ToldEvent[], told: ToldCase): Difference[] {
  const differences: Difference[] = [];
  const altered = (field: string, logged: unknown, now: unknown, index?: number): void => {
    if (!same(logged, now))
      differences.push({ code: "altered", subject: told.id, what: "case", index, field, logged, told: now });
  };
  const reported = facts.find(({ fact }) => fact.kind === "reported");
  if (reported && !told.splitFrom) altered("reportedAt", reported.fact.at, told.reportedAt, reported.index);
  const text = reported?.words?.text?.text;
  if (text !== undefined && told.text !== undefined && !told.identityRemovedAt)
    altered("text", text, told.text, reported!.index);
  const rated = lastSince(facts, "rated");
  const pick = (rating?: { resolved?: unknown; satisfaction?: unknown }): unknown =>
    rating && { resolved: rating.resolved, satisfaction: rating.satisfaction };
  altered("rating", pick(rated?.fact.data), pick(told.rating), rated?.index);
  // A slip that was taken back leaves its fact and restores the state before it.
  const undone = events.some((event) => event.type === "undone");
  if (!undone && (told.state === "closed" || told.state === "followedUp") && !lastSince(facts, "closed"))
    differences.push({ code: "extra", subject: told.id, what: "closed" });
  return differences;
}
