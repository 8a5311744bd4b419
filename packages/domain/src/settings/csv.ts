import { readCsv } from "../territory/csv.ts";
import { CellError } from "./codec.ts";
import { cellOf, columns, type Column } from "./columns.ts";
import type { DocumentKind, Documents } from "./documents.ts";
import type { RowProblem } from "./problem.ts";

const quoted = (cell: string): string => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
// A spreadsheet would take a cell that begins like this for a formula and run it.
const harmless = (cell: string): string => (/^[=+\-@\t]/u.test(cell) ? `'${cell}` : cell);

/** A document as a table for a spreadsheet: UTF-8 with a byte order mark, headings `path 中文`. */
export function writeDocumentCsv<K extends DocumentKind>(kind: K, rows: Documents[K]): string {
  const heads = columns[kind].map(({ path, zh }) => `${path} ${zh}`);
  const lines = rows.map((row) => columns[kind].map((column) => harmless(cellOf(row, column))));
  return `\uFEFF${[heads, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function put(row: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined) return;
  const [first, second] = path.split(".") as [string, string?];
  if (second) row[first] = { ...(row[first] as object | undefined), [second]: value };
  else row[first] = value;
}

/** The column that a heading names: by its path, or by its Chinese or English name alone. */
function columnOf(kind: DocumentKind, heading: string): Column | undefined {
  const [first] = heading.trim().split(/\s+/u);
  return columns[kind].find(({ path, zh, en }) => path === first || [zh, en].includes(heading.trim()));
}

/**
 * Rows of a table that somebody saved from a spreadsheet. Columns that are missing stay empty; unknown ones are left out.
 * @returns the rows, and the cells that could not be read; a row with such a cell keeps what could be
 */
export function readDocumentCsv(kind: DocumentKind, text: string): { rows: object[]; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const rows = readCsv(text).map((cells, i) => {
    const named = new Map(Object.entries(cells).map(([heading, cell]) => [columnOf(kind, heading)?.path, cell]));
    const row: Record<string, unknown> = structuredClone(emptyRow[kind]);
    for (const { path, codec } of columns[kind]) {
      const cell = (named.get(path) ?? "").replace(/^'(?=[=+\-@\t])/u, "");
      try {
        put(row, path, codec.read(cell));
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
        const id = String(row.id ?? "");
        problems.push({ row: i + 1, id, field: path, code: cell ? "unreadable" : "empty", params: { value: cell } });
      }
    }
    return row;
  });
  return { rows, problems };
}

/** What a row has that no column says. */
const emptyRow: Record<DocumentKind, Record<string, unknown>> = {
  families: {},
  categories: { version: 1 },
  units: {},
  routingRules: { when: {} },
  calendars: { version: 1 },
  templates: {},
};
