import { hexOf, sameBytes, utf8, type Bytes } from "../bytes.ts";
import { hmacSha256 } from "../hash/sha256.ts";
import { canonical } from "./canonical.ts";

/** A fact of the ledger as it is committed to: what, about which case (or plan, figures …), when, and what was decided. */
export type Fact = { kind: string; subject: string; at: string; data: Record<string, unknown> };

/** Words somebody wrote, with the salt that opens their own commitment; both can be destroyed, the fact stays. */
export type Words = Record<string, { text: string; salt: string }>;

/** Data fields that people wrote in their own words. */
export const wordFields = ["text", "reason", "answer", "comment", "note"] as const;

/**
 * Commitment to a value: HMAC-SHA-256 under a 32-byte salt over its canonical JSON. It hides the value from whoever has
 * no salt, and only this value opens it.
 */
export function commitmentTo(value: unknown, salt: Bytes): Bytes {
  return hmacSha256(salt, utf8(canonical(value)));
}

export function opens(commitment: Bytes, value: unknown, salt: Bytes): boolean {
  return salt.length === 32 && sameBytes(commitmentTo(value, salt), commitment);
}

/** Puts commitments in the place of words, so that a fact can be opened after its words were destroyed. */
export function sealWords(fact: Fact, newSalt: () => Bytes): { fact: Fact; words: Words } {
  const words: Words = {};
  const data: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fact.data)) {
    const isWords = typeof value === "string" && (wordFields as readonly string[]).includes(field);
    if (!isWords) data[field] = value;
    else {
      const salt = newSalt();
      words[field] = { text: value, salt: hexOf(salt) };
      data[field] = { sealed: hexOf(commitmentTo(value, salt)) };
    }
  }
  return { fact: { ...fact, data }, words };
}

/** The commitment that a field holds in the place of words. */
export function sealOf(value: unknown): string | undefined {
  const sealed = (value as { sealed?: unknown } | null)?.sealed;
  return typeof sealed === "string" ? sealed : undefined;
}
