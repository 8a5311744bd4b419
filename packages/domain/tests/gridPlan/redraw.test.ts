import { describe, expect, it } from "vitest";
import { isRedrawFault, redraw, type Redrawing } from "../../src/gridPlan/redraw.ts";
import type { Area, Grid, MultiPolygon } from "../../src/territory/types.ts";

const community: Area = {
  id: "c",
  code: "330903001009",
  level: "community",
  parentCode: "330903001000",
  names: { zh: "墩头社区", en: "Duntou" },
  indicative: true,
  validFrom: "2020-01-01",
  predecessors: [],
};

const square = (x: number): MultiPolygon => ({
  type: "MultiPolygon",
  coordinates: [
    [
      [
        [x, 0],
        [x + 1, 0],
        [x + 1, 1],
        [x, 1],
        [x, 0],
      ],
    ],
  ],
});

const grid = (n: number, focus: Grid["focus"] = "liaison"): Grid => ({
  id: `g${n}`,
  code: `${community.code}00${n}`,
  level: "grid",
  parentCode: community.code,
  names: { zh: `第${n}网格` },
  geometry: square(n),
  indicative: true,
  focus,
  kind: "general",
  validFrom: "2020-01-01",
  predecessors: [],
});

const micro = (of: number, n: number, x: number): Area => ({
  ...community,
  id: `m${of}${n}`,
  code: `${community.code}00${of}00${n}`,
  level: "microGrid",
  parentCode: `${community.code}00${of}`,
  names: { zh: `微网格${n}` },
  geometry: {
    type: "MultiPolygon",
    coordinates: [
      [
        [
          [x, 0],
          [x + 0.5, 0],
          [x + 0.5, 1],
          [x, 1],
          [x, 0],
        ],
      ],
    ],
  },
});

const areas = [grid(1), grid(2, "key"), grid(3)];
const drawn = (assignment: Record<string, string>, given: Area[] = areas, day = "2026-12-01") =>
  redraw({
    assignment,
    areas: given,
    usedCodes: new Set([...given.map(({ code }) => code), `${community.code}004`]),
    community: (code) => (code === community.code ? community : undefined),
    day,
  });
const codes = (...numbers: number[]) => numbers.map((n) => `${community.code}00${n}`);

describe("redrawing grids by a plan", () => {
  it("joins grids under a number never used, with all of them as predecessors and the neediest focus", () => {
    const [a, b, c] = codes(1, 2, 3) as [string, string, string];
    const { ending, made } = drawn({ [a]: "x", [b]: "x", [c]: "y" }) as Redrawing;
    expect(ending.toSorted()).toEqual(["g1", "g2"]);
    expect(made).toHaveLength(1);
    expect(made[0]!.grid).toMatchObject({
      code: `${community.code}005`,
      names: { zh: "墩头社区第5网格", en: "Duntou grid 5" },
      focus: "key",
      predecessors: ["g1", "g2"],
      validFrom: "2026-12-01",
    });
    expect(made[0]!.grid.geometry!.coordinates).toHaveLength(1);
    expect(made[0]!.formerCodes).toEqual([a, b]);
  });

  it("changes nothing where every grid stays by itself, whatever the plan calls it", () => {
    const [a, b, c] = codes(1, 2, 3) as [string, string, string];
    expect(drawn({ [a]: "p", [b]: "q", [c]: "r" })).toEqual({ ending: [], made: [] });
  });

  it("divides a grid along its micro-grids, which get codes under the new grids", () => {
    const given = [grid(1), grid(2), micro(1, 1, 1), micro(1, 2, 1.5)];
    const [second] = codes(2) as [string];
    const [left, right] = [given[2]!.code, given[3]!.code];
    const { ending, made } = drawn({ [left]: "west", [right]: "east", [second]: "east" }, given) as Redrawing;
    expect(ending.toSorted()).toEqual(["g1", "g2", "m11", "m12"]);
    const east = made.find(({ formerCodes }) => formerCodes.length === 2)!;
    expect(east.grid.predecessors.toSorted()).toEqual(["g1", "g2"]);
    expect(east.microGrids[0]).toMatchObject({ predecessors: ["m12"], parentCode: east.grid.code });
    expect(made.find((each) => each !== east)!.grid.predecessors).toEqual(["g1"]);
  });

  for (const [what, assignment, given, day, kind] of [
    ["a block that is not there", { "330903001009077": "x" }, areas, "2026-12-01", "unknownBlock"],
    [
      "grids of two communities",
      { [codes(1)[0]!]: "x", "330903001010001": "x" },
      [...areas, { ...grid(1), id: "other", code: "330903001010001", parentCode: "330903001010" }],
      "2026-12-01",
      "community",
    ],
    [
      "a grid that begins that very day",
      { [codes(1)[0]!]: "x", [codes(2)[0]!]: "x" },
      areas,
      "2020-01-01",
      "begunToday",
    ],
  ] as [string, Record<string, string>, Area[], string, string][])
    it(`${what}: a fault`, () => {
      const found = drawn(assignment, given, day);
      expect(isRedrawFault(found) && found.kind).toBe(kind);
    });
});
