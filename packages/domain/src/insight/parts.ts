/** Reports times days that one worker scans in about a minute or less; below that a thread costs more than it brings. */
const worthAPart = 60_000;

/**
 * Cuts a scan into parts of about the same weight, so that workers share it and a killed one loses little.
 * @param weights reports of each family
 * @param days days as of which is scanned
 * @returns families of each part, joined by "+"
 */
export function partsFor(weights: ReadonlyMap<string, number>, days: number): string[] {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) * days;
  const count = Math.max(1, Math.min(weights.size, Math.round(total / worthAPart)));
  const parts = Array.from({ length: count }, () => ({ families: [] as string[], weight: 0 }));
  const heaviestFirst = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [family, weight] of heaviestFirst) {
    const lightest = parts.reduce((least, part) => (part.weight < least.weight ? part : least));
    lightest.families.push(family);
    lightest.weight += weight;
  }
  return parts.map(({ families }) => families.sort().join("+"));
}

export const familiesOfPart = (part: string): string[] => part.split("+");
