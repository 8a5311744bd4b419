import { describe, expect, it } from "vitest";
import { reportLoads } from "../src/scope/report.ts";
import { inScope, mayStayUntil, scopeKey, type Scope } from "../src/scope/scope.ts";
import { noon } from "./support.ts";

const scope: Scope = {
  worker: "hai",
  cap: 100,
  reaches: [
    { area: "330903001001001", confidential: false, endedDays: 14 },
    { unitId: "water", confidential: true, endedDays: 30 },
  ],
};
const place = (change = {}) => ({ areaCode: "330903001001001", unitIds: [], confidential: false, ...change });
const daysAgo = (days: number) => new Date(noon - days * 86_400_000).toISOString();

describe("what a phone may hold", () => {
  it.each([
    ["open work of his grid", place(), true],
    ["work of another grid", place({ areaCode: "330903001001002" }), false],
    ["work of his unit, wherever it is", place({ areaCode: "330922", unitIds: ["water"] }), true],
    ["what is confidential, by his grid", place({ confidential: true }), false],
    ["what is confidential, by his unit", place({ confidential: true, unitIds: ["water"] }), true],
    ["what ended last week", place({ endedAt: daysAgo(7) }), true],
    ["what ended last month", place({ endedAt: daysAgo(20) }), false],
    ["what ended last month in his unit", place({ endedAt: daysAgo(20), unitIds: ["water"] }), true],
  ])("%s: %#", (_what, row, may) => expect(inScope(scope, row, noon)).toBe(may));

  it("says until when ended work stays", () => {
    expect(mayStayUntil(scope, place({ endedAt: daysAgo(7) }))).toBe(daysAgo(-7));
    expect(mayStayUntil(scope, place())).toBeUndefined();
    expect(mayStayUntil(scope, place({ areaCode: "33" }))).toBeNull();
  });

  it("is another scope when a right, the cap or the protocol is another, and the same in another order", () => {
    const turned = { ...scope, reaches: scope.reaches.toReversed() };
    expect(scopeKey(turned, 0)).toBe(scopeKey(scope, 0));
    expect(scopeKey({ ...scope, cap: 99 }, 0)).not.toBe(scopeKey(scope, 0));
    expect(scopeKey(scope, 1)).not.toBe(scopeKey(scope, 0));
    expect(scopeKey({ ...scope, reaches: scope.reaches.slice(1) }, 0)).not.toBe(scopeKey(scope, 0));
  });
});

it("names who comes near the cap, the fullest first", () => {
  const load = (worker: string, records: number) => ({ worker, name: worker, records, held: 0 });
  const lines = reportLoads([load("a", 10), load("b", 85), load("c", 120)], 100);
  expect(lines.map(({ worker, standing }) => [worker, standing])).toEqual([
    ["c", "over"],
    ["b", "near"],
    ["a", "fine"],
  ]);
});
