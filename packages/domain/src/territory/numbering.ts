import type { Position } from "./types.ts";

/**
 * The order in which parts are numbered: west to east within a row, rows from north to south. Rows are as high as the
 * parts would be if they lay in a square.
 *
 * @returns indices into `centres`, first the one that gets number 1
 */
export function numberingOrder(centres: readonly Position[]): number[] {
  const latitudes = centres.map(([, lat]) => lat);
  const north = Math.max(...latitudes);
  const height = (north - Math.min(...latitudes)) / Math.max(1, Math.round(Math.sqrt(centres.length)));
  const rows = centres.map(([, lat]) => (height > 0 ? Math.floor((north - lat) / height - 1e-9) : 0));
  return centres
    .map((_, i) => i)
    .toSorted((a, b) => rows[a]! - rows[b]! || centres[a]![0] - centres[b]![0] || centres[b]![1] - centres[a]![1]);
}
