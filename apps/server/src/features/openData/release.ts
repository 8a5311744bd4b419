import { monthBefore, type Month } from "@linge/domain/assessment/month.ts";
import { isSame, makeRelease, type Piece, type Release, type ReleasedCell } from "@linge/domain/openData/release.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import { addFact } from "../ledger/leaf.ts";

/** What everybody may have of a release. */
export type OpenRelease = { month: string; revision: number; releasedAt: string; cells: ReleasedCell[] };

/** Townships and families of a month with their counts, from the sums that are kept by the day. */
async function piecesOf(house: House, { from, to }: Month): Promise<Piece[]> {
  const { offsetMinutes } = house.settings.calendar();
  const dayOf = (at: string): string => new Date(Date.parse(at) + offsetMinutes * 60_000).toISOString().slice(0, 10);
  const found = await sql<{
    area: string;
    family: string;
    reported: number;
    closed: number;
    resolved: number;
    not_resolved: number;
  }>`
    select left(area_code, 9) || '000' as area, split_part(category_id, '.', 1) as family, sum(reported)::int as reported,
      sum(closed)::int as closed, sum(resolved)::int as resolved, sum(not_resolved)::int as not_resolved
    from case_days where city_id = ${house.cityId} and day >= ${dayOf(from)} and day < ${dayOf(to)} group by 1, 2`.execute(
    house.db,
  );
  return found.rows.map(({ area, family, reported, closed, resolved, not_resolved }) => ({
    area,
    family,
    counts: { reported, closed, resolved, notResolved: not_resolved },
  }));
}

async function earlierReleases(house: House, month: string): Promise<(Release & { revision: number })[]> {
  const rows = await house.db
    .selectFrom("open_releases")
    .select(["revision", "cells", "members"])
    .where("city_id", "=", house.cityId)
    .where("month", "=", month)
    .orderBy("revision", "desc")
    .execute();
  return rows.map(({ revision, cells, members }) => ({ revision, cells, members }) as Release & { revision: number });
}

/**
 * Releases a month's counts, or a revision where they moved by enough; each release is a fact of the public log.
 * @returns whether there is something new
 */
export async function releaseMonth(house: House, month: Month): Promise<boolean> {
  const earlier = await earlierReleases(house, month.month);
  const release = makeRelease(await piecesOf(house, month), house.config.city.code, earlier);
  if (earlier[0] ? isSame(earlier[0], release) : release.cells.length === 0) return false;
  const [id, revision] = [newId(), (earlier[0]?.revision ?? 0) + 1];
  const at = momentOf(house);
  return house.db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("open_releases")
      .values({
        city_id: house.cityId,
        month: month.month,
        revision,
        id,
        released_at: at,
        cells: JSON.stringify(release.cells),
        members: JSON.stringify(release.members),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!added.numInsertedOrUpdatedRows) return false;
    const data = { month: month.month, revision, cells: release.cells };
    await addFact(tx, house.cityId, { kind: "openData.released", subject: id, at, data });
    return true;
  });
}

/** The newest release of every month, the newest month first; `month` narrows it to one. */
export async function openReleases(house: House, month?: string): Promise<OpenRelease[]> {
  const found = await sql<{ month: string; revision: number; released_at: string; cells: ReleasedCell[] }>`
    select distinct on (month) month, revision, released_at, cells from open_releases
    where city_id = ${house.cityId} ${month ? sql`and month = ${month}` : sql``} order by month desc, revision desc limit 240`.execute(
    house.db,
  );
  return found.rows.map(({ released_at, ...row }) => ({ ...row, releasedAt: released_at }));
}

/** Counts are released on this day of the month after, when phones have sent what they had. */
const releaseDay = 3;
/** So many months back are looked at again. */
const months = 12;

/** Releases what is due, and revisions of the year before. */
export async function releaseDue(house: House): Promise<void> {
  const { offsetMinutes } = house.settings.calendar();
  let last = monthBefore(house.clock(), offsetMinutes);
  if (new Date(house.clock() + offsetMinutes * 60_000).getUTCDate() < releaseDay)
    last = monthBefore(Date.parse(last.from), offsetMinutes);
  for (let n = 0; n < months; n += 1) {
    await releaseMonth(house, last);
    last = monthBefore(Date.parse(last.from), offsetMinutes);
  }
}
