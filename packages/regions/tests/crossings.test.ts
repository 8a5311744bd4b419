import { describe, expect, it } from "vitest";
import { findCrossings } from "../src/index.ts";

describe("crossings between parts that do not touch", () => {
  const blocks = [
    { id: "a", at: [0, 0] as const },
    { id: "b", at: [1, 0] as const },
    { id: "near", at: [3, 0] as const },
    { id: "far", at: [9, 0] as const },
  ];
  it("are the shortest that join everything, one for each island", () => {
    expect(findCrossings(blocks, [{ from: "a", to: "b" }])).toEqual([
      { from: "b", to: "near" },
      { from: "near", to: "far" },
    ]);
  });
  it("never leave an area, and nothing is joined twice", () => {
    const areas = blocks.map((block, at) => ({ ...block, hardBorder: at < 3 ? "one" : "two" }));
    expect(findCrossings(areas, [{ from: "a", to: "b" }])).toEqual([{ from: "b", to: "near" }]);
    expect(findCrossings(areas.slice(0, 2), [{ from: "a", to: "b" }])).toEqual([]);
  });
});
