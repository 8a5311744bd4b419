import type { Actor } from "@linge/domain/access/scope.ts";
import { shareOf, type Share } from "@linge/domain/insight/share.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { Database } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { cityDay, momentOf } from "../../platform/moment.ts";
import { isOpen } from "../cases/queues.ts";
import { recentFigures } from "../figures/recent.ts";

type Names = { zh: string; en: string };

/** A township: what is in hand, what is late, and the last 30 days beside the 30 before. */
export type TownshipLine = Names & {
  code: string;
  county: Names;
  open: number;
  overdue: number;
  reported: number;
  reportedBefore: number;
  closed: number;
  resolved: Share;
};
/** A unit: what is in its hands now, and its orders that fell due in the last 30 days. */
export type UnitLine = Names & {
  id: string;
  areaCode: string;
  open: number;
  overdue: number;
  due: number;
  onTime: Share;
  resolved: Share;
};
export type Overview = { at: string; townships: TownshipLine[]; units: UnitLine[] };

type AreaCount = { code: string; open: number; overdue: number };
type DayCount = {
  code: string;
  reported: number;
  before: number;
  closed: number;
  resolved: number;
  not_resolved: number;
};
type UnitCount = { unit_id: string; open: number; overdue: number };

const freshMs = 30_000;
const kept = new WeakMap<Database, { at: number; overview: Promise<Overview> }>();

/** One walk over the index of open work, a month of the day's sums, and the orders in hand; nothing reads a case. */
async function take(house: House): Promise<Overview> {
  const { cityId, db, territory } = house;
  const now = momentOf(house);
  const today = sql`${cityDay(house)}::date`;
  const [areas, days, orders, recent] = await Promise.all([
    sql<AreaCount>`
      select left(area_code, 9) as code, count(*)::int as open, count(*) filter (where due_at < ${now}
        and state not in ('responded','checking') and not marks @> array['suspended'])::int as overdue
      from cases where city_id = ${cityId} and ${isOpen} group by 1`.execute(db),
    sql<DayCount>`
      select left(area_code, 9) as code, coalesce(sum(reported) filter (where day > ${today} - 30), 0)::int as reported,
        coalesce(sum(reported) filter (where day <= ${today} - 30), 0)::int as before,
        coalesce(sum(closed) filter (where day > ${today} - 30), 0)::int as closed,
        coalesce(sum(resolved) filter (where day > ${today} - 30), 0)::int as resolved,
        coalesce(sum(not_resolved) filter (where day > ${today} - 30), 0)::int as not_resolved
      from case_days where city_id = ${cityId} and day > ${today} - 60 group by 1`.execute(db),
    sql<UnitCount>`
      select unit_id, count(*)::int as open, count(*) filter (where due_at < ${now} and paused_since is null)::int as overdue
      from work_orders where city_id = ${cityId} and state not in ('responded','returned','done','cancelled') group by unit_id`.execute(
      db,
    ),
    recentFigures(house),
  ]);
  const areaOf = new Map(areas.rows.map((row) => [row.code, row]));
  const dayOf = new Map(days.rows.map((row) => [row.code, row]));
  const orderOf = new Map(orders.rows.map((row) => [row.unit_id, row]));
  const figureOf = new Map(recent.units.map((row) => [row.unitId, row]));
  const townships = territory
    .all()
    .filter((area) => area.level === "township")
    .map((area): TownshipLine => {
      const code = prefixOfCode(area.code);
      const [now, days] = [areaOf.get(code), dayOf.get(code)];
      const county = territory.area(area.parentCode ?? "");
      return {
        code: area.code,
        ...namesOf(area.names),
        county: county ? namesOf(county.names) : { zh: "", en: "" },
        open: now?.open ?? 0,
        overdue: now?.overdue ?? 0,
        reported: days?.reported ?? 0,
        reportedBefore: days?.before ?? 0,
        closed: days?.closed ?? 0,
        resolved: shareOf(days?.resolved ?? 0, (days?.resolved ?? 0) + (days?.not_resolved ?? 0)),
      };
    });
  const units = territory.units().map((unit): UnitLine => {
    const [now, figures] = [orderOf.get(unit.id), figureOf.get(unit.id)];
    return {
      id: unit.id,
      zh: unit.zh,
      en: unit.en,
      areaCode: unit.areaCode,
      open: now?.open ?? 0,
      overdue: now?.overdue ?? 0,
      due: figures?.due ?? 0,
      onTime: shareOf(figures?.onTime ?? 0, figures?.due ?? 0),
      resolved: shareOf(figures?.resolved ?? 0, figures?.answered ?? 0),
    };
  });
  return { at: momentOf(house), townships, units };
}

const namesOf = (names: { zh: string; en?: string }): Names => ({ zh: names.zh, en: names.en ?? names.zh });

function whole(house: House): Promise<Overview> {
  const last = kept.get(house.db);
  const at = performance.now();
  if (last && at - last.at < freshMs) return last.overview;
  const overview = take(house);
  kept.set(house.db, { at, overview });
  overview.catch(() => kept.delete(house.db));
  return overview;
}

/**
 * Figures by township and by unit for those who lead, within their own part of the territory. In the order of the codes:
 * nobody is ranked. Taken anew every half minute at most, however many look.
 */
export async function overviewFor(house: House, actor: Actor): Promise<Overview> {
  const { at, townships, units } = await whole(house);
  const areas = actor.grants.flatMap((grant) => (grant.area && !grant.unitId ? [prefixOfCode(grant.area)] : []));
  const own = new Set(actor.grants.flatMap((grant) => grant.unitId ?? []));
  // Somebody who looks after a community sees its township; a city-wide unit works everywhere.
  const within = (code: string): boolean =>
    areas.some((area) => code.startsWith(area) || area.startsWith(prefixOfCode(code)));
  return {
    at,
    townships: townships.filter(({ code }) => within(code)),
    units: units.filter(({ id, areaCode }) => own.has(id) || within(areaCode)),
  };
}
