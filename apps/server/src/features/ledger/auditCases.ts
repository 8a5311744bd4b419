import { compareCase, compareDocument, nounOf, openingFaults, type Difference, type LedgerFault } from "@linge/tlog";
import type { Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { documentsOf } from "./documents.ts";
import { leavesOf, toldOf, type LeafRow } from "./told.ts";

export type Found = LedgerFault | Difference;
export type AuditedPage = { cases: number; found: Found[] };

const logged = ({ index, fact, words }: LeafRow) => ({ index: index ?? -1, fact: fact!, words });

/** Compares some subjects (cases, and documents of other kinds) with what the log says of them. */
export async function auditSubjects(db: Kysely<DB>, cityId: string, ids: readonly string[]): Promise<AuditedPage> {
  const [leaves, told, documents] = await Promise.all([
    leavesOf(db, cityId, ids),
    toldOf(db, cityId, ids),
    documentsOf(db, cityId, ids),
  ]);
  const bySubject = Map.groupBy(leaves, (leaf) => leaf.subject);
  const found: Found[] = [];
  let cases = 0;
  for (const id of ids) {
    const own = bySubject.get(id) ?? [];
    for (const leaf of own) for (const fault of openingFaults(leaf)) found.push({ ...fault, index: leaf.index });
    const isCase = told.cases.has(id) || own.some(({ fact }) => !fact || !nounOf(fact.kind));
    if (isCase) cases += 1;
    // Leaves of before facts were kept cannot be opened; their cases have nothing to be compared with.
    if (own.some((leaf) => !leaf.fact)) continue;
    const facts = own.map(logged);
    found.push(
      ...(isCase
        ? compareCase(facts, told.events.get(id) ?? [], told.cases.get(id))
        : compareDocument(facts, documents.get(id))),
    );
  }
  return { cases, found };
}
