import type { Category } from "@linge/domain/category/category.ts";
import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import type { Unit } from "@linge/domain/routing/rule.ts";
import { compareDocuments, type RowChange } from "@linge/domain/settings/compare.ts";
import type { DocumentKind } from "@linge/domain/settings/documents.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { problemsOf } from "./documents.ts";
import { keepUnits } from "./units.ts";

/** One line of a document's history. */
export type SavedVersion = { version: number; savedAt: string; savedBy?: string; note?: string };
const most = 200;

export async function versionsOf(house: House, kind: DocumentKind): Promise<SavedVersion[]> {
  const rows = await house.db
    .selectFrom("settings")
    .select(["version", "saved_at", "saved_name", "note"])
    .where("city_id", "=", house.cityId)
    .where("kind", "=", kind)
    .orderBy("version", "desc")
    .limit(most)
    .execute();
  return rows.map(({ version, saved_at, saved_name, note }) => ({
    version,
    savedAt: saved_at,
    savedBy: saved_name ?? undefined,
    note: note ?? undefined,
  }));
}

/** An older version, and what would change if it were put back. @throws Refusal notFound */
export async function versionOf(
  house: House,
  kind: DocumentKind,
  version: number,
): Promise<{ version: number; document: unknown[]; changes: RowChange[] }> {
  const row = await house.db
    .selectFrom("settings")
    .select("document")
    .where("city_id", "=", house.cityId)
    .where("kind", "=", kind)
    .where("version", "=", version)
    .executeTakeFirst();
  if (!row) throw new Refusal(refuse("notFound", { what: "version" }));
  const document = row.document as unknown[];
  const changes = compareDocuments(kind, house.settings.current(kind).document as never, document as never);
  return { version, document, changes };
}

/** Rows that say their own version get the next one when they changed: a case keeps the version it was taken in under. */
function numbered(house: House, kind: DocumentKind, rows: unknown[]): unknown[] {
  if (kind !== "categories" && kind !== "calendars") return rows;
  const before = house.settings.current(kind).document as (Category | WorkingCalendar)[];
  const changed = new Set(
    compareDocuments(kind, before as never, rows as never)
      .filter(({ what }) => what === "changed")
      .map(({ id }) => id),
  );
  const known = new Map(before.map(({ id, version }) => [id, version]));
  return (rows as Category[]).map((row) => ({
    ...row,
    version: (known.get(row.id) ?? 0) + (changed.has(row.id) || !known.has(row.id) ? 1 : 0),
  }));
}

type Saving = { read: number; rows: unknown[]; note?: string; by: string };

/**
 * Adds a version.
 * @param saving `read` is the version that the change began from
 * @throws Refusal changedMeanwhile when somebody saved since, unusableRows with every row that is wrong
 */
export async function saveDocument(house: House, kind: DocumentKind, { read, rows, note, by }: Saving): Promise<void> {
  await house.settings.follow();
  if (house.settings.current(kind).version !== read) throw new Refusal(refuse("changedMeanwhile", {}));
  const problems = await problemsOf(house, kind, rows);
  if (problems.length) throw new Refusal(refuse("unusableRows", { problems }));
  const document = numbered(house, kind, rows);
  const person = await house.db
    .selectFrom("people")
    .select("name")
    .where("city_id", "=", house.cityId)
    .where("id", "=", by)
    .executeTakeFirst();
  await house.db.transaction().execute(async (tx) => {
    const saved = await tx
      .insertInto("settings")
      .values({
        city_id: house.cityId,
        kind,
        version: read + 1,
        document: JSON.stringify(document),
        saved_by: by,
        saved_name: person?.name ?? null,
        note: note ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!saved.numInsertedOrUpdatedRows) throw new Refusal(refuse("changedMeanwhile", {}));
    if (kind === "units") await keepUnits(tx, house.cityId, document as Unit[]);
    await tx
      .insertInto("audit")
      .values({
        city_id: house.cityId,
        id: newId(),
        actor_id: by,
        actor_role: "cityAdmin",
        action: "saveSettings",
        target: `settings/${kind}/${read + 1}`,
        purpose: note ?? null,
      })
      .execute();
  });
  await house.settings.reload();
  if (kind === "units") await house.territory.reload();
}
