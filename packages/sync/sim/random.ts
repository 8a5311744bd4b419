/** Chance that can be replayed: the same seed gives the same run. */
export type Random = ReturnType<typeof seededRandom>;

/** Mulberry32 (T. Ettinger): 32 bits of state, good enough to vary runs. */
export function seededRandom(seed: number) {
  let state = (seed * 0x9e3779b1) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  let made = 0;
  return {
    next,
    below,
    chance: (share: number): boolean => next() < share,
    pick: <T>(from: readonly T[]): T => from[below(from.length)]!,
    /** Ids that are unique in a run and say nothing. */
    id: (): string => `${(made += 1).toString(36)}-${below(2 ** 30).toString(36)}`,
  };
}
