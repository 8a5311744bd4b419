import { describe, expect, it } from "vitest";
import { maxRegions, planRegions, type PlanOptions, type RegionInput } from "../src/index.ts";
import { brickTown } from "./networks.ts";

const town = () => brickTown(4, 4, 1);
const changed = (change: (input: RegionInput) => void): RegionInput => {
  const input = town();
  change(input);
  return input;
};

const refused: [string, string, RegionInput, PlanOptions][] = [
  ["no blocks", "no-blocks", { blocks: [], links: [] }, { k: 2 }],
  ["a block listed twice", "duplicate-block", changed((t) => t.blocks.push({ ...t.blocks[0]! })), { k: 2 }],
  ["a workload that is not a number", "bad-number", changed((t) => (t.blocks[3]!.workload = Number.NaN)), { k: 2 }],
  ["a negative workload", "bad-number", changed((t) => (t.blocks[3]!.workload = -1)), { k: 2 }],
  ["an area of zero", "bad-number", changed((t) => (t.blocks[3]!.area = 0)), { k: 2 }],
  ["an endless border", "bad-number", changed((t) => (t.links[0]!.length = Infinity)), { k: 2 }],
  ["a link to nowhere", "unknown-block", changed((t) => t.links.push({ from: "b0-0", to: "nowhere" })), { k: 2 }],
  ["a ferry to nowhere", "unknown-block", { ...town(), ferries: [{ from: "nowhere", to: "b0-0" }] }, { k: 2 }],
  ["a block linked to itself", "self-link", changed((t) => t.links.push({ from: "b0-0", to: "b0-0" })), { k: 2 }],
  [
    "a border of two lengths",
    "asymmetric-link",
    changed((t) => t.links.push({ from: t.links[0]!.to, to: t.links[0]!.from, length: 0.3 })),
    { k: 2 },
  ],
  ["borders longer than the perimeter", "short-perimeter", changed((t) => (t.blocks[5]!.perimeter = 1)), { k: 2 }],
  ["no workload anywhere", "no-workload", changed((t) => t.blocks.forEach((block) => (block.workload = 0))), { k: 2 }],
  ["more grids than blocks", "too-many-grids", town(), { k: 17 }],
  ["half a grid", "bad-option", town(), { k: 2.5 }],
  ["no grid", "bad-option", town(), { k: 0 }],
  ["neither a number nor ranges", "bad-option", town(), {}],
  ["a tolerance below zero", "bad-option", town(), { k: 2, tolerance: -0.1 }],
  ["a tolerance that is not a number", "bad-option", town(), { k: 2, tolerance: Number.NaN }],
  ["a time limit of nothing", "bad-option", town(), { k: 2, timeLimit: 0 }],
  ["ranges without the focus of a block", "bad-option", town(), { ranges: { key: { min: 1, max: 2 } } }],
  ["a range that runs down", "bad-option", town(), { ranges: { "": { min: 3, max: 2 } } }],
  ["few moves without a plan of today", "bad-option", town(), { k: 2, objective: "moves" }],
  ["a plan of today with holes", "incomplete-current", { ...town(), current: { "b0-0": "a" } }, { k: 2 }],
  ["a plan of today with strangers", "unknown-block", { ...town(), current: { stranger: "a" } }, { k: 2 }],
  ["more separate parts than grids", "too-many-parts", { ...town(), links: [] }, { k: 2 }],
];

describe("bad input is refused with a code and a sentence", () => {
  for (const [what, code, input, options] of refused)
    it(what, async () => {
      await expect(planRegions(input, options)).rejects.toMatchObject({
        name: "RegionInputError",
        code,
        message: expect.stringMatching(/\w+ \w+/),
      });
    });

  it("a threshold that is not a number", async () => {
    await expect(maxRegions(town(), { threshold: Number.NaN })).rejects.toMatchObject({ code: "bad-option" });
  });
});

describe("what is odd but possible is planned", () => {
  it("some blocks without workload", async () => {
    const input = changed((t) => t.blocks.slice(0, 5).forEach((block) => (block.workload = 0)));
    const { plans, obstacle } = await planRegions(input, { k: 2, tolerance: 0.3 });
    expect(obstacle).toBeNull();
    expect(plans[0]!.contiguous).toBe(true);
  });

  it("borders listed from both sides alike", async () => {
    const input = changed((t) =>
      t.links.push(...t.links.map(({ from, to, length }) => ({ from: to, to: from, length: length! }))),
    );
    expect((await planRegions(input, { k: 3, tolerance: 0.3 })).plans).toEqual(
      (await planRegions(town(), { k: 3, tolerance: 0.3 })).plans,
    );
  });

  it("as many grids as blocks, and one grid for all", async () => {
    const input = changed((t) => t.blocks.forEach((block) => (block.workload = 5)));
    expect((await planRegions(input, { k: 16 })).plans[0]).toMatchObject({ k: 16, contiguous: true, maxDeviation: 0 });
    expect((await planRegions(input, { k: 1 })).plans[0]).toMatchObject({ k: 1, contiguous: true, cutKm: 0 });
  });

  it("no areas, no lengths: the number of cut links counts", async () => {
    const input = town();
    const bare = {
      blocks: input.blocks.map(({ id, workload }) => ({ id, workload })),
      links: input.links.map(({ from, to }) => ({ from, to })),
    };
    const { plans } = await planRegions(bare, { k: 2, tolerance: 0.3 });
    expect(plans[0]!.meanPolsbyPopper).toBeNull();
    expect(Number.isInteger(plans[0]!.cutKm)).toBe(true);
  });
});

describe("a tolerance that cannot be met names the obstacle beside the nearest plan", () => {
  it("a block heavier than a grid may be", async () => {
    const input = changed((t) => (t.blocks[7]!.workload = 5000));
    const { plans, obstacle } = await planRegions(input, { k: 4 });
    expect(obstacle).toMatchObject({ code: "heavy-block", proven: true, blocks: [input.blocks[7]!.id] });
    expect(obstacle!.message).toContain(`block ${input.blocks[7]!.id} `);
    expect(plans[0]).toMatchObject({ withinTolerance: false, contiguous: true, k: 4 });
  });

  it("an area behind a hard border that fits no whole number of grids", async () => {
    const input = changed((t) => t.blocks.forEach((block, at) => (block.hardBorder = at < 3 ? "old town" : "rest")));
    const { obstacle } = await planRegions(input, { k: 3, tolerance: 0.05 });
    expect(obstacle).toMatchObject({ code: "part", proven: true });
    expect(obstacle!.message).toContain("old town");
  });
});
