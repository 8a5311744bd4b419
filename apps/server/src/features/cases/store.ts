import type { Decided } from "@linge/domain/case/event.ts";
import {
  concernedUnits,
  marksOf,
  photosOf,
  standingOrders,
  type CaseRecord,
  type Reporter,
} from "@linge/domain/case/record.ts";
import { sql, type Kysely, type RawBuilder } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { newId } from "../../platform/ids.ts";
import { leafOf } from "../ledger/leaf.ts";
import { searchWords, standingWords } from "./search.ts";

/** What a command leaves behind once it is decided, all of it written or none. */
export type Change = {
  commandId: string;
  actorId: string;
  type: string;
  fingerprint: Buffer;
  clientAt?: string;
  answer: object;
  decided: Decided;
};

function caseRow(record: CaseRecord, at: string) {
  const { reporter, ...kept } = record;
  const { lon, lat } = record.place;
  return {
    id: record.id,
    number: record.number,
    state: record.state,
    kind: record.kind,
    category_id: record.categoryId,
    area_code: record.areaCode,
    grid_id: record.gridId,
    location: lon === undefined || lat === undefined ? undefined : `(${lon},${lat})`,
    lead_unit: standingOrders(record).find((order) => order.part === "lead")?.unitId,
    unit_ids: concernedUnits(record),
    channel: record.channel,
    visibility: record.visibility,
    published: record.published,
    synthetic: record.synthetic,
    marks: marksOf(record),
    resident_id: reporter?.residentId,
    filed_by: reporter?.by,
    reported_at: record.reportedAt,
    due_at: record.dueAt,
    soon_at: record.soonAt,
    closed_at: record.closedAt,
    updated_at: at,
    version: record.version,
    words: [
      ...searchWords(`${record.number.replace("-", "")} ${record.text} ${record.place.name ?? ""}`),
      ...standingWords({
        areaCode: record.areaCode,
        unitIds: standingOrders(record).map(({ unitId }) => unitId),
        published: record.published,
      }),
    ],
    record: kept,
  };
}

function orderRows(record: CaseRecord) {
  return record.orders.map((order) => ({
    id: order.id,
    case_id: record.id,
    unit_id: order.unitId,
    part: order.part,
    state: order.state,
    dispatched_at: order.dispatchedAt,
    due_at: order.dueAt,
    contact_due_at: order.contactDueAt,
    contacted_at: order.contactedAt,
    responded_at: order.respondedAt,
    paused_since: order.pausedSince ?? (order.state === "responded" ? undefined : record.clock.pausedSince),
  }));
}

const timeOf = ({ decided }: Change): string => decided.events[0]?.at ?? new Date().toISOString();

/** The last word on each case, and when it was said: later changes of a batch replace what earlier ones said. */
function finalRecords(changes: readonly Change[]): { record: CaseRecord; at: string }[] {
  const last = new Map<string, { record: CaseRecord; at: string }>();
  for (const change of changes)
    for (const record of touchedBy(change)) last.set(record.id, { record, at: timeOf(change) });
  return [...last.values()];
}

function commandRow(change: Change) {
  const { commandId, actorId, type, fingerprint, answer, clientAt } = change;
  return {
    id: commandId,
    actor_id: actorId,
    type,
    fingerprint: fingerprint.toString("hex"),
    answer,
    client_at: clientAt,
    at: timeOf(change),
  };
}

const touchedBy = ({ decided }: Change): CaseRecord[] => [decided.record, ...decided.others];

/** Cases that begin with these changes; all others were there before. */
function createdIn(changes: readonly Change[]): Set<string> {
  return new Set(changes.flatMap(touchedBy).flatMap(({ id, version }) => (version === 1 ? [id] : [])));
}

/** The rows that decided commands leave behind, by table. */
export function rowsOf(changes: readonly Change[]) {
  const finals = finalRecords(changes);
  const records = finals.map(({ record }) => record);
  const facts = changes.flatMap(({ decided }) => decided.facts);
  const created = createdIn(changes);
  return {
    commands: changes.map(commandRow),
    cases: finals.map(({ record, at }) => caseRow(record, at)),
    reporters: records
      .filter((record) => created.has(record.id) && record.reporter)
      .map((record) => ({ case_id: record.id, reporter: record.reporter })),
    orders: records.flatMap(orderRows),
    events: changes.flatMap(({ decided }) => decided.events),
    leaves: facts.map((fact) => leafOf(fact, newId())),
    // Photos belong to the first case that names them.
    photos: records.flatMap((record) => photosOf(record).map((id) => ({ id, case_id: record.id }))),
    outbox: [
      {
        id: newId(),
        topic: "case",
        payload: {
          caseIds: records.map((record) => record.id),
          type: changes[0]!.type,
          notices: changes.flatMap(({ decided }) => decided.notices),
          facts,
        },
      },
    ],
  };
}

