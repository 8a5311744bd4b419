import type { Level } from "./types.ts";

/**
 * Administrative codes: 6 digits county, 3 township, 3 community (12 in all, as the statistics bureau writes them),
 * then 3 for the grid and 3 for the micro-grid. Codes are strings: a number would lose nothing today and a zero tomorrow.
 */

const digits = /^\d+$/u;

/** The level a code speaks of, or undefined if it is none: wrong length, letters, a zero part above a filled one. */
export function levelOfCode(code: string): Level | undefined {
  if (!digits.test(code) || ![12, 15, 18].includes(code.length)) return undefined;
  const [city, county, township, community] = [code.slice(0, 4), code.slice(4, 6), code.slice(6, 9), code.slice(9, 12)];
  if (city.slice(0, 2) === "00" || city.slice(2) === "00") return undefined;
  const hasCommunity = community !== "000";
  if (hasCommunity && township === "000") return undefined;
  if (code.length > 12) {
    const parts = [code.slice(12, 15), code.slice(15, 18)];
    if (!hasCommunity || parts[0] === "000" || parts[1] === "000") return undefined;
    return code.length === 15 ? "grid" : "microGrid";
  }
  if (hasCommunity) return "community";
  if (township !== "000") return "township";
  return county === "00" ? "city" : "county";
}

/**
 * The code of the area directly above, null for a city. A township of a city without counties (Dongguan: 441900003000)
 * is directly under its city.
 */
export function parentOfCode(code: string): string | null {
  switch (levelOfCode(code)) {
    case "county":
      return `${code.slice(0, 4)}00000000`;
    case "township":
      return `${code.slice(0, 6)}000000`;
    case "community":
      return `${code.slice(0, 9)}000`;
    case "grid":
      return code.slice(0, 12);
    case "microGrid":
      return code.slice(0, 15);
    default:
      return null;
  }
}

/** The digits that all codes within an area begin with: "3309" for a city, "330902" for a county, and so on. */
export function prefixOfCode(code: string): string {
  switch (levelOfCode(code)) {
    case "city":
      return code.slice(0, 4);
    case "county":
      return code.slice(0, 6);
    case "township":
      return code.slice(0, 9);
    default:
      return code;
  }
}

/** Whether `inner` is `outer` or a part of it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(prefixOfCode(outer));
}

/** From the city down to the code itself. */
export function pathOfCode(code: string): string[] {
  const path = [code];
  for (let above = parentOfCode(code); above !== null; above = parentOfCode(above)) path.unshift(above);
  return path;
}

/** Pads a code as people shorten it ("3309", "330902", "330902002") to 12 digits; longer codes stay as they are. */
export function fullCode(short: string): string {
  return short.length < 12 ? short.padEnd(12, "0") : short;
}

/** The code of the n-th part (counted from 1) of a community or a grid. */
export function childCode(parent: string, n: number): string {
  if (n < 1 || n > 999 || !Number.isInteger(n)) throw new RangeError(`${parent} can have parts 1 to 999, not ${n}`);
  return parent + String(n).padStart(3, "0");
}
