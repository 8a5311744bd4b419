import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { command } from "../../../apps/cli/src/commands/regions.ts";
import { brickTown, strips } from "./networks.ts";
import { verify } from "./verify.ts";

const town = brickTown(10, 8, 5);
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "regions-"));
  const nodes = town.blocks.map(
    (b) => `"${b.id}",${b.area},${b.perimeter},${b.households},${b.workload},${b.id < "b4" ? 1 : 2}`,
  );
  writeFileSync(at("nodes.csv"), ["id,area_km2,perimeter_km,pop,workload,community", ...nodes].join("\n"));
  writeFileSync(
    at("edges.csv"),
    ["i,j,shared_km", ...town.links.map((l) => `${l.from},${l.to},${l.length}`)].join("\r\n"),
  );
  writeFileSync(
    at("current.csv"),
    ["id,region", ...Object.entries(strips(town, 10, 5)).map((pair) => pair.join(","))].join("\n"),
  );
  writeFileSync(at("broken.csv"), ["id,workload", "a,1", "b,much"].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  const error = vi.spyOn(console, "error").mockImplementation((line: string) => void complained.push(line));
  const code = await command.run(args);
  log.mockRestore();
  error.mockRestore();
  return { code, said: said.join("\n"), complained: complained.join("\n") };
}
const files = () => ["--nodes", at("nodes.csv"), "--edges", at("edges.csv")];

