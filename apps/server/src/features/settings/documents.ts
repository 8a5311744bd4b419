import { checkDocument, type Around } from "@linge/domain/settings/check.ts";
import { compareDocuments, type RowChange } from "@linge/domain/settings/compare.ts";
import { readDocumentCsv, writeDocumentCsv } from "@linge/domain/settings/csv.ts";
import type { DocumentKind, Documents } from "@linge/domain/settings/documents.ts";
import type { RowProblem } from "@linge/domain/settings/problem.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { compileStrict } from "../../platform/http/validation.ts";
import { rowSchemas } from "./schemas.ts";
import { openWorkOfRetired } from "./units.ts";

type Validate = ReturnType<typeof compileStrict>;
const validators = Object.fromEntries(
  Object.entries(rowSchemas).map(([kind, schema]) => [kind, compileStrict(schema)]),
) as Record<DocumentKind, Validate>;

/** What rows may refer to in this city. */
function aroundOf(house: House): Around {
  const { settings, territory } = house;
  const of = <K extends DocumentKind>(kind: K): Documents[K] => settings.current(kind).document;
  return {
    families: of("families"),
    categories: of("categories"),
    units: of("units"),
    routingRules: of("routingRules"),
    calendars: of("calendars"),
    templates: of("templates"),
    hasArea: (code) =>
      territory.area(code) !== undefined || territory.all().some((area) => area.code.startsWith(prefixOfCode(code))),
  };
}

function wrongShapes(kind: DocumentKind, rows: readonly unknown[]): RowProblem[] {
  const validate = validators[kind];
  return rows.flatMap((row, i): RowProblem[] => {
    if (validate(row)) return [];
    const [first] = validate.errors ?? [];
    const extra = (first?.params as { additionalProperty?: string } | undefined)?.additionalProperty;
    const missing = (first?.params as { missingProperty?: string } | undefined)?.missingProperty;
    const field = [first?.instancePath.slice(1).replaceAll("/", "."), extra ?? missing].filter(Boolean).join(".");
    const id = String((row as { id?: unknown } | null)?.id ?? "");
    return [{ row: i + 1, id, field, code: "wrongShape", params: { keyword: first?.keyword ?? "" } }];
  });
}

/** Everything that is wrong with a document: shapes first, then what rows refer to, then work that still hangs on them. */
export async function problemsOf(house: House, kind: DocumentKind, rows: unknown[]): Promise<RowProblem[]> {
  const shapes = wrongShapes(kind, rows);
  if (shapes.length) return shapes;
  const found = checkDocument(kind, rows as never, aroundOf(house));
  if (kind === "units") found.push(...(await openWorkOfRetired(house, rows as Documents["units"])));
  return found;
}

/** A document that somebody brings along: its rows, what is wrong with them, and what they would change. */
export async function previewDocument(
  house: House,
  kind: DocumentKind,
  given: { format: "csv" | "json"; text: string },
): Promise<{ document: unknown[]; problems: RowProblem[]; changes: RowChange[] }> {
  const read =
    given.format === "csv" ? readDocumentCsv(kind, given.text) : { rows: readJson(given.text), problems: [] };
  const problems = read.problems.length ? read.problems : await problemsOf(house, kind, read.rows);
  const shaped = problems.every(({ code }) => code !== "wrongShape" && code !== "unreadable");
  const changes = shaped
    ? compareDocuments(kind, house.settings.current(kind).document as never, read.rows as never)
    : [];
  return { document: read.rows, problems, changes };
}

function readJson(text: string): object[] {
  try {
    const read = JSON.parse(text) as unknown;
    const rows = Array.isArray(read) ? read : (read as { document?: unknown } | null)?.document;
    if (Array.isArray(rows)) return rows as object[];
  } catch {
    // Said below.
  }
  throw new Refusal(refuse("malformedJson", {}));
}

/** A document as a file. */
export function documentFile(kind: DocumentKind, format: "csv" | "json", rows: never[]): string {
  return format === "csv" ? writeDocumentCsv(kind, rows) : `${JSON.stringify(rows, null, 2)}\n`;
}
