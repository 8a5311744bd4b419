import { isWorkingTime } from "@linge/domain/calendar/workingTime.ts";
import type { Notice, PublicFact } from "@linge/domain/case/event.ts";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { readRecords } from "../cases/store.ts";
import { linkToken } from "../cases/links.ts";
import { settleAll } from "../tallies/settle.ts";
import { noticeText } from "./texts.ts";

type Payload = { caseIds: string[]; notices: Notice[]; facts: PublicFact[] };
const batch = 100;
const countedKinds: ReadonlySet<string> = new Set(["reported", "closed", "rated"]);

/**
 * Takes what commands left in the outbox: counts it into the day's figures, and tells those who should know. Rows are
 * locked and skipped, so several servers share the work; a row goes in the transaction that did its work.
 * @returns how many rows were taken
 */
export async function drainOutbox(house: House): Promise<number> {
  const messages = await house.db.transaction().execute(async (tx) => {
    const taken = await sql<{ payload: Payload }>`
      delete from outbox where city_id = ${house.cityId} and id in (
        select id from outbox where city_id = ${house.cityId} order by id limit ${batch} for update skip locked)
      returning payload`.execute(tx);
    await countFacts(
      tx,
      house,
      taken.rows.flatMap(({ payload }) => payload.facts),
    );
    return taken.rows.map((row) => row.payload);
  });
  for (const { notices } of messages) await tellReporters(house, notices);
  return messages.length;
}

/** Adds reports, closings and verdicts to the figures of their day, grid and category. */
async function countFacts(tx: Tx, house: House, facts: PublicFact[]): Promise<void> {
  const { cityId } = house;
  const calendar = house.settings.calendar();
  const counted = facts
    .filter((fact) => countedKinds.has(fact.kind))
    .map(({ kind, subject, at, data }) => ({
      kind,
      case_id: subject,
      at,
      resolved: data.resolved,
      outside: !isWorkingTime(Date.parse(at), calendar),
    }));
  if (counted.length === 0) return;
  // Sorted, so that two servers counting at once take the rows' locks in one order.
  await sql`
    insert into case_days as kept (city_id, area_code, category_id, day, reported, closed, resolved, not_resolved, outside_hours)
    select ${cityId}, c.area_code, c.category_id, (f.at at time zone 'Asia/Shanghai')::date as day, count(*) filter (where f.kind = 'reported'),
      count(*) filter (where f.kind = 'closed'), count(*) filter (where f.kind = 'rated' and f.resolved), count(*) filter (where f.kind = 'rated' and not f.resolved),
      count(*) filter (where f.kind = 'reported' and f.outside)
    from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as f(kind text, case_id uuid, at timestamptz, resolved boolean, outside boolean)
    join cases c on c.city_id = ${cityId} and c.id = f.case_id
    group by c.area_code, c.category_id, day order by c.area_code, c.category_id, day
    on conflict (city_id, area_code, category_id, day) do update set reported = kept.reported + excluded.reported,
      closed = kept.closed + excluded.closed, resolved = kept.resolved + excluded.resolved, not_resolved = kept.not_resolved + excluded.not_resolved,
      outside_hours = kept.outside_hours + excluded.outside_hours`.execute(tx);
}

async function tellReporters(house: House, notices: Notice[]): Promise<void> {
  for (const notice of notices) {
    if (notice.to.kind !== "reporter") continue;
    const text = noticeText[notice.key];
    const [record] = await readRecords(house.db, house.cityId, [notice.to.caseId]);
    if (!text || !record || record.synthetic || !record.reporter?.phone || !record.reporter.wantsContact) continue;
    // Whoever reads no messages is called or written to; the case stands in a queue until somebody has.
    if (record.reporter.reach && record.reporter.reach !== "message") continue;
    const link = `${house.config.publicUrl}/f/${linkToken(house, "follow", record.id)}`;
    await house.notifier
      .send({ to: record.reporter.phone, text: `${text(notice.params)} ${link}` })
      .catch((error: unknown) => house.log.warn({ err: error }, "message not sent"));
  }
}

/** Drains until stopped; a pause when there is nothing to do. */
export function keepDraining(house: House, pauseMs = 500): { stop(): Promise<void> } {
  let going = true;
  const work = (async () => {
    while (going) {
      const taken = await drainOutbox(house).catch((error: unknown) => {
        house.log.warn({ err: error }, "outbox waits");
        return 0;
      });
      await settleAll(house).catch((error: unknown) => house.log.warn({ err: error }, "sums wait"));
      if (taken < batch) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  })();
  return {
    async stop() {
      going = false;
      await work;
    },
  };
}
