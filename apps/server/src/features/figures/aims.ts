import { compare, type Comparison } from "@linge/domain/insight/comparison.ts";
import { gridRoles } from "@linge/domain/access/role.ts";
import { isWithin } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { keptFor } from "./kept.ts";

/**
 * The four aims of the study (全社会参与 全方位覆盖 全天候运行 全区域平安) as what can be counted of them, over the
 * last 30 days. None is a score, and none says more than it counts.
 */
export type Aims = {
  /** Reports, beside the 30 days before, and the communities that any of them came from. */
  participation: { reports: Comparison; communities: number; of: number };
  /** Grids, those at sea among them, and how many have somebody named who looks after them. */
  cover: { grids: number; atSea: number; lookedAfter: number };
  /** Reports that came outside office hours. */
  roundTheClock: { reports: number; outsideHours: number };
  /** Hazards and emergencies that were reported, closed, and said to be not resolved. */
  safety: { reports: Comparison; closed: number; notResolved: number };
};

type Day = {
  community: string;
  before: number;
  now: number;
  outsideHours: number;
  hazardsBefore: number;
  hazards: number;
  closed: number;
  notResolved: number;
};

/** Sums of the days' counts by community: the last 30 days, and the 30 before them. */
async function sums(house: House): Promise<Day[]> {
  const today = new Date(house.clock()).toISOString().slice(0, 10);
  const now = sql`day > ${today}::date - 30`;
  const hazard = sql`(category_id ^@ 'safety.' or category_id ^@ 'emergency.')`;
  const found = await sql<Day>`
    select substr(area_code, 1, 12) as community,
      coalesce(sum(reported) filter (where ${now}), 0)::int as now,
      coalesce(sum(reported) filter (where not ${now}), 0)::int as before,
      coalesce(sum(outside_hours) filter (where ${now}), 0)::int as "outsideHours",
      coalesce(sum(reported) filter (where ${now} and ${hazard}), 0)::int as hazards,
      coalesce(sum(reported) filter (where not ${now} and ${hazard}), 0)::int as "hazardsBefore",
      coalesce(sum(closed) filter (where ${now} and ${hazard}), 0)::int as closed,
      coalesce(sum(not_resolved) filter (where ${now} and ${hazard}), 0)::int as "notResolved"
    from case_days where city_id = ${house.cityId} and day > ${today}::date - 60 and day <= ${today}::date group by 1`.execute(
    house.db,
  );
  return found.rows;
}

async function lookedAfter(house: House): Promise<string[]> {
  const rows = await house.db
    .selectFrom("grants as g")
    .innerJoin("people as p", (join) => join.onRef("p.city_id", "=", "g.city_id").onRef("p.id", "=", "g.person_id"))
    .select("g.area")
    .distinct()
    .where("g.city_id", "=", house.cityId)
    .where("g.role", "in", [...gridRoles])
    .where("p.left_at", "is", null)
    .execute();
  return rows.flatMap(({ area }) => area ?? []);
}

async function take(house: House): Promise<Aims> {
  const [days, areas] = await Promise.all([sums(house), lookedAfter(house)]);
  const sum = (of: keyof Day): number => days.reduce((total, day) => total + (day[of] as number), 0);
  const all = house.territory.all();
  const grids = all.filter((area) => area.level === "grid");
  const communities = new Set(all.filter((area) => area.level === "community").map((area) => area.code));
  return {
    participation: {
      reports: compare(sum("now"), sum("before"), 30, 30),
      communities: days.filter((day) => day.now > 0 && communities.has(day.community)).length,
      of: communities.size,
    },
    cover: {
      grids: grids.length,
      atSea: grids.filter((grid) => grid.vessels?.length).length,
      lookedAfter: grids.filter((grid) => areas.some((area) => isWithin(grid.code, area))).length,
    },
    roundTheClock: { reports: sum("now"), outsideHours: sum("outsideHours") },
    safety: {
      reports: compare(sum("hazards"), sum("hazardsBefore"), 30, 30),
      closed: sum("closed"),
      notResolved: sum("notResolved"),
    },
  };
}

/** They change by the day, not by the minute. */
export const cityAims = keptFor(10 * 60_000, take);
