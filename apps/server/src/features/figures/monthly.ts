import { monthBefore, type Month } from "@linge/domain/assessment/month.ts";
import { figuresFromFacts, type MonthlyFigures } from "@linge/domain/assessment/monthly.ts";
import { hexOf } from "@linge/tlog";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import { givenCheckpoint } from "../ledger/checkpoints.ts";
import { addFact } from "../ledger/leaf.ts";
import { openings } from "../ledger/openings.ts";

/** Figures are published on this day of the month after: what came late in the month is then answered or overdue. */
const publishingDay = 3;

/** Place in the log of the first fact about any case that had an order falling due in the month. */
async function firstEntry(house: House, { from, to }: Month): Promise<number | undefined> {
  const found = await sql<{ seq: number | null }>`
    select min(l.seq) as seq from ledger_leaves l
    where l.city_id = ${house.cityId} and l.subject in (
      select o.case_id from work_orders o where o.city_id = ${house.cityId} and o.due_at >= ${from} and o.due_at < ${to})`.execute(
    house.db,
  );
  return found.rows[0]!.seq ?? undefined;
}

/** Makes a month's figures from the log alone, as an auditor would. Nothing when no order fell due. */
async function makeFigures(house: House, month: Month): Promise<MonthlyFigures | undefined> {
  const checkpoint = await givenCheckpoint(house.db, house.cityId);
  const logFrom = await firstEntry(house, month);
  if (!checkpoint || logFrom === undefined || logFrom >= checkpoint.size) return undefined;
  const figures = figuresFromFacts();
  for await (const { fact } of openings(house, logFrom, checkpoint.size))
    figures.add(fact as Parameters<typeof figures.add>[0]);
  return {
    ...month,
    logFrom,
    logSize: checkpoint.size,
    logRoot: hexOf(checkpoint.root),
    units: figures.units(month.from, month.to),
  };
}

/**
 * Publishes a month's figures, once: what is published stays, and is a fact of the log itself.
 * @returns whether they were published now
 */
export async function publishMonth(house: House, month: Month): Promise<boolean> {
  if (await publishedMonth(house, month.month)) return false;
  const document = await makeFigures(house, month);
  if (!document) return false;
  const id = newId();
  const at = momentOf(house);
  return house.db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("monthly_figures")
      .values({
        city_id: house.cityId,
        month: month.month,
        id,
        document: JSON.stringify(document),
        published_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!added.numInsertedOrUpdatedRows) return false;
    await addFact(tx, house.cityId, { kind: "figures.published", subject: id, at, data: document });
    return true;
  });
}

export type PublishedMonth = { id: string; document: MonthlyFigures; publishedAt: string };

export async function publishedMonth(house: House, month: string): Promise<PublishedMonth | undefined> {
  const row = await house.db
    .selectFrom("monthly_figures")
    .select(["id", "document", "published_at"])
    .where("city_id", "=", house.cityId)
    .where("month", "=", month)
    .executeTakeFirst();
  return row && { id: row.id, document: row.document as MonthlyFigures, publishedAt: row.published_at };
}

/** Months that were published, the newest first. */
export async function publishedMonths(house: House): Promise<string[]> {
  const rows = await house.db
    .selectFrom("monthly_figures")
    .select("month")
    .where("city_id", "=", house.cityId)
    .orderBy("month", "desc")
    .limit(120)
    .execute();
  return rows.map(({ month }) => month);
}

/** Publishes last month's figures when their day has come. */
export async function publishDue(house: House): Promise<void> {
  const { offsetMinutes } = house.settings.calendar();
  const today = new Date(house.clock() + offsetMinutes * 60_000).getUTCDate();
  if (today >= publishingDay) await publishMonth(house, monthBefore(house.clock(), offsetMinutes));
}
