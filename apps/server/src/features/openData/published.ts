import { caseLabels } from "@linge/domain/case/labels.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { cellsIn, cellsPerDegree, coarseDay, coarsePlace, type Box } from "@linge/domain/openData/coarsen.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { rowOf } from "../cases/queries.ts";

/** A published case as open data: moderated text, a cell of about 500 m for the place, a day for each time. */
export type OpenCase = {
  number: string;
  category: string;
  categoryZh: string;
  categoryEn: string;
  state: string;
  stateZh: string;
  stateEn: string;
  reportedOn: string;
  closedOn: string | null;
  area: string;
  areaZh: string;
  areaEn: string;
  unitZh: string | null;
  unitEn: string | null;
  text: string;
  synthetic: boolean;
  place?: [lon: number, lat: number];
};

export type OpenFilter = {
  box?: Box;
  /** Local days, both included. */
  fromDay?: string;
  toDay?: string;
  category?: string;
  area?: string;
  state?: string;
  number?: string;
  /** Number of the last case of the page before. */
  after?: string;
  limit: number;
};

const dayMs = 86_400_000;

function conditions(house: House, filter: OpenFilter): RawBuilder<unknown>[] {
  const { offsetMinutes } = house.settings.calendar();
  const startOf = (day: string, plus = 0): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + plus * dayMs - offsetMinutes * 60_000).toISOString();
  const where: RawBuilder<unknown>[] = [sql`city_id = ${house.cityId}`, sql`published`];
  if (filter.number) where.push(sql`number = ${filter.number}`);
  if (filter.fromDay) where.push(sql`reported_at >= ${startOf(filter.fromDay)}`);
  if (filter.toDay) where.push(sql`reported_at < ${startOf(filter.toDay, 1)}`);
  if (filter.area) where.push(sql`area_code ^@ ${filter.area.replace(/(000)+$/u, "")}`);
  if (filter.state) where.push(sql`state = ${filter.state}`);
  if (filter.category)
    where.push(
      filter.category.includes(".")
        ? sql`category_id = ${filter.category}`
        : sql`category_id ^@ ${`${filter.category}.`}`,
    );
  if (filter.box) {
    const range = cellsIn(filter.box);
    where.push(
      range
        ? sql`floor(location[0] * ${cellsPerDegree}::int) between ${range.x[0]}::int and ${range.x[1]}::int
            and floor(location[1] * ${cellsPerDegree}::int) between ${range.y[0]}::int and ${range.y[1]}::int`
        : sql`false`,
    );
  }
  if (filter.after)
    where.push(
      sql`(reported_at, id) < (select reported_at, id from cases where city_id = ${house.cityId} and number = ${filter.after} and published)`,
    );
  return where;
}

/** Published cases, newest first, by keyset. @returns a page, and whether there are more */
export async function openCases(house: House, filter: OpenFilter): Promise<{ items: OpenCase[]; more: boolean }> {
  const found = await sql<{ record: CaseRecord }>`
    select record from cases where ${sql.join(conditions(house, filter), sql` and `)}
    order by reported_at desc, id desc limit ${filter.limit + 1}`.execute(house.db);
  const items = found.rows.slice(0, filter.limit).map(({ record }) => openCase(house, record));
  return { items, more: found.rows.length > filter.limit };
}

function openCase(house: House, record: CaseRecord): OpenCase {
  const row = rowOf(house, record);
  const { offsetMinutes } = house.settings.calendar();
  const { lon, lat } = record.place;
  const category = house.settings.category(record.categoryId);
  // A township is as fine as it gets: a grid of few houses would say more than the cell does.
  const area = house.territory
    .path(record.areaCode)
    .findLast(({ level }) => level === "city" || level === "county" || level === "township");
  return {
    number: record.number,
    category: record.categoryId,
    categoryZh: category?.zh ?? record.categoryId,
    categoryEn: category?.en ?? record.categoryId,
    state: record.state,
    stateZh: caseLabels.zh.state[record.state],
    stateEn: caseLabels.en.state[record.state],
    reportedOn: coarseDay(record.reportedAt, offsetMinutes),
    closedOn: record.closedAt ? coarseDay(record.closedAt, offsetMinutes) : null,
    area: area?.code ?? house.config.city.code,
    areaZh: area?.names.zh ?? house.config.city.zh,
    areaEn: area?.names.en ?? area?.names.zh ?? house.config.city.en,
    unitZh: row.leadUnit?.zh ?? null,
    unitEn: row.leadUnit?.en ?? null,
    text: record.publicText ?? "",
    synthetic: record.synthetic,
    place: lon === undefined || lat === undefined ? undefined : coarsePlace(lon, lat),
  };
}
