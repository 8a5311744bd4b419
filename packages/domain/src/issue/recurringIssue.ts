/**
 * 每月一题: a kind of problem that keeps coming back is given one owner department, a plan, responsibilities with dates,
 * and is followed through until somebody outside that department has looked at the result.
 */
export const issueStates = ["proposed", "planned", "underway", "checking", "settled", "dropped"] as const;
export type IssueState = (typeof issueStates)[number];

/** Who does what by when, as part of the plan. */
export type Responsibility = {
  id: string;
  unitId: string;
  what: string;
  dueOn: string;
  doneOn?: string;
  note?: string;
};

export type RecurringIssue = {
  id: string;
  state: IssueState;
  title: string;
  /** Category or family that keeps coming back, and where. */
  streamId: string;
  areaCodes: string[];
  /** The month it belongs to, "2026-11". */
  month: string;
  ownerUnit: string;
  /** The day by which it is to be settled. */
  dueOn: string;
  why: string;
  plan?: string;
  responsibilities: Responsibility[];
  /** The alarm it came from. */
  episodeId?: string;
  published: boolean;
  openedAt: string;
  settledAt?: string;
  /** What was seen when it was looked at, or why it was dropped. */
  result?: string;
  version: number;
};

/**
 * A public fact of a published one, a leaf of the ledger. Each tells all that is public of it then, so that an auditor can
 * hold the last one against what the page says today.
 */
export type IssueFact = {
  kind: "issue.opened" | "issue.planned" | "issue.handedOver" | "issue.settled" | "issue.dropped";
  at: string;
  data: Record<string, unknown>;
};

/** What is public of it, but for words that people wrote. */
export function publicOf({ streamId, areaCodes, ownerUnit, month, dueOn, responsibilities }: RecurringIssue) {
  const promised = responsibilities.map(({ unitId, dueOn: due }) => ({ unitId, dueOn: due }));
  return { streamId, areaCodes, ownerUnit, month, dueOn, responsibilities: promised };
}

export type IssueEvent = { type: string; at: string; data: Record<string, unknown> };

export const isOver = ({ state }: Pick<RecurringIssue, "state">): boolean => state === "settled" || state === "dropped";

/** Days over the promised one, 0 while there is time; both are days like "2026-11-30". */
export function daysLate(dueOn: string, today: string): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(dueOn)) / 86_400_000));
}
