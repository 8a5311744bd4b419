import { sql } from "kysely";
import type { House } from "../../../platform/house.ts";
import { momentOf } from "../../../platform/moment.ts";
import { dropPhotos, dropRecordings } from "../forget.ts";
import type { Due, RetentionWork } from "./kind.ts";

const batch = 500;

async function counted(house: House, query: ReturnType<typeof sql<{ due: number; held?: number }>>): Promise<Due> {
  const { rows } = await query.execute(house.db);
  return { due: rows[0]!.due, held: rows[0]!.held ?? 0 };
}

/** An account goes after its owner left; his cases keep what they have until their own time. */
export const residentProfile: RetentionWork = {
  key: "residentProfile",
  tables: ["residents", "sessions", "one_time_codes", "case_reporters", "cases", "data_requests"],
  count: (house, before) =>
    counted(
      house,
      sql`select count(*)::int as due from residents where city_id = ${house.cityId} and left_at < ${before}`,
    ),
  async remove(house, before) {
    return house.db.transaction().execute(async (tx) => {
      const found = await sql<{ id: string; phone: string }>`
        select id, phone from residents where city_id = ${house.cityId} and left_at < ${before} order by left_at limit 50 for update`.execute(
        tx,
      );
      if (!found.rows.length) return 0;
      const ids = found.rows.map(({ id }) => id);
      const phones = found.rows.map(({ phone }) => phone);
      await sql`delete from sessions where city_id = ${house.cityId} and resident_id = any(${ids}::uuid[])`.execute(tx);
      await sql`delete from one_time_codes where city_id = ${house.cityId} and phone = any(${phones}::text[])`.execute(
        tx,
      );
      await sql`update case_reporters set reporter = reporter - 'residentId'
        where city_id = ${house.cityId} and case_id in (select id from cases where city_id = ${house.cityId} and resident_id = any(${ids}::uuid[]))`.execute(
        tx,
      );
      await sql`update cases set resident_id = null where city_id = ${house.cityId} and resident_id = any(${ids}::uuid[])`.execute(
        tx,
      );
      await sql`update data_requests set resident_id = null where city_id = ${house.cityId} and resident_id = any(${ids}::uuid[])`.execute(
        tx,
      );
      await sql`delete from residents where city_id = ${house.cityId} and id = any(${ids}::uuid[])`.execute(tx);
      return ids.length;
    });
  },
};

/** Who looked, and with it what was noted of acts and made of unusual reading. */
export const accessRecords: RetentionWork = {
  key: "accessRecords",
  tables: ["access_records", "access_reviews", "audit"],
  count: (house, before) => {
    const held = sql`exists (select 1 from legal_holds h where h.city_id = r.city_id and h.subject = r.subject and h.ended_at is null and h.until > ${momentOf(house)})`;
    return counted(
      house,
      sql`select ((count(*) filter (where not ${held}))
          + (select count(*) from audit where city_id = ${house.cityId} and at < ${before})
          + (select count(*) from access_reviews where city_id = ${house.cityId} and decided_at < ${before}))::int as due,
          count(*) filter (where ${held})::int as held
        from access_records r where r.city_id = ${house.cityId} and r.at < ${before}`,
    );
  },
  async remove(house, before) {
    const found = await sql<{ gone: number }>`
      select forget_access_records(${house.cityId}, ${before}::timestamptz, ${batch})
        + forget_oversight(${house.cityId}, ${before}::timestamptz, ${batch}) as gone`.execute(house.db);
    return found.rows[0]!.gone;
  },
};

export const dataRequests: RetentionWork = {
  key: "dataRequests",
  tables: ["data_requests"],
  count: (house, before) =>
    counted(
      house,
      sql`select count(*)::int as due from data_requests where city_id = ${house.cityId} and decided_at < ${before}`,
    ),
  async remove(house, before) {
    const gone = await sql`delete from data_requests where city_id = ${house.cityId} and id in (
      select id from data_requests where city_id = ${house.cityId} and decided_at < ${before} limit ${batch})`.execute(
      house.db,
    );
    return Number(gone.numAffectedRows);
  },
};

export const unusedPhotos: RetentionWork = {
  key: "unusedPhotos",
  tables: ["photos", "recordings"],
  count: (house, before) =>
    counted(
      house,
      sql`select ((select count(*) from photos where city_id = ${house.cityId} and case_id is null and created_at < ${before})
        + (select count(*) from recordings where city_id = ${house.cityId} and case_id is null and kept_at < ${before}))::int as due`,
    ),
  async remove(house, before) {
    return house.db.transaction().execute(async (tx) => {
      const found = await sql<{ id: string }>`
        select id from photos where city_id = ${house.cityId} and case_id is null and created_at < ${before} limit ${batch} for update skip locked`.execute(
        tx,
      );
      await dropPhotos(
        tx,
        house.cityId,
        found.rows.map(({ id }) => id),
      );
      await dropRecordings(tx, house.cityId, sql<boolean>`case_id is null and kept_at < ${before}`);
      return found.rows.length;
    });
  },
};

const overdue = ["sessions", "one_time_codes", "sign_in_challenges"] as const;

/** What let somebody in and has run out. */
export const signIn: RetentionWork = {
  key: "signIn",
  tables: overdue,
  async count(house, before) {
    let due = 0;
    for (const table of overdue)
      due += (
        await counted(
          house,
          sql`select count(*)::int as due from ${sql.table(table)} where city_id = ${house.cityId} and expires_at < ${before}`,
        )
      ).due;
    return { due, held: 0 };
  },
  async remove(house, before) {
    let gone = 0;
    for (const table of overdue) {
      const removed =
        await sql`delete from ${sql.table(table)} where city_id = ${house.cityId} and expires_at < ${before}`.execute(
          house.db,
        );
      gone += Number(removed.numAffectedRows);
    }
    return gone;
  },
};

export const commands: RetentionWork = {
  key: "commands",
  tables: ["commands"],
  count: (house, before) =>
    counted(house, sql`select count(*)::int as due from commands where city_id = ${house.cityId} and at < ${before}`),
  async remove(house, before) {
    const found = await sql<{ gone: number }>`
      select forget_commands(${house.cityId}, ${before}::timestamptz, 5000) as gone`.execute(house.db);
    return found.rows[0]!.gone;
  },
};
