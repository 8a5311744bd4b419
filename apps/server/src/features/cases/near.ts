import { sql, type RawBuilder } from "kysely";

/** Cells of the column `cases.cell`: 200 to a degree, about 500 m. */
export const cellsPerDegree = 200;
const cellOf = (lon: number, lat: number): number =>
  Math.floor(lon * cellsPerDegree) * 100_000 + Math.floor(lat * cellsPerDegree);

/** A condition on `cases`: the place lies within so many degrees in both directions. Served by the index of cells. */
export function isNear(lon: number, lat: number, degrees: number): RawBuilder<boolean> {
  const cells = new Set<number>();
  for (let x = lon - degrees; x <= lon + degrees + 1 / cellsPerDegree; x += 1 / cellsPerDegree)
    for (let y = lat - degrees; y <= lat + degrees + 1 / cellsPerDegree; y += 1 / cellsPerDegree)
      cells.add(cellOf(Math.min(x, lon + degrees), Math.min(y, lat + degrees)));
  const box = `((${lon - degrees},${lat - degrees}),(${lon + degrees},${lat + degrees}))`;
  return sql<boolean>`(cell = any(${[...cells]}::bigint[]) and location <@ ${box}::box)`;
}
