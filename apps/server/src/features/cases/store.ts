import type { Decided } from "@linge/domain/case/event.ts";
import { marksOf, standingOrders, type CaseRecord, type Reporter } from "@linge/domain/case/record.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import { newId } from "../../platform/ids.ts";
import { leafOf } from "../ledger/leaf.ts";
import { searchWords } from "./search.ts";

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

function caseRow(record: CaseRecord, now: string) {
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
    unit_ids: standingOrders(record).map((order) => order.unitId),
    channel: record.channel,
    visibility: record.visibility,
    published: record.published,
    synthetic: record.synthetic,
    marks: marksOf(record),
    resident_id: reporter?.residentId,
    filed_by: reporter?.by,
    reported_at: record.reportedAt,
    due_at: record.dueAt,
    closed_at: record.closedAt,
    updated_at: now,
    version: record.version,
    words: searchWords(`${record.number.replace("-", "")} ${record.text} ${record.place.name ?? ""}`),
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
    contacted_at: order.contactedAt,
    responded_at: order.respondedAt,
  }));
}

/** Photos belong to the first case that names them. */
function photosOf(record: CaseRecord): string[] {
  return [...record.photos, ...(record.reopening?.photos ?? [])];
}

/**
 * Writes a decided command in one statement: answer, cases, reporters, work orders, events, ledger leaves, outbox.
 * @returns false when a command with this id was already carried out; then nothing is written
 */
export async function writeChange(db: Kysely<DB>, cityId: string, change: Change): Promise<boolean> {
  const { decided } = change;
  const records = [decided.record, ...decided.others];
  const now = decided.events[0]?.at ?? new Date().toISOString();
  const cases = JSON.stringify(records.map((record) => caseRow(record, now)));
  const reporters = JSON.stringify(
    records
      .filter((record) => record.version === 1 && record.reporter)
      .map((record) => ({ case_id: record.id, reporter: record.reporter })),
  );
  const orders = JSON.stringify(records.flatMap(orderRows));
  const events = JSON.stringify(decided.events);
  const leaves = JSON.stringify(decided.facts.map((fact) => leafOf(fact, newId())));
  const photos = JSON.stringify(
    records.flatMap((record) => photosOf(record).map((id) => ({ id, case_id: record.id }))),
  );
  const outbox = JSON.stringify([
    {
      id: newId(),
      topic: "case",
      payload: {
        caseIds: records.map((record) => record.id),
        type: change.type,
        notices: decided.notices,
        facts: decided.facts,
      },
    },
  ]);
  const written = await sql`
    with done as (
      insert into commands (city_id, id, actor_id, type, fingerprint, answer, client_at, at)
      values (${cityId}, ${change.commandId}, ${change.actorId}, ${change.type}, ${change.fingerprint}, ${JSON.stringify(change.answer)}, ${change.clientAt ?? null}, ${now})
      on conflict do nothing returning 1
    ), c as (
      insert into cases (city_id, id, number, state, kind, category_id, area_code, grid_id, location, lead_unit, unit_ids, channel, visibility, published,
        synthetic, marks, resident_id, filed_by, reported_at, due_at, closed_at, updated_at, version, search, record)
      select ${cityId}, id, number, state, kind, category_id, area_code, grid_id, location, lead_unit, unit_ids, channel, visibility, published,
        synthetic, marks, resident_id, filed_by, reported_at, due_at, closed_at, updated_at, version, array_to_tsvector(words), record
      from jsonb_to_recordset(${cases}::jsonb) as r(id uuid, number text, state text, kind text, category_id text, area_code text, grid_id uuid, location point,
        lead_unit text, unit_ids text[], channel text, visibility text, published boolean, synthetic boolean, marks text[], resident_id uuid, filed_by uuid,
        reported_at timestamptz, due_at timestamptz, closed_at timestamptz, updated_at timestamptz, version integer, words text[], record jsonb), done
      on conflict (city_id, id) do update set state = excluded.state, category_id = excluded.category_id, area_code = excluded.area_code, grid_id = excluded.grid_id,
        location = excluded.location, lead_unit = excluded.lead_unit, unit_ids = excluded.unit_ids, visibility = excluded.visibility, published = excluded.published,
        marks = excluded.marks, resident_id = excluded.resident_id, due_at = excluded.due_at, closed_at = excluded.closed_at, updated_at = excluded.updated_at,
        version = excluded.version, search = excluded.search, record = excluded.record
    ), p as (
      insert into case_reporters (city_id, case_id, reporter)
      select ${cityId}, case_id, reporter from jsonb_to_recordset(${reporters}::jsonb) as r(case_id uuid, reporter jsonb), done
    ), o as (
      insert into work_orders (city_id, id, case_id, unit_id, part, state, dispatched_at, due_at, contacted_at, responded_at)
      select ${cityId}, id, case_id, unit_id, part, state, dispatched_at, due_at, contacted_at, responded_at
      from jsonb_to_recordset(${orders}::jsonb) as r(id uuid, case_id uuid, unit_id text, part text, state text, dispatched_at timestamptz, due_at timestamptz,
        contacted_at timestamptz, responded_at timestamptz), done
      on conflict (city_id, id) do update set state = excluded.state, due_at = excluded.due_at, contacted_at = excluded.contacted_at, responded_at = excluded.responded_at
    ), e as (
      insert into case_events (city_id, id, case_id, type, at, actor_id, actor_role, unit_id, visible, data)
      select ${cityId}, id, "caseId", type, at, "actorId", "actorRole", "unitId", visible, data
      from jsonb_to_recordset(${events}::jsonb) as r(id uuid, "caseId" uuid, type text, at timestamptz, "actorId" text, "actorRole" text, "unitId" text, visible text, data jsonb), done
    ), l as (
      insert into ledger_leaves (city_id, id, subject, kind, at, commitment, salt)
      select ${cityId}, id, subject, kind, at, decode(commitment, 'hex'), decode(salt, 'hex')
      from jsonb_to_recordset(${leaves}::jsonb) as r(id uuid, subject uuid, kind text, at timestamptz, commitment text, salt text), done
    ), f as (
      update photos set case_id = owner.case_id
      from (select * from jsonb_to_recordset(${photos}::jsonb) as r(id uuid, case_id uuid), done) owner
      where photos.city_id = ${cityId} and photos.id = owner.id and photos.case_id is null
    ), x as (
      insert into outbox (city_id, id, topic, payload)
      select ${cityId}, id, topic, payload from jsonb_to_recordset(${outbox}::jsonb) as r(id uuid, topic text, payload jsonb), done
    )
    select 1 from done`.execute(db);
  return written.rows.length > 0;
}

/** Removes who reported a case; the case itself stays. */
export async function removeReporter(db: Kysely<DB>, cityId: string, caseId: string): Promise<void> {
  await db.deleteFrom("case_reporters").where("city_id", "=", cityId).where("case_id", "=", caseId).execute();
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
