import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carveBlocks, surveyBlocks, type OutlinedBlock, type Position } from "../src/index.ts";

const metres = { coordinates: "metres", leastArea: 0 } as const;
const square = (id: string, x: number, y: number, size: number): OutlinedBlock => ({
  id,
  outline: {
    type: "Polygon",
    coordinates: [
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
        [x, y],
      ],
    ],
  },
});
/** Area by the shoelace formula, holes taken off. */
const areaOf = ({ outline }: OutlinedBlock): number =>
  (outline.coordinates as Position[][])
    .map((ring) =>
      Math.abs(ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0]! * y! - x! * ring[i]![1]!, 0) / 2),
    )
    .reduce((outer, hole, i) => (i === 0 ? hole : outer - hole), 0);
const sum = (blocks: OutlinedBlock[]): number => blocks.reduce((all, block) => all + areaOf(block), 0);
const town = square("330903001009", 0, 0, 1000);

describe("blocks cut from areas along roads and water", () => {
  it("two roads that cross make four, named after the area, which survey as neighbours", () => {
    const blocks = carveBlocks(
      [town],
      [
        [
          [-5, 400],
          [1005, 400],
        ],
        [
          [300, 0],
          [300, 1000],
        ],
      ],
      metres,
    );
    expect(blocks.map(({ id }) => id)).toEqual([
      "330903001009001",
      "330903001009002",
      "330903001009003",
      "330903001009004",
    ]);
    expect(blocks.map((block) => Math.round(areaOf(block))).toSorted((a, b) => a - b)).toEqual([
      120_000, 180_000, 280_000, 420_000,
    ]);
    expect(surveyBlocks(blocks, metres).links).toHaveLength(4);
  });

  it("a dead end divides nothing; a road that stops a metre short does", () => {
    expect(
      carveBlocks(
        [town],
        [
          [
            [0, 500],
            [700, 500],
          ],
        ],
        metres,
      ),
    ).toHaveLength(1);
    expect(
      carveBlocks(
        [town],
        [
          [
            [1, 500],
            [998.5, 500],
          ],
        ],
        metres,
      ),
    ).toHaveLength(2);
  });

  it("a pond is a block in a block, with a hole around it", () => {
    const pond: Position[] = [
      [400, 400],
      [600, 400],
      [600, 600],
      [400, 600],
      [400, 400],
    ];
    const blocks = carveBlocks([town], [pond], metres);
    expect(blocks.map((block) => areaOf(block)).toSorted((a, b) => a - b)).toEqual([40_000, 960_000]);
    expect(Math.max(...blocks.map(({ outline }) => outline.coordinates.length))).toBe(2);
    expect(surveyBlocks(blocks, metres).links[0]!.length).toBeCloseTo(0.8, 3);
  });

  it("a road along the border of two areas does not join them; each block keeps its area", () => {
    const areas = [square("a", 0, 0, 100), square("b", 100, 0, 100)];
    const blocks = carveBlocks(
      areas,
      [
        [
          [100, -10],
          [100, 110],
        ],
        [
          [-10, 50],
          [210, 50],
        ],
      ],
      metres,
    );
    expect(blocks.map(({ of }) => of)).toEqual(["a", "a", "b", "b"]);
    for (const area of areas) expect(sum(blocks.filter(({ of }) => of === area.id))).toBeCloseTo(areaOf(area), 6);
  });

  it("slivers between two carriageways go to a neighbour in the same area", () => {
    const carriageways: Position[][] = [
      [
        [0, 500],
        [1000, 500],
      ],
      [
        [0, 503],
        [1000, 503],
      ],
    ];
    expect(carveBlocks([town], carriageways, metres)).toHaveLength(3);
    const blocks = carveBlocks([town], carriageways, { ...metres, leastArea: 5000 });
    expect(blocks).toHaveLength(2);
    expect(sum(blocks)).toBeCloseTo(1_000_000, 6);
  });

  it("islands stay what they are, and no line at all leaves every area whole", () => {
    const islands: OutlinedBlock = {
      id: "i",
      outline: {
        type: "MultiPolygon",
        coordinates: [square("", 0, 0, 50), square("", 200, 0, 50)].map(
          ({ outline }) => outline.coordinates as Position[][],
        ),
      },
    };
    expect(carveBlocks([islands], [], metres).map(areaOf)).toEqual([2500, 2500]);
  });

  it("cover their area, whatever lines are drawn", () => {
    const point = fc.tuple(fc.integer({ min: -100, max: 1100 }), fc.integer({ min: -100, max: 1100 }));
    const line = fc.array(point, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const blocks = carveBlocks([town], lines, metres);
        // Corners are rounded: a border may lie two centimetres aside over its 4 km.
        expect(Math.abs(sum(blocks) - 1_000_000)).toBeLessThan(0.02 * 4000);
        expect(blocks.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it("refuses positions that are no numbers and areas listed twice", () => {
    expect(() =>
      carveBlocks(
        [town],
        [
          [
            [0, Number.NaN],
            [1, 1],
          ],
        ],
        metres,
      ),
    ).toThrow(/not two numbers/);
    expect(() => carveBlocks([town, town], [], metres)).toThrow(/listed twice/);
  });
});
