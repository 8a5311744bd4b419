import { refuse, type LingeError } from "../error/catalogue.ts";

/** A recorded exception: data of one subject stays although its time is up. Who, why, until when. */
export type LegalHold = {
  id: string;
  kind: "case" | "emergency";
  subject: string;
  reason: string;
  /** Number of the document that asks for it. */
  basis: string;
  by: string;
  at: string;
  until: string;
  endedAt?: string;
};

const dayMs = 86_400_000;
/** A hold is asked for again after a year at the latest. */
export const longestHoldDays = 366;

/** Why a hold cannot be placed, if so. */
export function holdProblem(
  { reason, basis, until }: Pick<LegalHold, "reason" | "basis" | "until">,
  now: number,
): LingeError | undefined {
  if (reason.trim().length < 4) return refuse("reasonNeeded", { what: "reason" });
  if (basis.trim().length < 2) return refuse("reasonNeeded", { what: "basis" });
  const end = Date.parse(until);
  if (!(end > now) || end - now > longestHoldDays * dayMs)
    return refuse("invalidInput", { field: "until", problem: `1–${longestHoldDays}` });
  return undefined;
}

export function isHolding({ until, endedAt }: Pick<LegalHold, "until" | "endedAt">, now: number): boolean {
  return endedAt === undefined && Date.parse(until) > now;
}
