import type { Area } from "./types.ts";

/** Which island each grid lies on; grids at sea are by themselves unless their community has land. */
export type Islands = ReadonlyMap<string, number>;

/**
 * Islands are found from the grids alone: grids that share a corner hang together. What a bridge joins is one island
 * to whoever drives, so bridges are given as pairs of grids.
 * @param bridges pairs of grid codes, one on each side
 */
export function islandsOf(grids: readonly Area[], bridges: readonly (readonly [string, string])[] = []): Islands {
  const parent = new Map<string, string>(grids.map(({ code }) => [code, code]));
  const root = (code: string): string => {
    let at = code;
    while (parent.get(at) !== at) {
      parent.set(at, parent.get(parent.get(at)!)!);
      at = parent.get(at)!;
    }
    return at;
  };
  const join = (one: string, other: string): void => void parent.set(root(one), root(other));
  const firstAt = new Map<string, string>();
  for (const { code, geometry } of grids)
    for (const corner of geometry?.coordinates.flat(2) ?? []) {
      const key = corner.join();
      const first = firstAt.get(key);
      if (first === undefined) firstAt.set(key, code);
      else join(first, code);
    }
  const landOf = new Map<string, string>();
  for (const { code, parentCode, geometry } of grids) if (geometry && parentCode) landOf.set(parentCode, code);
  for (const { code, parentCode, geometry } of grids) {
    const land = parentCode && landOf.get(parentCode);
    if (!geometry && land) join(code, land);
  }
  for (const [one, other] of bridges) if (parent.has(one) && parent.has(other)) join(one, other);
  const numbers = new Map<string, number>();
  return new Map(
    grids.map(({ code }) => {
      const at = root(code);
      if (!numbers.has(at)) numbers.set(at, numbers.size);
      return [code, numbers.get(at)!];
    }),
  );
}
