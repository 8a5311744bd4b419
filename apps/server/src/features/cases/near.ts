import { sql, type RawBuilder } from "kysely";

/** Cells of the column `cases.cell`: 200 to a degree, about 500 m. */
export const cellsPerDegree = 200;
const cellOf = (lon: number, lat: number): number =>
  Math.floor(lon * cellsPerDegree) * 100_000 + Math.floor(lat * cellsPerDegree);

/** Cells that a square of so many degrees around a place touches. */
export function cellsAround(lon: number, lat: number, degrees: number): number[] {
  const cells = new Set<number>();
  for (let x = lon - degrees; x <= lon + degrees + 1 / cellsPerDegree; x += 1 / cellsPerDegree)
    for (let y = lat - degrees; y <= lat + degrees + 1 / cellsPerDegree; y += 1 / cellsPerDegree)
      cells.add(cellOf(Math.min(x, lon + degrees), Math.min(y, lat + degrees)));
  return [...cells];
}

/** The square itself, as PostgreSQL writes boxes. */
export const boxAround = (lon: number, lat: number, degrees: number): string =>
  `((${lon - degrees},${lat - degrees}),(${lon + degrees},${lat + degrees}))`;

/** A condition on `cases`: the place lies within so many degrees in both directions. Served by the index of cells. */
export function isNear(lon: number, lat: number, degrees: number): RawBuilder<boolean> {
  return sql<boolean>`(cell = any(${cellsAround(lon, lat, degrees)}::bigint[]) and location <@ ${boxAround(lon, lat, degrees)}::box)`;
}
