import { canonical } from "./canonical.ts";
import type { Difference, LoggedFact } from "./compare.ts";

/** Kinds of facts about something other than a case begin with its noun: `figures.published`. */
export const nounOf = (kind: string): string | undefined => (kind.includes(".") ? kind.split(".")[0] : undefined);

/**
 * What the database says of a document (published figures, an adopted plan …), compared with what the log says it was when
 * last written down. Words that were sealed are left out.
 */
export function compareDocument(facts: readonly LoggedFact[], told?: Record<string, unknown>): Difference[] {
  const last = facts.at(-1);
  if (!last) return [];
  const { index, fact } = last;
  const named = { subject: fact.subject, what: fact.kind, at: fact.at, index };
  if (!told) return [{ code: "missing", ...named }];
  return Object.entries(fact.data).flatMap(([field, logged]): Difference[] => {
    const now = told[field];
    if (now === undefined || canonical(now) === canonical(logged)) return [];
    return [{ code: "altered", ...named, field, logged, told: now }];
  });
}
