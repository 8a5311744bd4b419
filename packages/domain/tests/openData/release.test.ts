import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsIn, cellsPerDegree, coarseDay, coarsePlace } from "../../src/openData/coarsen.ts";
import {
  leastCount,
  makeRelease,
  measures,
  type Measure,
  type Piece,
  type Release,
} from "../../src/openData/release.ts";

const city = "330900000000";
const areas = ["330903001000", "330903002000", "330922001000", "330922100000"];
const families = ["care", "facilities"];
const count = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 7 }) }, fc.integer({ min: 0, max: 40 }));
const counts = fc.record({ reported: count, closed: count, resolved: count, notResolved: count });
const piecesOf = fc
  .array(counts, { minLength: areas.length * families.length, maxLength: areas.length * families.length })
  .map((all): Piece[] =>
    areas.flatMap((area, a) => families.map((family, f) => ({ area, family, counts: all[a * families.length + f]! }))),
  );
/** What changes until a revision: mostly a report or two, found late or counted twice. */
const change = fc.array(
  fc.record({
    piece: fc.nat(areas.length * families.length - 1),
    measure: fc.constantFrom(...measures),
    by: fc.integer({ min: -6, max: 6 }),
  }),
  { maxLength: 6 },
);
function changed(
  pieces: readonly Piece[],
  changes: readonly { piece: number; measure: Measure; by: number }[],
): Piece[] {
  const now = structuredClone(pieces) as Piece[];
  for (const { piece, measure, by } of changes)
    now[piece]!.counts[measure] = Math.max(0, now[piece]!.counts[measure] + by);
  return now;
}

type Known = { members: ReadonlySet<string>; least: number; most: number };

/** What a reader knows of a measure from a release: a number exactly, and of a blank that it is fewer than five. */
function knownOf({ cells, members }: Release, measure: Measure): Known[] {
  return cells.map((cell, i) => {
    const value = cell.counts[measure];
    return { members: new Set(members[i]), least: value ?? 0, most: value ?? leastCount - 1 };
  });
}

type Sum = Known & { parts: readonly Known[] };

/** Every sum of at most so many cells of one release that share no piece. */
function sumsOf(cells: readonly Known[], most: number): Sum[] {
  const sums: Sum[] = [];
  const put = (from: number, so: Sum): void => {
    for (const [i, each] of cells.entries()) {
      if (i < from || [...each.members].some((member) => so.members.has(member))) continue;
      const next = {
        members: new Set([...so.members, ...each.members]),
        least: so.least + each.least,
        most: so.most + each.most,
        parts: [...so.parts, each],
      };
      sums.push(next);
      if (next.parts.length < most) put(i + 1, next);
    }
  };
  put(0, { members: new Set(), least: 0, most: 0, parts: [] });
  return sums;
}

/**
 * Takes sums of published cells from one another, in one release and across two, where the pieces of one hold those of
 * the other, and says which differences pin down fewer than five. Cells that have no piece in common with the part say
 * nothing about it and stay out.
 */
function findable(releases: readonly (readonly Known[])[], most = 2): string[] {
  const found = new Set<string>();
  const sums = releases.map((cells) => sumsOf(cells, most));
  for (const wholes of sums)
    for (const parts of sums)
      for (const whole of wholes)
        for (const part of parts) {
          if (whole === part || [...part.members].some((member) => !whole.members.has(member))) continue;
          if (whole.parts.some((cell) => ![...cell.members].some((member) => part.members.has(member)))) continue;
          const same = whole.members.size === part.members.size;
          // The move of a sum is the sum of moves that were each looked at alone.
          if (same && whole.parts.length + part.parts.length > 2 && whole.parts.length === part.parts.length) continue;
          const [low, high] = [whole.least - part.most, whole.most - part.least];
          if (same ? smallMove(low, high) : low > 0 && high < leastCount)
            found.add(`${[...part.members].join("+")} of ${[...whole.members].join("+")}: ${low} to ${high}`);
        }
  return [...found];
}

/** Whether a reader is sure that something moved, and that it was fewer than five. */
const smallMove = (least: number, most: number): boolean =>
  (least > 0 && most < leastCount) || (most < 0 && least > -leastCount);

