import type { WorkingCalendar } from "../calendar/workingTime.ts";
import type { Category, Family } from "../category/category.ts";
import type { RoutingRule, Unit } from "../routing/rule.ts";

/** A prepared answer that a clerk may send; `for` names the commands whose form offers it, all when empty. */
export type ReplyTemplate = { id: string; zh: string; en: string; text: string; for?: string[] };

/** The documents that a city administrator keeps; each is a list, and every save a new version of it. */
export type Documents = {
  families: Family[];
  categories: Category[];
  units: Unit[];
  routingRules: RoutingRule[];
  calendars: WorkingCalendar[];
  templates: ReplyTemplate[];
};
export type DocumentKind = keyof Documents;
export const documentKinds: readonly DocumentKind[] = [
  "families",
  "categories",
  "units",
  "routingRules",
  "calendars",
  "templates",
];

/** A row of any document. */
export type Row = Documents[DocumentKind][number];
