import type { Decided } from "@linge/domain/case/event.ts";
import {
  concernedUnits,
  marksOf,
  photosOf,
  standingOrders,
  type CaseRecord,
  type Reporter,
} from "@linge/domain/case/record.ts";
import { sql, type Kysely } from "kysely";
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
    for (const record of [change.decided.record, ...change.decided.others])
      last.set(record.id, { record, at: timeOf(change) });
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

/** The rows that decided commands leave behind, by table. */
export function rowsOf(changes: readonly Change[]) {
  const finals = finalRecords(changes);
  const records = finals.map(({ record }) => record);
  const facts = changes.flatMap(({ decided }) => decided.facts);
  const created = new Set(
    changes.flatMap(({ decided }) =>
      [decided.record, ...decided.others].filter((record) => record.version === 1).map((record) => record.id),
    ),
  );
  return {
    commands: changes.map(commandRow),
    cases: finals.map(({ record, at }) => caseRow(record, at)),
    reporters: records
      .filter((record) => created.has(record.id) && record.reporter)
      .map((record) => ({ case_id: record.id, reporter: record.reporter })),
    orders: records.flatMap(orderRows),
    events: changes.flatMap(({ decided }) => decided.events),
    leaves: facts.map((fact) => leafOf(fact, newId())),
    earlier: records.filter((record) => !created.has(record.id)).map((record) => record.id),
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

type Texts = Record<keyof ReturnType<typeof rowsOf>, string>;
const textsOf = (changes: readonly Change[]): Texts =>
  Object.fromEntries(Object.entries(rowsOf(changes)).map(([name, each]) => [name, JSON.stringify(each)])) as Texts;

/**
 * Writes decided commands in one statement: answers, cases, reporters, work orders, events, ledger leaves, outbox; all
 * of them or none.
 * @returns false when the one command given was already carried out
 * @throws a unique violation when one of several was: the caller then writes them one by one
 */
export async function writeChanges(db: Kysely<DB>, cityId: string, changes: readonly Change[]): Promise<boolean> {
  const rows = textsOf(changes);
  const written = await sql`
    with done as (
      insert into commands (city_id, id, actor_id, type, fingerprint, answer, client_at, at)
      select ${cityId}, id, actor_id, type, decode(fingerprint, 'hex'), answer, client_at, at
      from jsonb_to_recordset(${rows.commands}::jsonb) as r(id uuid, actor_id text, type text, fingerprint text, answer jsonb, client_at timestamptz, at timestamptz)
      ${changes.length === 1 ? sql`on conflict do nothing` : sql``} returning 1
    ), whole as (
      select 1 from done limit 1
    ), c as (
      insert into cases (city_id, id, number, state, kind, category_id, area_code, grid_id, location, lead_unit, unit_ids, channel, visibility, published,
        synthetic, marks, resident_id, filed_by, reported_at, due_at, soon_at, closed_at, updated_at, version, search, record)
      select ${cityId}, id, number, state, kind, category_id, area_code, grid_id, location, lead_unit, unit_ids, channel, visibility, published,
        synthetic, marks, resident_id, filed_by, reported_at, due_at, soon_at, closed_at, updated_at, version, array_to_tsvector(words), record
      from jsonb_to_recordset(${rows.cases}::jsonb) as r(id uuid, number text, state text, kind text, category_id text, area_code text, grid_id uuid, location point,
        lead_unit text, unit_ids text[], channel text, visibility text, published boolean, synthetic boolean, marks text[], resident_id uuid, filed_by uuid,
        reported_at timestamptz, due_at timestamptz, soon_at timestamptz, closed_at timestamptz, updated_at timestamptz, version integer, words text[], record jsonb), whole
      on conflict (city_id, id) do update set state = excluded.state, category_id = excluded.category_id, area_code = excluded.area_code, grid_id = excluded.grid_id,
        location = excluded.location, lead_unit = excluded.lead_unit, unit_ids = excluded.unit_ids, visibility = excluded.visibility, published = excluded.published,
        marks = excluded.marks, resident_id = excluded.resident_id, due_at = excluded.due_at, soon_at = excluded.soon_at, closed_at = excluded.closed_at, updated_at = excluded.updated_at,
        version = excluded.version, search = excluded.search, record = excluded.record
      returning area_code, cell, unit_ids, visibility = 'confidential' as confidential, published, case_queues(state, marks) as queues
    ), earlier as (
      -- As they were before this statement: all its parts see the same moment.
      select area_code, cell, unit_ids, visibility = 'confidential' as confidential, published, case_queues(state, marks) as queues
      from cases, whole where city_id = ${cityId} and id in (select value::uuid from jsonb_array_elements_text(${rows.earlier}::jsonb))
    ), s as (
      insert into case_shifts (city_id, shift, area_code, cell, unit_ids, confidential, published, queues)
      select ${cityId}, sum(side), area_code, cell, unit_ids, confidential, published, queues
      from (select 1 as side, c.* from c union all select -1, earlier.* from earlier) as sides
      group by area_code, cell, unit_ids, confidential, published, queues having sum(side) <> 0
    ), p as (
      insert into case_reporters (city_id, case_id, reporter)
      select ${cityId}, case_id, reporter from jsonb_to_recordset(${rows.reporters}::jsonb) as r(case_id uuid, reporter jsonb), whole
    ), o as (
      insert into work_orders (city_id, id, case_id, unit_id, part, state, dispatched_at, due_at, contact_due_at, contacted_at, responded_at, paused_since)
      select ${cityId}, id, case_id, unit_id, part, state, dispatched_at, due_at, contact_due_at, contacted_at, responded_at, paused_since
      from jsonb_to_recordset(${rows.orders}::jsonb) as r(id uuid, case_id uuid, unit_id text, part text, state text, dispatched_at timestamptz, due_at timestamptz,
        contact_due_at timestamptz, contacted_at timestamptz, responded_at timestamptz, paused_since timestamptz), whole
      on conflict (city_id, id) do update set state = excluded.state, due_at = excluded.due_at, contact_due_at = excluded.contact_due_at, contacted_at = excluded.contacted_at,
        responded_at = excluded.responded_at, paused_since = excluded.paused_since
    ), e as (
      insert into case_events (city_id, id, case_id, type, at, actor_id, actor_role, unit_id, visible, data)
      select ${cityId}, id, "caseId", type, at, "actorId", "actorRole", "unitId", visible, data
      from jsonb_to_recordset(${rows.events}::jsonb) as r(id uuid, "caseId" uuid, type text, at timestamptz, "actorId" text, "actorRole" text, "unitId" text, visible text, data jsonb), whole
    ), l as (
      insert into ledger_leaves (city_id, id, subject, kind, at, commitment, salt, data, words)
      select ${cityId}, id, subject, kind, at, decode(commitment, 'hex'), decode(salt, 'hex'), data, words
      from jsonb_to_recordset(${rows.leaves}::jsonb) as r(id uuid, subject uuid, kind text, at timestamptz, commitment text, salt text, data jsonb, words jsonb), whole
    ), f as (
      update photos set case_id = owner.case_id
      from (select * from jsonb_to_recordset(${rows.photos}::jsonb) as r(id uuid, case_id uuid), whole) owner
      where photos.city_id = ${cityId} and photos.id = owner.id and photos.case_id is null
    ), x as (
      insert into outbox (city_id, id, topic, payload)
      select ${cityId}, id, topic, payload from jsonb_to_recordset(${rows.outbox}::jsonb) as r(id uuid, topic text, payload jsonb), whole
    )
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
