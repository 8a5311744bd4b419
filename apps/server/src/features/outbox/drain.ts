import type { Notice, PublicFact } from "@linge/domain/case/event.ts";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { readRecords } from "../cases/store.ts";
import { linkToken } from "../cases/links.ts";
import { noticeText } from "./texts.ts";

type Payload = { caseIds: string[]; notices: Notice[]; facts: PublicFact[] };
const batch = 100;

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
    for (const { payload } of taken.rows) await countFacts(tx, house.cityId, payload.facts);
    return taken.rows.map((row) => row.payload);
  });
  for (const { notices } of messages) await tellReporters(house, notices);
  return messages.length;
}

async function countFacts(tx: Tx, cityId: string, facts: PublicFact[]): Promise<void> {
  for (const fact of facts) {
    const resolved = fact.kind === "rated" ? fact.data.resolved === true : undefined;
    const counts = [fact.kind === "reported", fact.kind === "closed", resolved === true, resolved === false].map(
      Number,
    );
    if (counts.every((count) => count === 0)) continue;
    await sql`
      insert into case_days (city_id, area_code, category_id, day, reported, closed, resolved, not_resolved)
      select city_id, area_code, category_id, (${fact.at}::timestamptz at time zone 'Asia/Shanghai')::date, ${counts[0]}::int, ${counts[1]}::int, ${counts[2]}::int, ${counts[3]}::int
      from cases where city_id = ${cityId} and id = ${fact.caseId}
      on conflict (city_id, area_code, category_id, day) do update set reported = case_days.reported + excluded.reported,
        closed = case_days.closed + excluded.closed, resolved = case_days.resolved + excluded.resolved, not_resolved = case_days.not_resolved + excluded.not_resolved`.execute(
      tx,
    );
  }
}

async function tellReporters(house: House, notices: Notice[]): Promise<void> {
  for (const notice of notices) {
    if (notice.to.kind !== "reporter") continue;
    const text = noticeText[notice.key];
    const [record] = await readRecords(house.db, house.cityId, [notice.to.caseId]);
    if (!text || !record || record.synthetic || !record.reporter?.phone || !record.reporter.wantsContact) continue;
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
