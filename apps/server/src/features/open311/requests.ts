import { caseLabels } from "@linge/domain/case/labels.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { isEnded } from "@linge/domain/case/state.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import { rowOf } from "../cases/queries.ts";
import { publicRow } from "../public/queries.ts";
import type { Ask } from "./ask.ts";
import type { Plain } from "./document.ts";
import { byPlace, byService, byStatus, byTime, namedCases, type Condition } from "./filters.ts";
import { keyActor, type KeyHolder } from "./keys.ts";
import { pageOf } from "./parameters.ts";
import { refuseWith } from "./problem.ts";
import { codeOf } from "./services.ts";
import { writeW3c } from "./w3cDate.ts";

type Found = { record: CaseRecord; published: boolean; updated_at: string };

/**
 * Brought by this key: its first event says so, and no one can rewrite that. Asked of one case at a time, by `limit`:
 * as a plain "exists" it is answered by reading every event of the city.
 */
function broughtBy(holder: KeyHolder): Condition {
  return sql`(c.channel = 'open311' and (select e.actor_id from case_events e where e.city_id = c.city_id and e.case_id = c.id
    and e.type = 'reported' order by e.at limit 1) = ${keyActor(holder).id})`;
}

/** Cases that a client may know of: those that were published, and that those it brought itself exist. */
export function knownTo(holder: KeyHolder | undefined): Condition {
  return holder ? sql`(c.published or ${broughtBy(holder)})` : sql`c.published`;
}

/** Whether the case was brought by the holder of the key. */
export async function isBroughtBy(house: House, caseId: string, holder: KeyHolder): Promise<boolean> {
  const found = await sql`
    select 1 from cases c where c.city_id = ${house.cityId} and c.id = ${caseId} and ${broughtBy(holder)}`.execute(
    house.db,
  );
  return found.rows.length > 0;
}

const syntheticNotice: Record<Language, string> = {
  zh: "演示数据，不是真的诉求。",
  en: "Demonstration data, not a real report.",
};

/** A case as a service request. Of one that is not published, only what its client knows already and how it stands. */
function requestOf(house: House, { record, published, updated_at }: Found, language: Language): Plain {
  const row = publicRow(rowOf(house, record), record);
  const changed = (isEnded(record.state) && record.closedAt) || updated_at;
  const at = (iso: string): string => writeW3c(iso, house.settings.calendar().offsetMinutes);
  const path = house.territory.path(record.areaCode).toReversed();
  const [photo] = record.publicPhotos ?? [];
  return {
    service_request_id: record.number,
    status: isEnded(record.state) ? "closed" : "open",
    status_notes: caseLabels[language].state[record.state],
    service_name: house.settings.category(record.categoryId)?.[language] ?? record.categoryId,
    service_code: codeOf(house, record.categoryId),
    description: published ? row.text : null,
    agency_responsible: row.leadUnit?.[language] ?? null,
    service_notice: record.synthetic ? syntheticNotice[language] : null,
    requested_datetime: at(record.reportedAt),
    updated_datetime: at(changed > record.reportedAt ? changed : record.reportedAt),
    expected_datetime: at(record.dueAt),
    address: published ? path.map((area) => area.names[language] ?? area.names.zh).join(", ") : null,
    address_id: published ? record.areaCode : null,
    zipcode: null,
    lat: (published && row.place?.lat) || null,
    long: (published && row.place?.lon) || null,
    media_url: published && photo ? `${house.config.publicUrl}/photos/${photo}` : null,
  };
}

/** Cases by number, of those the client may know. */
async function byNumber(house: House, holder: KeyHolder | undefined, where: Condition): Promise<Found[]> {
  const found = await sql<Found>`
    select c.record, c.published, c.updated_at from cases c
    where c.city_id = ${house.cityId} and ${where} and ${knownTo(holder)} order by c.reported_at desc, c.id desc limit 1000`.execute(
    house.db,
  );
  return found.rows;
}

type Page = { order: Condition; limit: number; offset: number };

/**
 * A page of cases. Public ones and the client's own are read apart, each from its own index and no further than the
 * page reaches, and put together after: asked for with "or", every case of 90 days would be read and sorted.
 */
async function byFilter(
  house: House,
  holder: KeyHolder | undefined,
  where: Condition[],
  { order, limit, offset }: Page,
): Promise<Found[]> {
  const some = (which: Condition): Condition =>
    sql`(select c.id, c.record, c.published, c.reported_at, c.updated_at from cases c
      where ${sql.join([sql`c.city_id = ${house.cityId}`, which, ...where], sql` and `)} order by ${order} limit ${limit + offset})`;
  const parts = [some(sql`c.published`), ...(holder ? [some(sql`not c.published and ${broughtBy(holder)}`)] : [])];
  const found = await sql<Found>`
    select c.record, c.published, c.updated_at from (${sql.join(parts, sql` union all `)}) c
    order by ${order} limit ${limit} offset ${offset}`.execute(house.db);
  return found.rows;
}

/** GET requests: the newest first, or the latest changed where changes are asked for. */
export async function serviceRequests(house: House, { parameters, holder, language }: Ask): Promise<Plain> {
  const tell = (found: Found[]): Plain => found.map((each) => requestOf(house, each, language));
  const named = namedCases(parameters);
  if (named) return tell(await byNumber(house, holder, named));
  const { conditions, byChange } = byTime(parameters, house.clock());
  const where = [...conditions, ...byService(house, parameters), ...byStatus(parameters), ...byPlace(parameters)];
  const order = byChange ? sql`c.updated_at desc, c.id desc` : sql`c.reported_at desc, c.id desc`;
  return tell(await byFilter(house, holder, where, { order, ...pageOf(parameters) }));
}

/** GET requests/:id, as a list of one. @throws Open311Refusal 404, the same for one that is unknown and one that is not public */
export async function serviceRequest(house: House, { name, holder, language }: Ask): Promise<Plain> {
  const number = readCaseNumber(name);
  const [found] = number ? await byNumber(house, holder, sql`c.number = ${number}`) : [];
  if (!found) refuseWith(404, "没有这个 service_request_id。", "The service_request_id was not found.");
  return [requestOf(house, found, language)];
}
