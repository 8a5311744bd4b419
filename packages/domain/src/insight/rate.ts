/** A rate per 1,000 residents, or the reason why there is none. */
export type Rate =
  | { kind: "rate"; perThousand: number; interval: [low: number, high: number]; n: number; residents: number }
  | { kind: "fewCases"; n: number; residents: number }
  | { kind: "fewResidents"; n: number; residents: number }
  | { kind: "unknownResidents"; n: number };

/** With fewer cases a rate is mostly chance; with fewer residents it could point at a household. */
export const fewestCases = 5;
export const fewestResidents = 500;

/**
 * Limits of a Poisson count, 95 % (Byar's approximation, Breslow and Day 1987, vol. II, 2.13): within 1 % of the exact
 * ones from 3 cases on.
 */
export function countLimits(n: number): [low: number, high: number] {
  const z = 1.96;
  const limit = (count: number, sign: number): number =>
    count * (1 - 1 / (9 * count) + (sign * z) / (3 * Math.sqrt(count))) ** 3;
  return [n === 0 ? 0 : limit(n, -1), limit(n + 1, 1)];
}

/** Reports per 1,000 residents with their interval; nothing where small numbers would mislead. */
export function rateOf(n: number, residents: number | undefined): Rate {
  if (residents === undefined) return { kind: "unknownResidents", n };
  if (residents < fewestResidents) return { kind: "fewResidents", n, residents };
  if (n < fewestCases) return { kind: "fewCases", n, residents };
  const per = 1000 / residents;
  const [low, high] = countLimits(n);
  return { kind: "rate", perThousand: n * per, interval: [low * per, high * per], n, residents };
}

/** Counts of places from which a reader could guess who reported are not shown outside the house. */
export const smallestShown = 3;
export function shownCount(n: number): number | "few" {
  return n > 0 && n < smallestShown ? "few" : n;
}
