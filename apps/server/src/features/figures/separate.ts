import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";

/** The same person asking about the same thing in the same place again within this time tells of nothing new. */
const repeatDays = 14;
const chunkDays = 31;
const dayMs = 86_400_000;

type Where = { db: Kysely<DB>; cityId: string };

/**
 * Counts anew, for each day of a span, the reports that stand for themselves: duplicates are one, withdrawn ones none,
 * and somebody who asks again within a fortnight is one voice. Categories and places are those the cases have today.
 * Who reported is compared inside the database; only counts leave it.
 * @param first,last days in the city, "2026-11-01"
 */
export async function countSeparateReports(where: Where, first: string, last: string): Promise<void> {
  const end = Date.parse(last);
  for (let from = Date.parse(first); from <= end; from += chunkDays * dayMs) {
    const to = Math.min(end, from + (chunkDays - 1) * dayMs);
    await countChunk(where, new Date(from).toISOString().slice(0, 10), new Date(to).toISOString().slice(0, 10));
  }
}

async function countChunk({ db, cityId }: Where, first: string, last: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`
      update case_days set separate = 0 where city_id = ${cityId} and day >= ${first} and day <= ${last}
        and separate is distinct from 0`.execute(tx);
    // In one order, so that whoever counts new reports meanwhile takes the rows' locks in the same.
    await sql`
      insert into case_days as kept (city_id, area_code, category_id, day, separate)
      select ${cityId}, area_code, category_id, (reported_at at time zone 'Asia/Shanghai')::date as day, count(*)
      from (
        select area_code, category_id, reported_at, lag(reported_at) over (partition by area_code, category_id, who order by reported_at) as before
        from (
          select c.area_code, c.category_id, c.reported_at,
            coalesce(r.reporter->>'residentId', nullif(r.reporter->>'phone', ''), c.id::text) as who
          from cases c left join case_reporters r on r.city_id = c.city_id and r.case_id = c.id
          where c.city_id = ${cityId} and c.state not in ('duplicate', 'voided')
            and c.reported_at >= (${first}::date - ${repeatDays}::int)::timestamp at time zone 'Asia/Shanghai'
            and c.reported_at < (${last}::date + 1)::timestamp at time zone 'Asia/Shanghai') reports) voices
      where reported_at >= ${first}::date::timestamp at time zone 'Asia/Shanghai'
        and (before is null or before < reported_at - make_interval(days => ${repeatDays}))
      group by area_code, category_id, day order by area_code, category_id, day
      on conflict (city_id, area_code, category_id, day) do update set separate = excluded.separate`.execute(tx);
  });
}
