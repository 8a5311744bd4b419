import { caseLabels } from "@linge/domain/case/labels.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { endedStates, isEnded } from "@linge/domain/case/state.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import { rowOf } from "../cases/queries.ts";
import { publicRow } from "../public/queries.ts";
import type { Ask } from "./ask.ts";
import type { Plain } from "./document.ts";
import { keyActor, type KeyHolder } from "./keys.ts";
import { numberOf, pageOf, type Parameters } from "./parameters.ts";
import { periodOf, recent, type Period } from "./period.ts";
import { refuseWith } from "./problem.ts";
import { codeOf, knownCategories } from "./services.ts";
import { writeW3c } from "./w3cDate.ts";

type Condition = RawBuilder<unknown>;
type Found = { record: CaseRecord; published: boolean; updated_at: string };

/** Brought by this key: its first event says so, and no one can rewrite that. */
function broughtBy(holder: KeyHolder): Condition {
  return sql`(c.channel = 'open311' and exists (select 1 from case_events e where e.city_id = c.city_id and e.case_id = c.id
    and e.type = 'reported' and e.actor_id = ${keyActor(holder).id}))`;
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

function namedCases(parameters: Parameters): Condition | undefined {
  const ids = parameters.list("service_request_id");
  if (!ids.length) return undefined;
  if (ids.length > 1000)
    refuseWith(
      400,
      "一次最多查 1000 个 service_request_id。",
      "Up to 1,000 service_request_id can be asked for at once.",
    );
  const numbers = ids.map((id) => readCaseNumber(id)).filter((number) => number !== undefined);
  return sql`c.number = any(${numbers}::text[])`;
}

function byService(house: House, parameters: Parameters): Condition[] {
  const codes = parameters.list("service_code");
  if (!codes.length) return [];
  const ids = codes.flatMap((code) => knownCategories(house, code).map((category) => category.id));
  return [sql`c.category_id = any(${ids}::text[])`];
}

function byStatus(parameters: Parameters): Condition[] {
  const wanted = new Set(parameters.list("status").map((status) => status.toLowerCase()));
  for (const status of wanted)
    if (status !== "open" && status !== "closed")
      refuseWith(400, "status 只能是 open 或 closed。", "status must be open or closed.");
  if (wanted.size !== 1) return [];
  const ended = sql`c.state = any(${[...endedStates]}::text[])`;
  return [wanted.has("closed") ? ended : sql`not (${ended})`];
}

const during = (column: Condition, { from, to }: Period): Condition[] => [
  sql`${column} >= ${from}`,
  ...(to ? [sql`${column} <= ${to}`] : []),
];

/** When a request was made; or, when only changes are asked for, when it changed. Never more than 90 days. */
function byTime(parameters: Parameters, now: number): { conditions: Condition[]; byChange: boolean } {
  const made = periodOf(parameters, "start_date", "end_date");
  const changed = periodOf(parameters, "updated_after", "updated_before");
  const conditions = [
    ...(made || !changed ? during(sql`c.reported_at`, made ?? recent(now)) : []),
    ...(changed ? during(sql`c.updated_at`, changed) : []),
  ];
  return { conditions, byChange: changed !== undefined };
}

const metresPerDegree = 111_195;
const defaultRadius = 1000;

/**
 * Near a point, in metres. Distances are taken to the published place, which is rounded to about 100 m: taken to the
 * real one, a few questions with different points would give it away.
 */
function byPlace(parameters: Parameters): Condition[] {
  const lat = numberOf(parameters, "lat", -90, 90);
  const lon = numberOf(parameters, "long", -180, 180);
  const radius = numberOf(parameters, "radius", 1, 50_000);
  if (lat === undefined && lon === undefined && radius === undefined) return [];
  if (lat === undefined || lon === undefined)
    refuseWith(400, "lat 和 long 要一起给出。", "lat and long must be given together.");
  const reach = radius ?? defaultRadius;
  const narrow = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  const [high, wide] = [reach / metresPerDegree + 0.001, reach / metresPerDegree / narrow + 0.001];
  const box = `((${lon - wide},${lat - high}),(${lon + wide},${lat + high}))`;
  const east = sql`(round((c.location[0])::numeric, 3)::float8 - ${lon}::float8) * ${metresPerDegree * narrow}::float8`;
  const north = sql`(round((c.location[1])::numeric, 3)::float8 - ${lat}::float8) * ${metresPerDegree}::float8`;
  return [
    sql`c.published`,
    sql`c.location <@ ${box}::box`,
    sql`power(${east}, 2) + power(${north}, 2) <= power(${reach}::float8, 2)`,
  ];
}

const syntheticNotice: Record<Language, string> = {
  zh: "演示数据，不是真的诉求。",
  en: "Demonstration data, not a real report.",
};

/** A case as a service request. Of one that is not published, only what its client knows already and how it stands. */
function requestOf(house: House, { record, published, updated_at }: Found, language: Language): Plain {
  const row = publicRow(rowOf(house, record), record);
  const at = (iso: string): string => writeW3c(iso, house.settings.calendar().offsetMinutes);
  const path = house.territory.path(record.areaCode).toReversed();
  const [photo] = record.photos;
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
    updated_datetime: at((isEnded(record.state) && record.closedAt) || updated_at),
    expected_datetime: at(record.dueAt),
    address: published ? path.map((area) => area.names[language] ?? area.names.zh).join(", ") : null,
    address_id: published ? record.areaCode : null,
    zipcode: null,
    lat: (published && row.place?.lat) || null,
    long: (published && row.place?.lon) || null,
    media_url: published && photo ? `${house.config.publicUrl}/photos/${photo}` : null,
  };
}

async function read(
  house: House,
  holder: KeyHolder | undefined,
  where: Condition[],
  rest: Condition,
): Promise<Found[]> {
  const conditions = [sql`c.city_id = ${house.cityId}`, knownTo(holder), ...where];
  const found = await sql<Found>`
    select c.record, c.published, c.updated_at from cases c where ${sql.join(conditions, sql` and `)} ${rest}`.execute(
    house.db,
  );
  return found.rows;
}

/** GET requests: the newest first, or the latest changed where changes are asked for. */
export async function serviceRequests(house: House, { parameters, holder, language }: Ask): Promise<Plain> {
  const named = namedCases(parameters);
  const { limit, offset } = pageOf(parameters);
  const time = named ? undefined : byTime(parameters, house.clock());
  const where = named
    ? [named]
    : [...time!.conditions, ...byService(house, parameters), ...byStatus(parameters), ...byPlace(parameters)];
  const order = time?.byChange ? sql`c.updated_at desc, c.id desc` : sql`c.reported_at desc, c.id desc`;
  const found = await read(house, holder, where, sql`order by ${order} limit ${limit} offset ${offset}`);
  return found.map((each) => requestOf(house, each, language));
}

/** GET requests/:id, as a list of one. @throws Open311Refusal 404, the same for one that is unknown and one that is not public */
export async function serviceRequest(house: House, { name, holder, language }: Ask): Promise<Plain> {
  const number = readCaseNumber(name);
  const [found] = number ? await read(house, holder, [sql`c.number = ${number}`], sql``) : [];
  if (!found) refuseWith(404, "没有这个 service_request_id。", "The service_request_id was not found.");
  return [requestOf(house, found, language)];
}
