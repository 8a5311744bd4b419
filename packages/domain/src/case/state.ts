/** Where a case stands (domain.md, case lifecycle). Objections, extensions and suspensions are marks beside it. */
export const caseStates = [
  "reported",
  "verifying",
  "filed",
  "dispatched",
  "accepted",
  "handling",
  "responded",
  "checking",
  "closed",
  "followedUp",
  "archived",
  "declined",
  "redirected",
  "voided",
  "duplicate",
] as const;

export type CaseState = (typeof caseStates)[number];

/** Nothing more is owed on a case in one of these states. */
export const endedStates: readonly CaseState[] = [
  "closed",
  "followedUp",
  "archived",
  "declined",
  "redirected",
  "voided",
  "duplicate",
];

export function isEnded(state: CaseState): boolean {
  return endedStates.includes(state);
}
