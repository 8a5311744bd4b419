import { TlogError } from "../error.ts";

/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256;

/** A tile of hashes at a level, or a bundle of entries, of `width` from 1 to 256. */
export type TileName = { level: number | "entries"; index: number; width: number };

/** Where a tile is served, below the log's prefix: `tile/0/x001/067`, `tile/entries/000.p/17` (C2SP tlog-tiles). */
export function tilePath({ level, index, width }: TileName): string {
  const digits = String(index).padStart(3, "0");
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g)!;
  const number = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${number}${width < tileWidth ? `.p/${width}` : ""}`;
}

const shape = /^tile\/(entries|[0-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads a tile's path. @throws TlogError malformed, also for a second spelling of the same tile */
export function parseTilePath(path: string): TileName {
  const found = shape.exec(path);
  if (!found) throw new TlogError("malformed", `"${path.slice(0, 80)}" is not a tile`);
  const [, level = "", number = "", width] = found;
  const tile: TileName = {
    level: level === "entries" ? level : Number(level),
    index: Number(number.replace(/[x/]/g, "")),
    width: width === undefined ? tileWidth : Number(width),
  };
  if (tilePath(tile) !== path)
    throw new TlogError("malformed", `"${path.slice(0, 80)}" is not how that tile is written`);
  return tile;
}

/** How many hashes the tile holds in a tree of `size` leaves; 0 when it is not there yet. */
export function widthIn(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / tileWidth ** level) - index * tileWidth;
  return Math.max(0, Math.min(tileWidth, hashes));
}