describe("a release", () => {
  it("gives no count below five, no piece twice, and only what was counted", () => {
    fc.assert(
      fc.property(piecesOf, (pieces) => {
        const { cells, members } = makeRelease(pieces, city);
        for (const { counts: each } of cells)
          for (const measure of measures) expect(each[measure] ?? leastCount).toBeGreaterThanOrEqual(leastCount);
        const all = members.flat();
        expect(new Set(all).size).toBe(all.length);
        const byKey = new Map(pieces.map((piece) => [`${piece.area} ${piece.family}`, piece]));
        for (const [i, cell] of cells.entries())
          expect(members[i]!.reduce((sum, key) => sum + byKey.get(key)!.counts.reported, 0)).toBe(cell.counts.reported);
      }),
    );
  });

  it("puts together what is too small, in its county, then its city, and leaves out what is too small even then", () => {
    const some = (area: string, family: string, reported: number): Piece => ({
      area,
      family,
      counts: { reported, closed: 0, resolved: 0, notResolved: 0 },
    });
    const read = (pieces: Piece[]) =>
      makeRelease(pieces, city).cells.map(
        ({ area, family, rest, counts: { reported } }) => `${area} ${family} ${rest ? "rest " : ""}${reported}`,
      );
    expect(read([some(areas[0]!, "care", 9), some(areas[1]!, "care", 5)])).toEqual([
      "330903001000 care 9",
      "330903002000 care 5",
    ]);
    expect(read([some(areas[0]!, "care", 3), some(areas[1]!, "care", 4)])).toEqual(["330903000000 care rest 7"]);
    expect(read([some(areas[0]!, "care", 3), some(areas[1]!, "facilities", 4)])).toEqual(["330903000000 * rest 7"]);
    expect(read([some(areas[0]!, "care", 3), some(areas[2]!, "care", 4)])).toEqual(["330900000000 * rest 7"]);
    expect(read([some(areas[0]!, "care", 2), some(areas[2]!, "care", 2)])).toEqual([]);
  });

  it("and its revision, side by side, pin down nothing about fewer than five", () => {
    fc.assert(
      fc.property(piecesOf, change, change, (pieces, first, second) => {
        const one = makeRelease(pieces, city);
        const two = makeRelease(changed(pieces, first), city, [one]);
        const three = makeRelease(changed(changed(pieces, first), second), city, [two, one]);
        for (const measure of measures)
          expect(findable([one, two, three].map((release) => knownOf(release, measure)))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("is the same again when nothing changed", () => {
    fc.assert(
      fc.property(piecesOf, (pieces) => {
        const one = makeRelease(pieces, city);
        expect(makeRelease(pieces, city, [one]).cells).toEqual(one.cells);
      }),
    );
  });
});

describe("the attack that the property makes", () => {
  const cell = (members: string[], value: number | null): Known => ({
    members: new Set(members),
    least: value ?? 0,
    most: value ?? leastCount - 1,
  });
  it.each<[string, Known[][]]>([
    ["a cell that was hidden beside a total", [[cell(["a", "b"], 12), cell(["a"], 9)]]],
    ["the same with three", [[cell(["a", "b", "c"], 20), cell(["a"], 9), cell(["b"], 8)]]],
    ["one more report between two releases", [[cell(["a"], 20)], [cell(["a"], 21)]]],
    ["one that was taken back", [[cell(["a"], 20)], [cell(["a"], 18)]]],
    ["what was left out once, where cells are drawn anew", [[cell(["a"], 6)], [cell(["a", "b"], 8)]]],
    ["two cells that became one", [[cell(["a"], 6), cell(["b"], 7)], [cell(["a", "b"], 15)]]],
    [
      "a blank that became a five",
      [[cell(["a"], null)], [cell(["a"], 5)]].map((each) => each.map((c) => ({ ...c, least: Math.max(c.least, 4) }))),
    ],
  ])("finds %s", (_, releases) => {
    expect(findable(releases).length).toBeGreaterThan(0);
  });
  it("lets be what cannot be told apart", () => {
    expect(
      findable([
        [cell(["a"], 20), cell(["b"], null)],
        [cell(["a"], 25), cell(["b"], 10)],
      ]),
    ).toEqual([]);
  });
});

describe("places and times", () => {
  const lon = fc.double({ min: 121, max: 123.5, noNaN: true });
  const lat = fc.double({ min: 29, max: 31.1, noNaN: true });
  it("are those of a cell: places of one cell look the same", () => {
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        const [cx, cy] = coarsePlace(x, y);
        expect(coarsePlace(cx, cy)).toEqual([cx, cy]);
        expect(Math.abs(cx - x)).toBeLessThanOrEqual(0.5 / cellsPerDegree + 1e-9);
        expect(Math.abs(cy - y)).toBeLessThanOrEqual(0.5 / cellsPerDegree + 1e-9);
      }),
    );
  });
  it("a box finds a place by the centre of its cell alone, however finely one asks", () => {
    fc.assert(
      fc.property(lon, lat, lon, lat, fc.double({ min: 0, max: 0.1, noNaN: true }), (x, y, west, south, size) => {
        const box = { west, south, east: west + size, north: south + size };
        const [cx, cy] = coarsePlace(x, y);
        const inside =
          cx >= box.west - 1e-9 && cx <= box.east + 1e-9 && cy >= box.south - 1e-9 && cy <= box.north + 1e-9;
        const edge = [cx - box.west, box.east - cx, cy - box.south, box.north - cy].some((gap) => Math.abs(gap) < 1e-6);
        fc.pre(!edge);
        const range = cellsIn(box);
        const [i, j] = [Math.floor(x * cellsPerDegree), Math.floor(y * cellsPerDegree)];
        const found = range !== undefined && i >= range.x[0] && i <= range.x[1] && j >= range.y[0] && j <= range.y[1];
        expect(found).toBe(inside);
      }),
    );
  });
  it("a time is a local day", () => {
    expect(coarseDay("2026-11-23T15:59:59Z", 480)).toBe("2026-11-23");
    expect(coarseDay("2026-11-23T16:00:00Z", 480)).toBe("2026-11-24");
  });
});
