import type { PublicFact } from "@linge/domain/case/event.ts";
import { createHmac, randomBytes } from "node:crypto";

/** One leaf of the transparency log: a commitment that reveals nothing, and the salt that opens it. */
export type Leaf = { id: string; subject: string; kind: string; at: string; commitment: string; salt: string };

/** JSON with sorted keys and no space, so that the same fact is the same bytes everywhere. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}

/** Commits to a fact with a fresh salt (hex, for the statement that writes it). */
export function leafOf(fact: PublicFact, id: string): Leaf {
  const salt = randomBytes(32);
  const commitment = createHmac("sha256", salt).update(canonical(fact)).digest();
  return {
    id,
    subject: fact.caseId,
    kind: fact.kind,
    at: fact.at,
    commitment: commitment.toString("hex"),
    salt: salt.toString("hex"),
  };
}
