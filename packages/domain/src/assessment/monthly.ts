import type { Month } from "./month.ts";

/** A fact of the log about a case, as far as figures need it. */
export type CaseFact = { kind: string; subject: string; at: string; data: Record<string, unknown> };

/** Counts of a unit over the lead orders that fell due in a period: never over orders closed, so nothing late can hide. */
export type UnitCounts = {
  unitId: string;
  due: number;
  /** Answered by the promised time; an answer that failed its check does not count. */
  onTime: number;
  /** Residents contacted within the limit. */
  contacted: number;
  reworked: number;
  reopened: number;
  /** Verdicts given: silence is not counted. */
  answered: number;
  resolved: number;
  /** Very satisfied, satisfied or basically satisfied. */
  satisfied: number;
};

type Order = {
  unitId: string;
  part: string;
  dueAt: string;
  contactDueAt: string;
  standing: boolean;
  contactedAt?: string;
  handledAt?: string;
  reworked: boolean;
};
type Story = {
  orders: Map<string, Order>;
  reopened: boolean;
  closedAt?: string;
  rating?: { resolved: boolean; satisfaction: number };
};

const text = (value: unknown): string => String(value ?? "");

/** What each kind of fact does to the story of its case; kinds that are not here change no figure. */
const chapters: Record<string, (story: Story, fact: CaseFact) => void> = {
  promised({ orders }, { data }) {
    const { unitId, part, dueAt, contactDueAt } = data;
    const clock = { unitId: text(unitId), part: text(part), dueAt: text(dueAt), contactDueAt: text(contactDueAt) };
    const known = orders.get(text(data.orderId));
    orders.set(text(data.orderId), { reworked: false, ...known, ...clock, standing: true });
  },
  released({ orders }, { data }) {
    const order = orders.get(text(data.orderId));
    if (order) order.standing = false;
  },
  contacted({ orders }, { at, data }) {
    const order = orders.get(text(data.orderId));
    if (order) order.contactedAt ??= at;
  },
  handled({ orders }, { at, data }) {
    const order = orders.get(text(data.orderId));
    if (order) order.handledAt = at;
  },
  checked({ orders }, { data }) {
    if (data.passed !== false) return;
    for (const order of orders.values())
      if (order.standing) Object.assign(order, { reworked: true, handledAt: undefined });
  },
  closed(story, { at }) {
    story.closedAt = at;
  },
  rated(story, { data }) {
    story.rating = { resolved: data.resolved === true, satisfaction: Number(data.satisfaction) };
  },
  reopened(story) {
    story.reopened = true;
    delete story.closedAt;
    delete story.rating;
    for (const order of story.orders.values()) if (order.part === "lead") delete order.handledAt;
  },
};

/** The kinds of facts that figures are made of. */
export const figureKinds: readonly string[] = Object.keys(chapters);

const lowestGood = 3;

function count(into: UnitCounts, order: Order, { closedAt, rating, reopened }: Story): void {
  const done = order.handledAt ?? closedAt;
  into.due += 1;
  if (done && done <= order.dueAt) into.onTime += 1;
  if (order.contactedAt && order.contactedAt <= order.contactDueAt) into.contacted += 1;
  if (order.reworked) into.reworked += 1;
  if (reopened) into.reopened += 1;
  if (!rating) return;
  into.answered += 1;
  if (rating.resolved) into.resolved += 1;
  if (rating.satisfaction >= lowestGood) into.satisfied += 1;
}

/**
 * Figures of units made from facts of the log alone, so that whoever can open the facts can make them again. Facts of one
 * case are added in the order of the log; cases may be mixed.
 */
export function figuresFromFacts() {
  const stories = new Map<string, Story>();
  return {
    add(fact: CaseFact): void {
      const chapter = chapters[fact.kind];
      if (!chapter) return;
      let story = stories.get(fact.subject);
      if (!story) stories.set(fact.subject, (story = { orders: new Map(), reopened: false }));
      chapter(story, fact);
    },
    /** Counts over lead orders due in [from, to), ISO times; by unit, in the order of their ids. */
    units(from: string, to: string): UnitCounts[] {
      const units = new Map<string, UnitCounts>();
      for (const story of stories.values())
        for (const order of story.orders.values()) {
          if (!order.standing || order.part !== "lead" || order.dueAt < from || order.dueAt >= to) continue;
          let unit = units.get(order.unitId);
          if (!unit) units.set(order.unitId, (unit = noCounts(order.unitId)));
          count(unit, order, story);
        }
      return [...units.values()].sort((a, b) => (a.unitId < b.unitId ? -1 : 1));
    },
  };
}

const noCounts = (unitId: string): UnitCounts => ({
  unitId,
  due: 0,
  onTime: 0,
  contacted: 0,
  reworked: 0,
  reopened: 0,
  answered: 0,
  resolved: 0,
  satisfied: 0,
});

/** Figures as they are published: which part of the log they are made of, and what came out. */
export type MonthlyFigures = Month & {
  /** Entries [logFrom, logSize) of the log; `logRoot` in hex. */
  logFrom: number;
  logSize: number;
  logRoot: string;
  units: UnitCounts[];
};
