import { cellOf, columns } from "./columns.ts";
import type { DocumentKind, Documents } from "./documents.ts";

/** What becomes of a row from one version to the next; fields with the words of both. */
export type RowChange = {
  id: string;
  what: "added" | "removed" | "changed" | "moved";
  fields: { path: string; before: string; after: string }[];
};

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

/** Documents in which the order of the rows decides something. */
const ordered: ReadonlySet<DocumentKind> = new Set(["routingRules", "calendars"]);

/** What changes between two versions of a document, row by row, in the words of its table. */
export function compareDocuments<K extends DocumentKind>(
  kind: K,
  before: Documents[K],
  after: Documents[K],
): RowChange[] {
  const [old, young] = [byId<{ id: string }>(before), byId<{ id: string }>(after)];
  const fieldsOf = (one: object | undefined, other: object | undefined): RowChange["fields"] =>
    columns[kind]
      .map((column) => ({ path: column.path, before: cellOf(one, column), after: cellOf(other, column) }))
      .filter((field) => field.before !== field.after);
  const changes: RowChange[] = [];
  for (const [id, row] of young) {
    const fields = fieldsOf(old.get(id), row);
    if (!old.has(id)) changes.push({ id, what: "added", fields });
    else if (fields.length) changes.push({ id, what: "changed", fields });
  }
  for (const [id, row] of old)
    if (!young.has(id)) changes.push({ id, what: "removed", fields: fieldsOf(row, undefined) });
  if (ordered.has(kind)) changes.push(...moved([...old.keys()], [...young.keys()]));
  return changes;
}

/** Rows that both have but that now stand elsewhere among the others. */
function moved(before: string[], after: string[]): RowChange[] {
  const kept = before.filter((id) => after.includes(id));
  const now = after.filter((id) => before.includes(id));
  return now
    .map((id, i) => ({ id, from: kept.indexOf(id), to: i }))
    .filter(({ from, to }) => from !== to)
    .map(({ id, from, to }) => ({
      id,
      what: "moved",
      fields: [{ path: "order", before: String(from + 1), after: String(to + 1) }],
    }));
}
