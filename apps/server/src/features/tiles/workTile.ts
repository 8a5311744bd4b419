import type { Actor } from "@linge/domain/access/scope.ts";
import { promiseLight } from "@linge/domain/case/light.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { isOpen } from "../cases/queues.ts";
import { reachesOf, scopeOf } from "../cases/scope.ts";
import { sumsByArea, tallied, type AreaCount } from "./areaSums.ts";
import { cellsOf, closest, crowdedAbove, heapOf, pointsFrom } from "./cells.ts";
import { pointTile, type Tile } from "./tile.ts";

type Found = Pick<
  CaseRecord,
  "id" | "number" | "state" | "categoryId" | "reportedAt" | "dueAt" | "clock" | "synthetic"
> & {
  lon: number;
  lat: number;
};

/** Open work by area: from the sums where a reach is of areas alone, else counted, which is bounded by the units' work. */
async function openByArea(house: House, actor: Actor): Promise<AreaCount[]> {
  const reaches = reachesOf(actor);
  if (reaches.some(({ units }) => units.length)) {
    const found = await sql<AreaCount>`
      select area_code as area, count(*)::int as cases, count(*)::int as open from cases
      where city_id = ${house.cityId} and ${isOpen} and ${scopeOf(actor)} group by area_code`.execute(house.db);
    return found.rows;
  }
  const parts = reaches.flatMap(({ audience, prefixes }) =>
    prefixes.map((prefix) => sql`(audience = ${audience} and place ^@ ${prefix})`),
  );
  if (!parts.length) return [];
  const counts = await tallied(house, sql`(${sql.join(parts, sql` or `)})`);
  return counts.map(({ area, open }) => ({ area, cases: open, open }));
}

async function cellCounts(house: House, actor: Actor, cells: number[]): Promise<{ cell: number; open: number }[]> {
  const found = await sql<{ cell: number; open: number }>`
    select cell, count(*)::int as open from cases where city_id = ${house.cityId} and cell = any(${cells}::bigint[]) and cell is not null
      and ${isOpen} and ${scopeOf(actor)} group by cell`.execute(house.db);
  return found.rows;
}

async function mostUrgentIn(house: House, actor: Actor, cells: number[], each: number): Promise<Found[]> {
  if (!cells.length) return [];
  const found = await sql<Found>`
    select p.* from unnest(${cells}::bigint[]) as wanted(cell) cross join lateral (
      select id, number, state, category_id as "categoryId", reported_at as "reportedAt", due_at as "dueAt", record->'clock' as clock, synthetic,
        location[0] as lon, location[1] as lat
      from cases where city_id = ${house.cityId} and cell = wanted.cell and cell is not null and ${isOpen} and ${scopeOf(actor)}
      order by due_at limit ${each}) as p`.execute(house.db);
  return found.rows;
}

/**
 * Open work within somebody's reach. Below zoom 12 layer `sums` by area; from there `cases` at their places, the most
 * urgent of a crowded cell from zoom 16 on, and before that a sum of the cell.
 */
export async function workTile(house: House, actor: Actor, tile: Tile): Promise<Uint8Array> {
  if (tile.z < pointsFrom) return pointTile(tile, { sums: sumsByArea(house, tile.z, await openByArea(house, actor)) });
  const most = crowdedAbove(tile.z);
  const counts = await cellCounts(house, actor, cellsOf(tile));
  const single = counts.filter(({ open }) => open <= most || tile.z >= closest).map(({ cell }) => cell);
  const [now, calendar] = [house.clock(), house.settings.calendar()];
  const cases = (await mostUrgentIn(house, actor, single, most)).map(({ lon, lat, clock, ...found }) => ({
    lon,
    lat,
    tags: {
      id: found.id,
      number: found.number,
      state: found.state,
      category: found.categoryId,
      light: promiseLight({ ...found, clock }, now, calendar),
      due: found.dueAt,
      ...(found.synthetic && { synthetic: true }),
    },
  }));
  const sums = counts
    .filter(({ open }) => open > most)
    .map(({ cell, open }) => heapOf(tile.z, { cell, open, cases: open }));
  return pointTile(tile, { cases, sums });
}
