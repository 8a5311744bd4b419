import type { Actor } from "@linge/domain/access/scope.ts";
import { allowedCommands, type Allowed } from "@linge/domain/case/decide.ts";
import type { CaseEvent } from "@linge/domain/case/event.ts";
import { promiseLight, type Light } from "@linge/domain/case/light.ts";
import { maskAddress, maskName, maskPhone, maskText } from "@linge/domain/case/mask.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import type { CaseState } from "@linge/domain/case/state.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { RouteDecision } from "@linge/domain/routing/route.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { routeNow } from "./commands.ts";
import { boxAround, cellsAround } from "./near.ts";
import { scopeOf, seesCase } from "./scope.ts";
import { similarCases } from "./similar.ts";
import { readRecords } from "./store.ts";

/** One line of a list of cases. */
export type CaseRow = {
  id: string;
  number: string;
  state: CaseState;
  kind: string;
  categoryId: string;
  text: string;
  areaCode: string;
  areaName: { zh: string; en: string };
  place?: { lon?: number; lat?: number; name?: string };
  reportedAt: string;
  dueAt: string;
  light: Light;
  leadUnit?: { id: string; zh: string; en: string };
  marks: string[];
  synthetic: boolean;
  version: number;
};

type Kept = Omit<CaseRecord, "reporter">;
const shown = 120;

/** A case as a line, without anything of who reported it. */
export function rowOf(house: House, record: Kept): CaseRow {
  const area = house.territory.area(record.areaCode) ?? house.territory.former(record.areaCode);
  const lead = record.orders.find(
    (order) => order.part === "lead" && order.state !== "returned" && order.state !== "cancelled",
  );
  const unit = lead && house.territory.unit(lead.unitId);
  const { lon, lat, name } = record.place;
  return {
    id: record.id,
    number: record.number,
    state: record.state,
    kind: record.kind,
    categoryId: record.categoryId,
    text: maskText(record.text.length > shown ? `${record.text.slice(0, shown)}…` : record.text),
    areaCode: record.areaCode,
    areaName: { zh: area?.names.zh ?? record.areaCode, en: area?.names.en ?? area?.names.zh ?? record.areaCode },
    place: { lon, lat, name },
    reportedAt: record.reportedAt,
    dueAt: record.dueAt,
    light: promiseLight(record, house.clock(), house.settings.calendar(house.settings.category(record.categoryId))),
    leadUnit: unit && { id: unit.id, zh: unit.zh, en: unit.en },
    marks: [],
    synthetic: record.synthetic,
    version: record.version,
  };
}

/**
 * A case as staff see it until they state a purpose: the reporter masked, and numbers in what he wrote too. Whose account
 * it is stays out of it, so that nobody can put together what one person reported.
 */
export function maskedFor(record: CaseRecord): CaseRecord {
  const text = maskText(record.text);
  const answers = Object.fromEntries(
    Object.entries(record.answers).map(([id, answer]) => [id, typeof answer === "string" ? maskText(answer) : answer]),
  );
  const { undo: _undo, reporter, ...rest } = { ...record, text, answers };
  if (!reporter) return rest;
  const { name, phone, address, wantsContact, reach, consent } = reporter;
  return {
    ...rest,
    reporter: {
      name: name && maskName(name),
      phone: phone && maskPhone(phone),
      address: address && maskAddress(address),
      wantsContact,
      reach,
      consent,
    },
  };
}

/** A step as staff see it: numbers in what people wrote are masked, and whoever reported is only that. */
function maskedStep(event: CaseEvent): CaseEvent {
  const data = Object.fromEntries(
    Object.entries(event.data).map(([name, value]) => [name, typeof value === "string" ? maskText(value) : value]),
  );
  return { ...event, data, actorId: event.actorRole === "reporter" ? "reporter" : event.actorId };
}

