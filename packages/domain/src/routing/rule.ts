import type { CaseKind } from "../case/record.ts";

/** A unit that cases are sent to. */
export type Unit = {
  id: string;
  zh: string;
  en: string;
  kind: string;
  areaCode: string;
  phone?: string;
  retired?: boolean;
};

/** An exception to "the category's kind of unit in the case's area": first match wins. */
export type RoutingRule = {
  id: string;
  when: { categoryIds?: string[]; areaPrefix?: string; kinds?: CaseKind[]; words?: string[] };
  /** Unit ids, or kinds of unit with a leading `kind:` that the area decides. */
  lead: string;
  assist: string[];
  note: string;
};
