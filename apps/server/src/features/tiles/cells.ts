import { cellsPerDegree } from "../cases/near.ts";
import { boundsOf, type Tile, type TilePoint } from "./tile.ts";

/** From here on single cases are drawn; above, sums of areas. */
export const pointsFrom = 12;
/** A place may lie in the next cell once it is rounded to 0.001 degree. */
const rounding = 0.0005;
const stride = 100_000;

/** Cells of `cases.cell` that a tile touches. */
export function cellsOf(tile: Tile): number[] {
  const { west, east, north, south } = boundsOf(tile);
  const [left, right] = [west - rounding, east + rounding].map((lon) => Math.floor(lon * cellsPerDegree)) as [
    number,
    number,
  ];
  const [low, high] = [south - rounding, north + rounding].map((lat) => Math.floor(lat * cellsPerDegree)) as [
    number,
    number,
  ];
  const cells: number[] = [];
  for (let x = left; x <= right; x++) for (let y = low; y <= high; y++) cells.push(x * stride + y);
  return cells;
}

/** Middle of a cell, where its sum is drawn. */
export function middleOf(cell: number): { lon: number; lat: number } {
  return {
    lon: (Math.floor(cell / stride) + 0.5) / cellsPerDegree,
    lat: ((cell % stride) + 0.5) / cellsPerDegree,
  };
}

/** A cell with more cases than this is drawn as one sum, so that no tile grows beyond what a phone can draw. */
export function crowdedAbove(z: number): number {
  return [4, 12, 40, 150][z - pointsFrom] ?? 600;
}

/** In this close nothing is summed up any more. */
export const closest = 16;

/** The sum of a crowded cell; close up, only how many cases are not among those drawn. */
export function heapOf(z: number, sum: { cell: number; cases: number; open: number }): TilePoint {
  const { cell, cases, open } = sum;
  if (z < closest) return { ...middleOf(cell), tags: { cases, open } };
  return { ...middleOf(cell), tags: { older: cases - crowdedAbove(z) } };
}