export async function caseById(house: House, id: string): Promise<CaseRecord> {
  const [record] = await readRecords(house.db, house.cityId, [id]);
  if (!record) throw new Refusal(refuse("notFound", { what: "case" }));
  return record;
}

export async function caseByNumber(house: House, number: string): Promise<CaseRecord | undefined> {
  const row = await house.db
    .selectFrom("cases")
    .select("id")
    .where("city_id", "=", house.cityId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row && caseById(house, row.id);
}

export async function timelineOf(
  house: House,
  caseId: string,
  visible: readonly CaseEvent["visible"][],
): Promise<CaseEvent[]> {
  const rows = await house.db
    .selectFrom("case_events")
    .select(["id", "case_id", "type", "at", "actor_id", "actor_role", "unit_id", "visible", "data"])
    .where("city_id", "=", house.cityId)
    .where("case_id", "=", caseId)
    .where("visible", "in", [...visible])
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    type: row.type,
    at: row.at,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    unitId: row.unit_id ?? undefined,
    visible: row.visible as CaseEvent["visible"],
    data: row.data,
  }));
}

export type CaseView = {
  case: CaseRecord;
  timeline: CaseEvent[];
  allowed: Allowed[];
  routing: RouteDecision;
  neighbours: CaseRow[];
  /** Reports that look like the same thing, while it is not yet in somebody's hands. */
  similar: CaseRow[];
  path: { code: string; zh: string; en: string }[];
  row: CaseRow;
};

/** Everything the case page shows. @throws Refusal outOfScope */
export async function caseView(house: House, actor: Actor, id: string): Promise<CaseView> {
  const record = await caseById(house, id);
  if (!seesCase(actor, record)) throw new Refusal(refuse("outOfScope", {}));
  return {
    case: maskedFor(record),
    row: rowOf(house, record),
    timeline: (await timelineOf(house, id, ["everyone", "reporter", "staff"])).map(maskedStep),
    allowed: allowedCommands(record, actor),
    routing: routeNow(house, record),
    neighbours: await neighboursOf(house, actor, record),
    similar: await similarTo(house, actor, record),
    path: house.territory
      .path(record.areaCode)
      .map((area) => ({ code: area.code, zh: area.names.zh, en: area.names.en ?? area.names.zh })),
  };
}

const undecided: ReadonlySet<CaseState> = new Set(["reported", "verifying", "filed"]);

async function similarTo(house: House, actor: Actor, record: CaseRecord): Promise<CaseRow[]> {
  if (!undecided.has(record.state)) return [];
  const { text, areaCode, id, place } = record;
  const sought = { text, areaCode, exceptId: id, lon: place.lon, lat: place.lat };
  return (await similarCases(house, sought, scopeOf(actor))).map((found) => rowOf(house, found.record));
}

const nearDegrees = 0.003;
/** Of each cell around a place the newest so many are looked at: a crowded street has enough neighbours among them. */
const lookedAt = 100;

/** Other recent cases within about 300 m, newest first, that the actor may see. */
export async function neighboursOf(house: House, actor: Actor, record: CaseRecord): Promise<CaseRow[]> {
  const { lon, lat } = record.place;
  if (lon === undefined || lat === undefined) return [];
  const found = await sql<{ record: Kept }>`
    with newest as materialized (
      select n.* from unnest(${cellsAround(lon, lat, nearDegrees)}::bigint[]) as around(cell) cross join lateral (
        select id, reported_at, location, area_code, unit_ids, visibility from cases
        where city_id = ${house.cityId} and cell = around.cell and cell is not null order by reported_at desc limit ${lookedAt}) as n
    ), near as (
      select id from newest where id <> ${record.id} and location <@ ${boxAround(lon, lat, nearDegrees)}::box and ${scopeOf(actor)}
      order by reported_at desc limit 8
    )
    select c.record from near join cases c on c.city_id = ${house.cityId} and c.id = near.id order by c.reported_at desc`.execute(
    house.db,
  );
  return found.rows.map((row) => rowOf(house, row.record));
}
