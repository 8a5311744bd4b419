/** Below this many a count is not published: behind a small number stand people who can be named. */
export const leastCount = 5;

/** What is counted; each by itself, never one in another. */
export const measures = ["reported", "closed", "resolved", "notResolved"] as const;
export type Measure = (typeof measures)[number];
export type Counts = Record<Measure, number>;

/** The smallest piece that is counted: a township (code of 12 digits) and a family of categories in one month. */
export type Piece = { area: string; family: string; counts: Counts };

/**
 * A published cell: a township and a family; or what was too small by itself, put together in a county (`*` for every
 * family) or the whole city. `null` stands for fewer than five.
 */
export type ReleasedCell = {
  area: string;
  family: string;
  /** Whether it holds what was too small on its own. */
  rest: boolean;
  counts: Record<Measure, number | null>;
};

/** A release: its cells, and of which pieces each is made. The pieces are for the next revision and are not published. */
export type Release = { cells: ReleasedCell[]; members: string[][] };

const keyOf = ({ area, family }: Pick<Piece, "area" | "family">): string => `${area} ${family}`;
const countyOf = (area: string): string => `${area.slice(0, 6)}000000`;

function sum(pieces: readonly Piece[]): Counts {
  const total: Counts = { reported: 0, closed: 0, resolved: 0, notResolved: 0 };
  for (const { counts } of pieces) for (const measure of measures) total[measure] += counts[measure];
  return total;
}

const measured = (valueOf: (measure: Measure) => number | null): ReleasedCell["counts"] =>
  Object.fromEntries(measures.map((measure) => [measure, valueOf(measure)])) as ReleasedCell["counts"];

type Group = { area: string; family: string; rest: boolean; pieces: Piece[] };

/** Where pieces that are too small go next: their county and family, then their county, then the city. */
const wider: ((piece: Piece, city: string) => Pick<Group, "area" | "family">)[] = [
  ({ area, family }) => ({ area: countyOf(area), family }),
  ({ area }) => ({ area: countyOf(area), family: "*" }),
  (_, city) => ({ area: city, family: "*" }),
];

/**
 * Divides pieces into cells that hold at least five reports each. Every piece is in one cell at most and no totals are
 * given beside them, so no cell can be found by taking others from a sum. What is too small even for the whole city stays
 * out.
 */
function divide(pieces: readonly Piece[], city: string): Group[] {
  const enough = ({ counts }: Piece): boolean => counts.reported >= leastCount;
  const groups: Group[] = pieces
    .filter(enough)
    .map((piece) => ({ area: piece.area, family: piece.family, rest: false, pieces: [piece] }));
  let small = pieces.filter((piece) => !enough(piece) && measures.some((measure) => piece.counts[measure] > 0));
  for (const widen of wider) {
    const gathered = Map.groupBy(small, (piece) => {
      const { area, family } = widen(piece, city);
      return `${area} ${family}`;
    });
    small = [];
    for (const some of gathered.values())
      if (sum(some).reported >= leastCount) groups.push({ ...widen(some[0]!, city), rest: true, pieces: some });
      else small.push(...some);
  }
  return groups;
}

/** Whether two releases side by side say of a number only that it did not move, or by five or more. */
function tellsNothing(before: number | null, now: number | null): boolean {
  if (before === now) return true;
  if (before === null) return now! >= 2 * leastCount;
  if (now === null) return before >= 2 * leastCount - 1;
  return Math.abs(now - before) >= leastCount;
}

/** A number of a revision beside those that were published before, newest first: where it would tell too much, it stays. */
function revised(before: readonly (number | null)[], now: number): number | null {
  const value = now >= leastCount ? now : null;
  return before.every((each) => tellsNothing(each, value)) ? value : before[0]!;
}

/**
 * Makes a month's release. With earlier releases of the same month its cells stay as they were drawn; what was in none
 * of them is divided anew.
 * @param pieces each township and family once
 * @param city code of the whole city
 * @param earlier releases of the same month, newest first
 */
export function makeRelease(pieces: readonly Piece[], city: string, earlier: readonly Release[] = []): Release {
  const known = new Map(pieces.map((piece) => [keyOf(piece), piece]));
  const [last] = earlier;
  const cells: ReleasedCell[] = [];
  const members: string[][] = [];
  for (const [i, cell] of (last?.cells ?? []).entries()) {
    const keys = last!.members[i]!;
    const now = sum(keys.flatMap((key) => known.get(key) ?? []));
    const before = earlier.flatMap((release) => release.cells.find((each) => keyOf(each) === keyOf(cell)) ?? []);
    const counts = measured((measure) =>
      revised(
        before.map((each) => each.counts[measure]),
        now[measure],
      ),
    );
    cells.push({ ...cell, counts });
    members.push(keys);
    for (const key of keys) known.delete(key);
  }
  const taken = new Set(cells.map(keyOf));
  for (const { pieces: some, ...cell } of divide([...known.values()], city)) {
    // A second rest of the same county would stand under the same name; it waits for a month of its own.
    if (taken.has(keyOf(cell))) continue;
    const total = sum(some);
    cells.push({ ...cell, counts: measured((measure) => (total[measure] >= leastCount ? total[measure] : null)) });
    members.push(some.map(keyOf).sort());
  }
  return ordered({ cells, members });
}

function ordered({ cells, members }: Release): Release {
  const order = cells.map((_, i) => i).sort((a, b) => keyOf(cells[a]!).localeCompare(keyOf(cells[b]!)));
  return { cells: order.map((i) => cells[i]!), members: order.map((i) => members[i]!) };
}

/** Whether a revision says nothing that the release before did not. */
export function isSame(a: Release, b: Release): boolean {
  const told = ({ cells }: Release): string =>
    JSON.stringify(
      cells.map(({ area, family, rest, counts }) => [area, family, rest, ...measures.map((m) => counts[m])]),
    );
  return told(a) === told(b);
}
