import { sql } from "kysely";
import type { RetentionWork } from "./kind.ts";

const batch = 500;

/**
 * Visits go when their time is up, made or not; what remains is that fields of one were changed, by whom and when, and
 * never what they said.
 */
export const visitNotes: RetentionWork = {
  key: "visitNotes",
  tables: ["visits"],
  async count(house, before) {
    const found = await sql<{ due: number }>`select count(*)::int as due from visits
      where city_id = ${house.cityId} and coalesce(visited_on, due_on) < ${before}`.execute(house.db);
    return { due: found.rows[0]!.due, held: 0 };
  },
  async remove(house, before) {
    const gone = await sql`delete from visits where city_id = ${house.cityId} and id in (
      select id from visits where city_id = ${house.cityId} and coalesce(visited_on, due_on) < ${before} limit ${batch})`.execute(
      house.db,
    );
    return Number(gone.numAffectedRows);
  },
};
