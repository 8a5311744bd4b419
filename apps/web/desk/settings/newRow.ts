import type { DocumentKind, Documents, Row } from "@linge/domain/settings/documents.ts";

const empty: { [K in DocumentKind]: Documents[K][number] } = {
  families: { id: "", zh: "", en: "" },
  categories: {
    id: "",
    version: 1,
    zh: "",
    en: "",
    questions: [],
    promise: { amount: 5, unit: "workingDay" },
    contactWithin: { amount: 1, unit: "workingDay" },
    visibility: "public",
    leadKind: "",
    assistKinds: [],
    mapsTo: { open311: "" },
  },
  units: { id: "", zh: "", en: "", kind: "", areaCode: "" },
  routingRules: { id: "", when: {}, lead: "", assist: [], note: "" },
  calendars: { id: "", version: 1, offsetMinutes: 480, hours: {}, holidays: [], workdays: [] },
  templates: { id: "", zh: "", en: "", text: "" },
};

/** A row to begin with. Rules get a number for an id; the others get theirs from whoever writes them. */
export function newRow(kind: DocumentKind, rows: readonly Row[]): Row {
  const row = structuredClone(empty[kind]) as Row;
  if (kind !== "routingRules") return row;
  const taken = new Set(rows.map(({ id }) => id));
  let n = rows.length + 1;
  while (taken.has(`rule-${n}`)) n += 1;
  return { ...row, id: `rule-${n}` };
}