/** Columns of `cases` that a change writes, and the same as the JSON that brings them. */
const caseColumns = sql`city_id, id, number, state, kind, category_id, area_code, grid_id, location, lead_unit, unit_ids, channel, visibility, published,
  synthetic, marks, resident_id, filed_by, reported_at, due_at, soon_at, closed_at, updated_at, version, search, record`;
const caseValues = (cityId: string, rows: string): RawBuilder<unknown> => sql`
  select ${cityId}, id, number, state, kind, category_id, area_code, grid_id, location, lead_unit, unit_ids, channel, visibility, published,
    synthetic, marks, resident_id, filed_by, reported_at, due_at, soon_at, closed_at, updated_at, version, array_to_tsvector(words), record
  from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, number text, state text, kind text, category_id text, area_code text, grid_id uuid, location point,
    lead_unit text, unit_ids text[], channel text, visibility text, published boolean, synthetic boolean, marks text[], resident_id uuid, filed_by uuid,
    reported_at timestamptz, due_at timestamptz, soon_at timestamptz, closed_at timestamptz, updated_at timestamptz, version integer, words text[], record jsonb), whole`;
/** Where a case counts: what queues and maps sum up. */
const standing = sql`area_code, cell, unit_ids, visibility = 'confidential' as confidential, published, case_queues(state, marks) as queues`;

/** Cases that begin here; one whose id is taken is an error, never overwritten. */
const insertCases = (cityId: string, rows: object[]): RawBuilder<unknown> => sql`, begun as (
  insert into cases (${caseColumns}) ${caseValues(cityId, JSON.stringify(rows))} returning ${standing})`;

/** Cases that were there, as they are now and as they were: all parts of a statement see the moment before it. */
const updateCases = (cityId: string, rows: { id: string }[]): RawBuilder<unknown> => sql`, changed as (
  insert into cases (${caseColumns}) ${caseValues(cityId, JSON.stringify(rows))}
  on conflict (city_id, id) do update set state = excluded.state, category_id = excluded.category_id, area_code = excluded.area_code, grid_id = excluded.grid_id,
    location = excluded.location, lead_unit = excluded.lead_unit, unit_ids = excluded.unit_ids, visibility = excluded.visibility, published = excluded.published,
    marks = excluded.marks, resident_id = excluded.resident_id, due_at = excluded.due_at, soon_at = excluded.soon_at, closed_at = excluded.closed_at, updated_at = excluded.updated_at,
    version = excluded.version, search = excluded.search, record = excluded.record
  returning ${standing}
), earlier as (
  select ${standing} from cases, whole where city_id = ${cityId} and id = any(${rows.map(({ id }) => id)}::uuid[]))`;

/** What the cases' standing shifted by, for the sums that are settled later. */
function shiftCases(cityId: string, begun: boolean, changed: boolean): RawBuilder<unknown> {
  const sides = [
    ...(begun ? [sql`select 1 as side, begun.* from begun`] : []),
    ...(changed ? [sql`select 1 as side, changed.* from changed`, sql`select -1, earlier.* from earlier`] : []),
  ];
  return sql`, shifted as (
    insert into case_shifts (city_id, shift, area_code, cell, unit_ids, confidential, published, queues)
    select ${cityId}, sum(side), area_code, cell, unit_ids, confidential, published, queues
    from (${sql.join(sides, sql` union all `)}) as sides
    group by area_code, cell, unit_ids, confidential, published, queues having sum(side) <> 0)`;
}

const insertReporters = (cityId: string, rows: object[]): RawBuilder<unknown> => sql`, p as (
  insert into case_reporters (city_id, case_id, reporter)
  select ${cityId}, case_id, reporter from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(case_id uuid, reporter jsonb), whole)`;

const writeOrders = (cityId: string, rows: object[]): RawBuilder<unknown> => sql`, o as (
  insert into work_orders (city_id, id, case_id, unit_id, part, state, dispatched_at, due_at, contact_due_at, contacted_at, responded_at, paused_since)
  select ${cityId}, id, case_id, unit_id, part, state, dispatched_at, due_at, contact_due_at, contacted_at, responded_at, paused_since
  from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, case_id uuid, unit_id text, part text, state text, dispatched_at timestamptz, due_at timestamptz,
    contact_due_at timestamptz, contacted_at timestamptz, responded_at timestamptz, paused_since timestamptz), whole
  on conflict (city_id, id) do update set state = excluded.state, due_at = excluded.due_at, contact_due_at = excluded.contact_due_at, contacted_at = excluded.contacted_at,
    responded_at = excluded.responded_at, paused_since = excluded.paused_since)`;

