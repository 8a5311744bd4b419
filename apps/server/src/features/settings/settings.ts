import type { Category } from "@linge/domain/category/category.ts";
import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import type { RoutingRule } from "@linge/domain/routing/rule.ts";
import { sql } from "kysely";
import type { Database } from "../../platform/db/database.ts";

/** A prepared answer that a clerk may send. */
export type ReplyTemplate = { id: string; zh: string; en: string; text: string };

/** The documents a city administrator keeps; every save is a new version. */
export type Documents = {
  categories: Category[];
  routingRules: RoutingRule[];
  calendars: WorkingCalendar[];
  templates: ReplyTemplate[];
};
export type DocumentKind = keyof Documents;

export type Versioned<T> = { version: number; document: T };

/** Newest settings, kept in memory; a save by any server is seen by all within a few seconds. */
export type Settings = {
  current<K extends DocumentKind>(kind: K): Versioned<Documents[K]>;
  category(id: string): Category | undefined;
  calendar(): WorkingCalendar;
  reload(): Promise<void>;
};

const kinds: DocumentKind[] = ["categories", "routingRules", "calendars", "templates"];

/** Loads the settings of a city. @throws Error when a city was opened before it was furnished */
export async function loadSettings(db: Database, cityId: string): Promise<Settings> {
  let documents = new Map<DocumentKind, Versioned<never>>();
  let categories = new Map<string, Category>();
  const reload = async (): Promise<void> => {
    const newest = await sql<{ kind: DocumentKind; version: number; document: never }>`
      select distinct on (kind) kind, version, document from settings where city_id = ${cityId} order by kind, version desc`.execute(
      db,
    );
    documents = new Map(newest.rows.map((row) => [row.kind, { version: row.version, document: row.document }]));
    const missing = kinds.filter((kind) => !documents.has(kind));
    if (missing.length) throw new Error(`The city has no ${missing.join(", ")} yet`);
    categories = new Map(
      (documents.get("categories")!.document as Category[]).map((category) => [category.id, category]),
    );
  };
  await reload();
  return {
    current: <K extends DocumentKind>(kind: K) => documents.get(kind)! as Versioned<Documents[K]>,
    category: (id) => categories.get(id),
    calendar: () => (documents.get("calendars")!.document as WorkingCalendar[])[0]!,
    reload,
  };
}
