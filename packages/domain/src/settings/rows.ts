import type { ProblemCode } from "./problem.ts";

export type Report = (
  row: number,
  id: string,
  field: string,
  code: ProblemCode,
  params?: Record<string, string>,
) => void;
export type Checked = { id: string } & Record<string, unknown>;

const shape = /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u;

export function emptyFields(rows: readonly Checked[], needed: readonly string[], report: Report): void {
  rows.forEach((row, i) => {
    for (const field of needed) if (!String(row[field] ?? "").trim()) report(i + 1, row.id ?? "", field, "empty");
    if (row.id && !shape.test(row.id)) report(i + 1, row.id, "id", "badId");
  });
}

export function sameIds(rows: readonly Checked[], report: Report): void {
  const first = new Map<string, number>();
  rows.forEach(({ id }, i) => {
    const other = first.get(id);
    if (other === undefined) first.set(id, i + 1);
    else report(i + 1, id, "id", "duplicateId", { other: String(other) });
  });
}
