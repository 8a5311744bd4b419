import { promiseLight } from "@linge/domain/case/light.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { isEnded } from "@linge/domain/case/state.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { coarse } from "../public/queries.ts";
import { sumsByArea, tallied } from "./areaSums.ts";
import { cellsOf, closest, crowdedAbove, heapOf, pointsFrom } from "./cells.ts";
import { pointTile, type Tile, type TilePoint } from "./tile.ts";

type Sum = { cell: number; cases: number; open: number };
type Found = Pick<CaseRecord, "number" | "state" | "categoryId" | "reportedAt" | "dueAt" | "clock" | "synthetic"> & {
  lon: number;
  lat: number;
};

async function cellSums(house: House, cells: number[]): Promise<Sum[]> {
  const found = await sql<Sum>`
    select place::bigint as cell, cases, open from case_tallies
    where city_id = ${house.cityId} and kind = 'cell' and audience = 'public' and place = any(${cells.map(String)}::text[]) and cases > 0`.execute(
    house.db,
  );
  return found.rows;
}

async function newestIn(house: House, cells: number[], each: number): Promise<Found[]> {
  if (!cells.length) return [];
  const found = await sql<Found>`
    select p.* from unnest(${cells}::bigint[]) as wanted(cell) cross join lateral (
      select number, state, category_id as "categoryId", reported_at as "reportedAt", due_at as "dueAt", record->'clock' as clock, synthetic,
        location[0] as lon, location[1] as lat
      from cases where city_id = ${house.cityId} and cell = wanted.cell and published and cell is not null
      order by reported_at desc limit ${each}) as p`.execute(house.db);
  return found.rows;
}

/** Cases that share a rounded place share a spot; the newest of them gives it its number. */
function spotsOf(house: House, found: readonly Found[]): TilePoint[] {
  const spots = Map.groupBy(found, ({ lon, lat }) => `${coarse(lon)},${coarse(lat)}`);
  const [now, calendar] = [house.clock(), house.settings.calendar()];
  return [...spots.values()].map((cases) => {
    const newest = cases.reduce((a, b) => (b.reportedAt > a.reportedAt ? b : a));
    const tags = {
      number: newest.number,
      category: newest.categoryId,
      light: promiseLight(newest, now, calendar),
      reported: newest.reportedAt.slice(0, 10),
      cases: cases.length,
      open: cases.filter(({ state }) => !isEnded(state)).length,
      ...(cases.some(({ synthetic }) => synthetic) && { synthetic: true }),
    };
    return { lon: coarse(newest.lon)!, lat: coarse(newest.lat)!, tags };
  });
}

/**
 * Published cases for everybody. Below zoom 12 layer `sums`: how many in each county, township or community. From there
 * layer `cases`: spots of about 100 m, and in `sums` the cells of about 500 m that are too crowded to be drawn case by case.
 */
export async function publicTile(house: House, tile: Tile): Promise<Uint8Array> {
  if (tile.z < pointsFrom)
    return pointTile(tile, { sums: sumsByArea(house, tile.z, await tallied(house, sql`audience = 'public'`)) });
  const most = crowdedAbove(tile.z);
  const sums = await cellSums(house, cellsOf(tile));
  const crowded = sums.filter(({ cases }) => cases > most);
  const single = sums.filter(({ cases }) => cases <= most || tile.z >= closest);
  const found = await newestIn(
    house,
    single.map(({ cell }) => cell),
    most,
  );
  const heaps = crowded.map((sum) => heapOf(tile.z, sum));
  return pointTile(tile, { cases: spotsOf(house, found), sums: heaps });
}
