import type { Category, Family } from "@linge/domain/category/category.ts";
import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import { documentKinds, type DocumentKind, type Documents } from "@linge/domain/settings/documents.ts";
import { sql } from "kysely";
import type { Database } from "../../platform/db/database.ts";

export type { DocumentKind, Documents, ReplyTemplate } from "@linge/domain/settings/documents.ts";

/** A document as it was saved: which version, when, by whom. */
export type Versioned<T> = { version: number; document: T; savedAt: string; savedBy?: string };

/** Newest settings, kept in memory; a save by any server is seen by all within a few seconds. */
export type Settings = {
  current<K extends DocumentKind>(kind: K): Versioned<Documents[K]>;
  /** Also one that is retired: old cases have it. */
  category(id: string): Category | undefined;
  /** Categories that are offered. */
  categories(): Category[];
  family(id: string): Family | undefined;
  /** The city's calendar, or the one that a category names. */
  calendar(category?: Category): WorkingCalendar;
  reload(): Promise<void>;
  /** Loads again when another server saved; says whether it did. */
  follow(): Promise<boolean>;
};

type Newest = { kind: DocumentKind; version: number; document: never; saved_at: string; saved_name: string | null };

/** Loads the settings of a city. @throws Error when a city was opened before it was furnished */
export async function loadSettings(db: Database, cityId: string): Promise<Settings> {
  let documents = new Map<DocumentKind, Versioned<never>>();
  let categories = new Map<string, Category>();
  let families = new Map<string, Family>();
  let calendars = new Map<string, WorkingCalendar>();
  const current = <K extends DocumentKind>(kind: K): Versioned<Documents[K]> => documents.get(kind)!;
  const reload = async (): Promise<void> => {
    const newest = await sql<Newest>`
      select distinct on (kind) kind, version, document, saved_at, saved_name from settings where city_id = ${cityId} order by kind, version desc`.execute(
      db,
    );
    documents = new Map(
      newest.rows.map(({ kind, version, document, saved_at, saved_name }) => [
        kind,
        { version, document, savedAt: saved_at, savedBy: saved_name ?? undefined },
      ]),
    );
    const missing = documentKinds.filter((kind) => !documents.has(kind));
    if (missing.length) throw new Error(`The city has no ${missing.join(", ")} yet`);
    categories = byId(current("categories").document);
    families = byId(current("families").document);
    calendars = byId(current("calendars").document);
  };
  await reload();
  return {
    current,
    category: (id) => categories.get(id),
    categories: () => current("categories").document.filter((category) => !category.retired),
    family: (id) => families.get(id),
    calendar: (category) => calendars.get(category?.calendarId ?? "") ?? current("calendars").document[0]!,
    reload,
    async follow() {
      const newest = await sql<{ kind: DocumentKind; version: number }>`
        select kind, max(version) as version from settings where city_id = ${cityId} group by kind`.execute(db);
      const behind = newest.rows.some(({ kind, version }) => (documents.get(kind)?.version ?? version) < version);
      if (behind) await reload();
      return behind;
    },
  };
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));