const ownPhotos = (cityId: string, rows: object[]): RawBuilder<unknown> => sql`, f as (
  update photos set case_id = owner.case_id
  from (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, case_id uuid), whole) owner
  where photos.city_id = ${cityId} and photos.id = owner.id and photos.case_id is null)`;

/** A part of the statement, or nothing where there is nothing to write: a part that does nothing still costs its opening. */
const part = <T>(
  rows: T[],
  make: (cityId: string, rows: T[]) => RawBuilder<unknown>,
  cityId: string,
): RawBuilder<unknown> => (rows.length ? make(cityId, rows) : sql``);

/**
 * Writes decided commands in one statement: answers, cases, reporters, work orders, events, ledger leaves, outbox; all
 * of them or none.
 * @returns false when the one command given was already carried out
 * @throws a unique violation when one of several was: the caller then writes them one by one
 */
export async function writeChanges(db: Kysely<DB>, cityId: string, changes: readonly Change[]): Promise<boolean> {
  const rows = rowsOf(changes);
  const created = createdIn(changes);
  const [begun, changed] = [true, false].map((is) => rows.cases.filter(({ id }) => created.has(id) === is)) as [
    typeof rows.cases,
    typeof rows.cases,
  ];
  const written = await sql`
    with done as (
      insert into commands (city_id, id, actor_id, type, fingerprint, answer, client_at, at)
      select ${cityId}, id, actor_id, type, decode(fingerprint, 'hex'), answer, client_at, at
      from jsonb_to_recordset(${JSON.stringify(rows.commands)}::jsonb) as r(id uuid, actor_id text, type text, fingerprint text, answer jsonb, client_at timestamptz, at timestamptz)
      ${changes.length === 1 ? sql`on conflict do nothing` : sql``} returning 1
    ), whole as (
      select 1 from done limit 1
    ), e as (
      insert into case_events (city_id, id, case_id, type, at, actor_id, actor_role, unit_id, visible, data)
      select ${cityId}, id, "caseId", type, at, "actorId", "actorRole", "unitId", visible, data
      from jsonb_to_recordset(${JSON.stringify(rows.events)}::jsonb) as r(id uuid, "caseId" uuid, type text, at timestamptz, "actorId" text, "actorRole" text, "unitId" text, visible text, data jsonb), whole
    ), l as (
      insert into ledger_leaves (city_id, id, subject, kind, at, commitment, salt, data, words)
      select ${cityId}, id, subject, kind, at, decode(commitment, 'hex'), decode(salt, 'hex'), data, words
      from jsonb_to_recordset(${JSON.stringify(rows.leaves)}::jsonb) as r(id uuid, subject uuid, kind text, at timestamptz, commitment text, salt text, data jsonb, words jsonb), whole
    ), x as (
      insert into outbox (city_id, id, topic, payload)
      select ${cityId}, id, topic, payload from jsonb_to_recordset(${JSON.stringify(rows.outbox)}::jsonb) as r(id uuid, topic text, payload jsonb), whole
    )${part(begun, insertCases, cityId)}${part(changed, updateCases, cityId)}${shiftCases(cityId, begun.length > 0, changed.length > 0)}
    ${part(rows.reporters, insertReporters, cityId)}${part(rows.orders, writeOrders, cityId)}${part(rows.photos, ownPhotos, cityId)}
    select 1 from whole`.execute(db);
  return written.rows.length > 0;
}

/** Cases by id with their reporters, locked until the transaction ends when `lock`; in the order of their ids. */
export async function readRecords(
  db: Kysely<DB>,
  cityId: string,
  ids: readonly string[],
  lock = false,
): Promise<CaseRecord[]> {
  const found = await sql<{ record: CaseRecord; reporter: Reporter | null }>`
    select c.record, p.reporter from cases c
    left join case_reporters p on p.city_id = c.city_id and p.case_id = c.id
    where c.city_id = ${cityId} and c.id in (${sql.join(ids)}) order by c.id ${lock ? sql`for update of c` : sql``}`.execute(
    db,
  );
  return found.rows.map(({ record, reporter }) => (reporter ? { ...record, reporter } : record));
}
