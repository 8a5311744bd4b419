import type { CaseRecord } from "@linge/domain/case/record.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { rowOf, type CaseRow } from "../cases/queries.ts";
import { listCases, type CaseFilter } from "../cases/queues.ts";

/** A longitude or latitude as it is published: to 0.001 degree, about 100 m. */
export function coarse(degrees: number | undefined): number | undefined {
  return degrees === undefined ? undefined : Math.round(degrees * 1000) / 1000;
}

/** A published case as anybody may see it: the moderated text, and the place to about 100 m. */
export function publicRow(row: CaseRow, record: Pick<CaseRecord, "publicText">): CaseRow {
  return { ...row, text: record.publicText ?? "", place: { lon: coarse(row.place?.lon), lat: coarse(row.place?.lat) } };
}

/** Published cases, newest first. */
export async function publicCases(house: House, filter: CaseFilter): Promise<{ items: CaseRow[]; next?: string }> {
  const page = await listCases(house, sql<boolean>`published`, "public", filter);
  const ids = page.items.map((item) => item.id);
  if (!ids.length) return page;
  const texts = await sql<{ id: string; text: string }>`
    select id, record->>'publicText' as text from cases where city_id = ${house.cityId} and id in (${sql.join(ids)})`.execute(
    house.db,
  );
  const textOf = new Map(texts.rows.map((row) => [row.id, row.text]));
  return { ...page, items: page.items.map((item) => publicRow(item, { publicText: textOf.get(item.id) })) };
}

/** A published case with the photos that a moderator chose. */
export async function publicCase(house: House, number: string): Promise<(CaseRow & { photos: string[] }) | undefined> {
  const found = await sql<{ record: CaseRecord }>`
    select record from cases where city_id = ${house.cityId} and number = ${number} and published`.execute(house.db);
  const record = found.rows[0]?.record;
  return record && { ...publicRow(rowOf(house, record), record), photos: record.publicPhotos ?? [] };
}
