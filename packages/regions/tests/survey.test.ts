import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planRegions, surveyBlocks, type OutlinedBlock } from "../src/index.ts";
import { seededRandom } from "../src/random.ts";
import { brickTown } from "./networks.ts";
import { oracleJson, blockCity, oraclesAtHand } from "./oracles.ts";

const km = 1000;
const rectangle = (
  id: string,
  x: number,
  y: number,
  width: number,
  height: number,
  ...holes: number[][][]
): OutlinedBlock => ({
  id,
  outline: {
    type: "Polygon",
    coordinates: [
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
        [x, y],
      ],
      ...holes,
    ],
  },
});

/** The outlines of a brick town: every brick has only its four corners, so its neighbours' corners lie amid its edges. */
function outlines(columns: number, rows: number, shake = 0, seed = 1): OutlinedBlock[] {
  const random = seededRandom(seed);
  const off = () => (2 * random.next() - 1) * shake;
  return brickTown(columns, rows).blocks.map(({ id }) => {
    const [y, x] = id.slice(1).split("-").map(Number) as [number, number];
    const left = (x + (y % 2) / 2) * km;
    const corners = [
      [left, y * km],
      [left + km, y * km],
      [left + km, (y + 1) * km],
      [left, (y + 1) * km],
    ].map(([a, b]) => [a! + off(), b! + off()]);
    return { id, outline: { type: "Polygon", coordinates: [[...corners, corners[0]!]] } };
  });
}

const lengths = (links: { from: string; to: string; length?: number }[]) =>
  new Map(links.map(({ from, to, length }) => [[from, to].sort().join(" "), length!]));

describe("blocks measured from their outlines", () => {
  it("share what lies between their corners, T-junctions or not", () => {
    const known = lengths(brickTown(6, 5).links);
    const { blocks, links, parts } = surveyBlocks(outlines(6, 5), { coordinates: "metres" });
    expect(parts.length).toBe(1);
    const found = lengths(links);
    expect([...found.keys()].sort()).toEqual([...known.keys()].sort());
    for (const [pair, length] of found) expect(length).toBeCloseTo(known.get(pair)!, 2);
    for (const { area, perimeter } of blocks)
      expect([area, perimeter]).toEqual([expect.closeTo(1, 9), expect.closeTo(4, 9)]);
  });

  it("neighbours stay neighbours when every line is drawn a little wrong (gaps and overlaps)", () => {
    const known = lengths(brickTown(5, 5).links);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const found = lengths(surveyBlocks(outlines(5, 5, 1.5, seed), { coordinates: "metres", snap: 5 }).links);
        expect([...found.keys()].sort()).toEqual([...known.keys()].sort());
        for (const [pair, length] of found) expect(Math.abs(length - known.get(pair)!)).toBeLessThan(0.03);
      }),
      { numRuns: 30 },
    );
  });

  it("a touch in a corner is no border", () => {
    const { links, parts } = surveyBlocks([rectangle("a", 0, 0, 100, 100), rectangle("b", 100, 100, 100, 100)], {
      coordinates: "metres",
    });
    expect(links).toEqual([]);
    expect(parts.length).toBe(2);
  });

  it("a block in the hole of another borders on it all around", () => {
    const hole = [
      [100, 100],
      [100, 200],
      [200, 200],
      [200, 100],
      [100, 100],
    ];
    const { blocks, links } = surveyBlocks(
      [rectangle("ring", 0, 0, 300, 300, hole), rectangle("court", 100, 100, 100, 100)],
      { coordinates: "metres" },
    );
    expect(blocks[0]).toMatchObject({ area: expect.closeTo(0.08, 9), perimeter: expect.closeTo(1.6, 9) });
    expect(links).toEqual([{ from: "ring", to: "court", length: expect.closeTo(0.4, 6) }]);
  });

  it("islands are parts of their own; several polygons are one block", () => {
    const mainland = outlines(3, 3);
    const isle: OutlinedBlock = {
      id: "isles",
      outline: {
        type: "MultiPolygon",
        coordinates: [rectangle("", 9000, 0, 50, 50), rectangle("", 9100, 0, 50, 50)].map(
          ({ outline }) => outline.coordinates as number[][][],
        ),
      },
    };
    const { blocks, parts } = surveyBlocks([...mainland, isle], { coordinates: "metres" });
    expect(parts.map((part) => part.length)).toEqual([9, 1]);
    expect(blocks.at(-1)).toMatchObject({ area: expect.closeTo(0.005, 9), perimeter: expect.closeTo(0.4, 9) });
  });

  it("degrees become kilometres", () => {
    const [lon, lat] = [122, 30];
    const block = (id: string, west: number) => rectangle(id, lon + west, lat, 0.01, 0.01);
    const { blocks, links } = surveyBlocks([block("a", 0), block("b", 0.01)]);
    const height = 1.11195;
    expect(links[0]!.length).toBeCloseTo(height, 3);
    expect(blocks[0]!.area).toBeCloseTo(height * height * Math.cos((30 * Math.PI) / 180), 2);
  });

  it("can be planned at once", async () => {
    const { blocks, links } = surveyBlocks(outlines(8, 8, 1, 3), { coordinates: "metres" });
    const { plans } = await planRegions(
      { blocks: blocks.map((block) => ({ ...block, workload: 10 })), links },
      { k: 4 },
    );
    expect(plans[0]).toMatchObject({ k: 4, contiguous: true, withinTolerance: true });
  });

  it("refuses outlines that are none", () => {
    expect(() => surveyBlocks([rectangle("flat", 0, 0, 10, 0)], { coordinates: "metres" })).toThrow(
      /flat encloses no area/,
    );
    expect(() => surveyBlocks([rectangle("lost", Number.NaN, 0, 10, 10)], { coordinates: "metres" })).toThrow(/lost/);
    expect(() =>
      surveyBlocks([rectangle("a", 0, 0, 9, 9), rectangle("a", 9, 0, 9, 9)], { coordinates: "metres" }),
    ).toThrow(/twice/);
  });

  it.skipIf(!oraclesAtHand)("finds the 5,882 known borders of 2,000 blocks", () => {
    const features = oracleJson("region_blocks/B2000.geojson").features as {
      properties: { id: number };
      geometry: { coordinates: number[][][] };
    }[];
    const blocks = features.map(({ properties, geometry }): OutlinedBlock => ({
      id: String(properties.id),
      outline: {
        type: "Polygon",
        coordinates: geometry.coordinates.map((ring) => ring.map(([x, y]) => [x! * km, y! * km])),
      },
    }));
    const found = lengths(surveyBlocks(blocks, { coordinates: "metres", snap: 0.1, least: 0.5 }).links);
    const known = lengths(blockCity("B2000").links);
    for (const [pair, length] of known) {
      if (length > 0.001) expect(Math.abs((found.get(pair) ?? 0) - length)).toBeLessThan(0.001);
      found.delete(pair);
    }
    expect([...found.keys()]).toEqual([]);
  });
});