describe("linge regions", () => {
  it("plan: JSON with a verified assignment, figures and seconds", async () => {
    const { code, said } = await run("plan", ...files(), "--k", "5", "--tolerance", "0.1", "--seed", "1", "--json");
    expect(code).toBe(0);
    const { plans, seconds } = JSON.parse(said);
    expect(seconds).toBeGreaterThan(0);
    const truth = verify(town, plans[0].assignment);
    expect(truth).toMatchObject({ k: 5, contiguous: true });
    expect(truth.maxDeviation).toBeLessThanOrEqual(0.1);
    expect(plans[0].cutKm).toBeCloseTo(truth.cutKm, 6);
  });

  it("plan --current: keeps names, says in words what moves", async () => {
    const { code, said } = await run(
      "plan",
      ...files(),
      "--k",
      "5",
      "--tolerance",
      "0.1",
      "--current",
      at("current.csv"),
      "--objective",
      "moves",
    );
    expect(code).toBe(0);
    expect(said).toMatch(/^moves: 5 grids, .* moves \d+ blocks, \d+ households/);
    expect(said).toMatch(/\nkeep: 5 grids/);
  });

  it("plan --hard-border: no grid lies in two communities", async () => {
    const { said } = await run(
      "plan",
      ...files(),
      "--k",
      "6",
      "--tolerance",
      "0.3",
      "--hard-border",
      "community",
      "--json",
    );
    const communities = new Map<number, Set<boolean>>();
    for (const [id, grid] of Object.entries(JSON.parse(said).plans[0].assignment as Record<string, number>))
      communities.set(grid, (communities.get(grid) ?? new Set()).add(id < "b4"));
    expect([...communities.values()].every((each) => each.size === 1)).toBe(true);
  });

  it("max-p: every grid above the threshold", async () => {
    const { code, said } = await run("max-p", ...files(), "--threshold", "1000", "--json");
    expect(code).toBe(0);
    expect(verify(town, JSON.parse(said).plans[0].assignment).leastLoad).toBeGreaterThanOrEqual(1000);
  });

  it("blocks: from polygons to the files that plan reads", async () => {
    const square = (x: number) => [
      [
        [x, 30],
        [x + 0.01, 30],
        [x + 0.01, 30.01],
        [x, 30.01],
        [x, 30],
      ],
    ];
    const features = [0, 1, 2, 3].map((at) => ({
      type: "Feature",
      properties: { code: `c${at}`, name: `North, ${at}`, workload: 10 },
      geometry: { type: "Polygon", coordinates: square(122 + at / 100) },
    }));
    writeFileSync(at("town.geojson"), JSON.stringify({ type: "FeatureCollection", features }));
    const made = ["--nodes", at("made-nodes.csv"), "--edges", at("made-edges.csv")];
    const measured = await run("blocks", "--polygons", at("town.geojson"), "--id", "code", ...made);
    expect(measured).toMatchObject({ code: 0, said: "4 blocks, 3 common borders" });
    const { said } = await run("plan", ...made, "--k", "2", "--json");
    expect(JSON.parse(said).plans[0]).toMatchObject({ k: 2, contiguous: true, maxDeviation: 0 });
    expect((await run("blocks", "--polygons", at("nodes.csv"), ...made)).complained).toMatch(/not GeoJSON/);
  });

  it("blocks --lines: communities cut along roads, ready to be planned", async () => {
    const square = (x: number) => [
      [
        [x, 0],
        [x + 800, 0],
        [x + 800, 800],
        [x, 800],
        [x, 0],
      ],
    ];
    const feature = (geometry: object, properties: object = {}) => ({ type: "Feature", properties, geometry });
    const collection = (features: object[]) => JSON.stringify({ type: "FeatureCollection", features });
    writeFileSync(
      at("communities.geojson"),
      collection(
        [0, 800].map((x, n) =>
          feature({ type: "Polygon", coordinates: square(x) }, { id: `33090300100${n}`, name: `社区,${n}` }),
        ),
      ),
    );
    writeFileSync(
      at("roads.geojson"),
      collection([
        feature({
          type: "LineString",
          coordinates: [
            [-5, 300],
            [1700, 300],
          ],
        }),
        feature({
          type: "MultiLineString",
          coordinates: [
            [
              [200, 0],
              [200, 900],
            ],
            [
              [1200, 10],
              [1200, 400],
            ],
          ],
        }),
        feature({
          type: "Polygon",
          coordinates: [
            [
              [500, 500],
              [600, 500],
              [600, 600],
              [500, 600],
              [500, 500],
            ],
          ],
        }),
      ]),
    );
    const made = ["--nodes", at("cut-nodes.csv"), "--edges", at("cut-edges.csv"), "--blocks", at("cut.geojson")];
    const metres = ["--coordinates", "metres", "--lines", at("roads.geojson")];
    expect((await run("blocks", "--polygons", at("communities.geojson"), ...metres, ...made)).code).toBe(0);
    const cut = JSON.parse(readFileSync(at("cut.geojson"), "utf8")).features;
    expect(cut.map((each: { properties: { area: string } }) => each.properties.area)).toEqual([
      ...Array.from({ length: 5 }, () => "330903001000"),
      ...Array.from({ length: 2 }, () => "330903001001"),
    ]);
    const plan = [
      "plan",
      ...made.slice(0, 4),
      "--workload",
      "area_km2",
      "--k",
      "3",
      "--tolerance",
      "1",
      "--hard-border",
      "area",
      "--json",
    ];
    const { said } = await run(...plan);
    expect(JSON.parse(said).plans[0]).toMatchObject({ k: 3, contiguous: true });
  });

  for (const [what, args, words] of [
    ["no action", () => [], /plan or max-p/],
    ["no files", () => ["plan", "--k", "3"], /--nodes/],
    [
      "a file that is not there",
      () => ["plan", "--nodes", at("none.csv"), "--edges", at("edges.csv"), "--k", "3"],
      /none\.csv/,
    ],
    [
      "a workload in words",
      () => ["plan", "--nodes", at("broken.csv"), "--edges", at("edges.csv"), "--k", "3"],
      /"much".*block b/,
    ],
    ["an unknown option", () => ["plan", ...files(), "--k", "3", "--fast"], /--fast/],
    ["an unknown objective", () => ["plan", ...files(), "--k", "3", "--objective", "beauty"], /compact, moves, pareto/],
    ["a column that is not there", () => ["plan", ...files(), "--k", "3", "--workload", "cases"], /no column cases/],
    ["k in words", () => ["plan", ...files(), "--k", "many"], /--k is "many"/],
    ["more grids than blocks", () => ["plan", ...files(), "--k", "1000"], /only 80/],
    ["an impossible tolerance", () => ["plan", ...files(), "--k", "60", "--tolerance", "0.01"], /block b\d-\d alone/],
  ] as [string, () => string[], RegExp][])
    it(`${what}: one clear line, exit code 2`, async () => {
      const { code, complained } = await run(...args());
      expect(code).toBe(2);
      expect(complained).toMatch(words);
      expect(complained.split("\n").length).toBe(1);
    });
});
