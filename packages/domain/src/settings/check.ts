import type { Family } from "../category/category.ts";
import { checkCalendars } from "./checkCalendars.ts";
import { checkCategories } from "./checkCategories.ts";
import { checkRules } from "./checkRules.ts";
import { documentKinds, type DocumentKind, type Documents, type ReplyTemplate, type Row } from "./documents.ts";
import type { RowProblem } from "./problem.ts";
import { emptyFields, sameIds, type Checked, type Report } from "./rows.ts";

/** Everything else that stands in the city's settings: what rows may refer to. */
export type Around = Documents & {
  /** Whether the territory has an area with this code or prefix. */
  hasArea(code: string): boolean;
};

type Checks = { [K in DocumentKind]: (rows: Documents[K], around: Around, report: Report) => void };

function checkFamilies(rows: Family[], { categories }: Around, report: Report): void {
  const ids = new Set(rows.map((row) => row.id));
  const missing = new Set(categories.map(({ id }) => id.split(".")[0]!).filter((id) => !ids.has(id)));
  for (const id of missing)
    report(rows.length, id, "id", "inUse", { by: categories.find((each) => each.id.startsWith(`${id}.`))!.zh });
}

function checkUnits(rows: Documents["units"], { hasArea }: Around, report: Report): void {
  rows.forEach(({ id, areaCode }, i) => {
    if (areaCode && !hasArea(areaCode)) report(i + 1, id, "areaCode", "unknownArea", { value: areaCode });
  });
}

const checkTemplates = (_rows: ReplyTemplate[]): void => {};

const checks: Checks = {
  families: checkFamilies,
  categories: checkCategories,
  units: checkUnits,
  routingRules: checkRules,
  calendars: checkCalendars,
  templates: checkTemplates,
};

const needed: { [K in DocumentKind]: readonly (keyof Documents[K][number] & string)[] } = {
  families: ["id", "zh", "en"],
  categories: ["id", "zh", "en", "leadKind"],
  units: ["id", "zh", "en", "kind", "areaCode"],
  routingRules: ["id", "lead"],
  calendars: ["id"],
  templates: ["id", "zh", "en", "text"],
};
/** Rows that cases remember by name: they are retired, never deleted. */
const kept: ReadonlySet<DocumentKind> = new Set(["categories", "units"]);

/**
 * What is wrong with a document, row by row: empty names, ids given twice, and words that refer to nothing.
 * @param rows of the right shape
 * @param around the city's settings as they are, this document's newest version among them
 */
export function checkDocument<K extends DocumentKind>(kind: K, rows: Documents[K], around: Around): RowProblem[] {
  const problems: RowProblem[] = [];
  const report: Report = (row, id, field, code, params = {}) => problems.push({ row, id, field, code, params });
  const checked = rows as readonly Checked[];
  emptyFields(checked, needed[kind], report);
  sameIds(checked, report);
  if (kept.has(kind)) {
    const ids = new Set(checked.map(({ id }) => id));
    (around[kind] as readonly Row[]).forEach(({ id }) => {
      if (!ids.has(id)) report(checked.length + 1, id, "id", "removed");
    });
  }
  checks[kind](rows, { ...around, [kind]: rows }, report);
  return problems;
}

/** Whether a word is the name of a document. */
export function isDocumentKind(word: string): word is DocumentKind {
  return (documentKinds as readonly string[]).includes(word);
}
