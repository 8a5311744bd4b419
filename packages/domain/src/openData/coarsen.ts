/** Published places are centres of cells, 200 to a degree: about 500 m. */
export const cellsPerDegree = 200;

const half = 0.5 / cellsPerDegree;
const rounded = (degrees: number): number => Math.round(degrees * 10_000) / 10_000;

/** The centre of the cell that a place lies in; the place itself cannot be told from it. */
export function coarsePlace(lon: number, lat: number): [lon: number, lat: number] {
  const centre = (degrees: number): number => rounded(Math.floor(degrees * cellsPerDegree) / cellsPerDegree + half);
  return [centre(lon), centre(lat)];
}

export type Box = { west: number; south: number; east: number; north: number };
export type CellRange = { x: [number, number]; y: [number, number] };

/**
 * Cells whose centre lies in a box: whoever asks for boxes learns of a place no more than its cell.
 * @returns whole numbers of cells from the meridian and the equator, both ends included; nothing for an empty range
 */
export function cellsIn({ west, south, east, north }: Box): CellRange | undefined {
  const range = (low: number, high: number): [number, number] => [
    Math.ceil(rounded((low - half) * cellsPerDegree)),
    Math.floor(rounded((high - half) * cellsPerDegree)),
  ];
  const [x, y] = [range(west, east), range(south, north)];
  return x[0] <= x[1] && y[0] <= y[1] ? { x, y } : undefined;
}

/** The local day of a moment, YYYY-MM-DD. */
export function coarseDay(at: string, offsetMinutes: number): string {
  return new Date(Date.parse(at) + offsetMinutes * 60_000).toISOString().slice(0, 10);
}
