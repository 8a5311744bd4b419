import type { Grant } from "../access/scope.ts";
import type { PublicFact } from "../case/event.ts";
import { maskText } from "../case/mask.ts";
import type { CaseRecord } from "../case/record.ts";
import { isEnded } from "../case/state.ts";
import { refuse, type LingeError } from "../error/catalogue.ts";

/** What somebody may want to know who is behind a matter for. */
export const lookPurposes = ["contact", "verify", "followUp", "urgent", "dataRequest", "legal", "other"] as const;
export type LookPurpose = (typeof lookPurposes)[number];

/** Purposes that say too little by themselves. */
const toBeExplained: ReadonlySet<LookPurpose> = new Set(["legal", "other"]);
const leastWords = 4;

/** One look at personal data, as it is kept: who (by role and unit for the person concerned), when, what, why. */
export type Look = {
  id: string;
  at: string;
  personId: string;
  role: string;
  unitId?: string;
  /** What was looked at: a case today; other nouns name themselves. */
  kind: string;
  subject: string;
  areaCode: string;
  purpose: LookPurpose;
  note?: string;
  /** Code of the refusal, where somebody tried and was turned away. */
  refused?: string;
  /** When the matter had come to its end by then, if it had. */
  endedAt?: string;
};

export type LookAsked = { id: string; purpose: LookPurpose; note?: string };
type Looking = { personId: string; unitId?: string; now: string; seenBy: Grant | undefined };
export type LookDecided = { ok: true; look: Look; fact: PublicFact } | { ok: false; look?: Look; error: LingeError };

/**
 * Decides a look at who reported a case. A look out of scope is refused and kept all the same: it is what a privacy
 * officer wants to know of.
 * @param seenBy the grant under which the actor may open the case, if any
 */
export function decideLook(
  record: CaseRecord,
  asked: LookAsked,
  { personId, unitId, now, seenBy }: Looking,
): LookDecided {
  const note = asked.note?.trim() ? maskText(asked.note.trim()) : undefined;
  const look: Look = {
    id: asked.id,
    at: now,
    personId,
    role: seenBy?.role ?? "",
    unitId: seenBy?.unitId ?? unitId,
    kind: "case",
    subject: record.id,
    areaCode: record.areaCode,
    purpose: asked.purpose,
    note,
    endedAt: isEnded(record.state) ? record.closedAt : undefined,
  };
  if (!seenBy) return { ok: false, look: { ...look, refused: "outOfScope" }, error: refuse("outOfScope", {}) };
  if (toBeExplained.has(asked.purpose) && (note?.length ?? 0) < leastWords)
    return { ok: false, error: refuse("purposeNeeded", {}) };
  if (!record.reporter) return { ok: false, error: refuse("notFound", { what: "reporter" }) };
  return { ok: true, look, fact: factOfLook(look) };
}

/** The line that a look adds to the public record: role, unit and purpose; the person who looked is not in it. */
function factOfLook({ subject, at, role, unitId, purpose, note }: Look): PublicFact {
  return { kind: "looked", subject, at, data: { role, purpose, unitId, note } };
}
