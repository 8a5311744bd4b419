import { gridRoles } from "@linge/domain/access/role.ts";
import type { Actor } from "@linge/domain/access/scope.ts";
import { endedStates } from "@linge/domain/case/state.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { namesOfArea } from "../territory/names.ts";

/** What waits in one part of a leader's area: counts, and nobody's records. */
export type SummaryLine = {
  code: string;
  zh: string;
  en: string;
  toVerify: number;
  toCheck: number;
  overdue: number;
  open: number;
  visitsDue: number;
};

/** One level below: of a city its counties, of a county its townships, of a township its communities, else its grids. */
const partLength = (prefix: string): number => ({ 4: 6, 6: 9, 9: 12 })[prefix.length] ?? 15;
const mostLines = 200;

type Counted = Omit<SummaryLine, "code" | "zh" | "en"> & { part: string };

async function countParts(house: House, prefix: string): Promise<Counted[]> {
  const length = partLength(prefix);
  const within = sql`^@ ${prefix}`;
  const today = new Date(house.clock()).toISOString();
  // The work of confidential cases is no more than a number here, as everywhere.
  const found = await sql<Counted>`
    with c as (
      select left(area_code, ${length}) as part, count(*) filter (where state in ('reported', 'verifying')) as to_verify,
        count(*) filter (where state in ('responded', 'checking')) as to_check,
        count(*) filter (where due_at < ${today} and state not in ('responded', 'checking') and not marks @> array['suspended']) as overdue,
        count(*) as open
      from cases where city_id = ${house.cityId} and area_code ${within} and state not in (${sql.join(endedStates)})
      group by 1
    ), v as (
      select left(area_code, ${length}) as part, count(*) as due from visits
      where city_id = ${house.cityId} and state = 'due' and area_code ${within} and due_on <= ${today.slice(0, 10)} group by 1
    )
    select coalesce(c.part, v.part) as part, coalesce(to_verify, 0)::int as "toVerify", coalesce(to_check, 0)::int as "toCheck",
      coalesce(overdue, 0)::int as overdue, coalesce(open, 0)::int as open, coalesce(v.due, 0)::int as "visitsDue"
    from c full join v on v.part = c.part order by 1 limit ${mostLines}`.execute(house.db);
  return found.rows;
}

/** For leaders: what waits where, one line for each part of their areas. */
export async function summaryFor(house: House, actor: Actor): Promise<SummaryLine[]> {
  const areas = actor.grants.flatMap(({ role, area }) => (gridRoles.includes(role) && area ? [area] : []));
  const lines: SummaryLine[] = [];
  for (const area of new Set(areas))
    for (const { part, ...counts } of await countParts(house, prefixOfCode(area))) {
      const code = part.padEnd(12, "0");
      lines.push({ code, ...namesOfArea(house, code), ...counts });
    }
  return lines;
}
