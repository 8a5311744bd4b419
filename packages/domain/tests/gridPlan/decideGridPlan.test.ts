import { describe, expect, it } from "vitest";
import { decideGridPlan } from "../../src/gridPlan/decideGridPlan.ts";
import type { GridPlan, GridPlanCommand } from "../../src/gridPlan/gridPlan.ts";

const plan = (change: Partial<GridPlan> = {}): GridPlan => ({
  id: "p",
  area: "330903001000",
  name: "减网格",
  state: "draft",
  assignment: {},
  ...change,
});
const shared = plan({ state: "shared", commentsUntil: "2026-11-30" });

describe("steps of a grid plan", () => {
  for (const [what, before, command, comments, expected] of [
    ["is announced with a last day for comments", plan(), { type: "sharePlan", until: "2026-12-07" }, 0, "shared"],
    [
      "is not announced with a day in the past",
      plan(),
      { type: "sharePlan", until: "2026-11-22" },
      0,
      "commentDayOutOfRange",
    ],
    ["is not announced for a year", plan(), { type: "sharePlan", until: "2027-11-22" }, 0, "commentDayOutOfRange"],
    ["is announced once", shared, { type: "sharePlan", until: "2026-12-07" }, 0, "planStateChanged"],
    ["is not adopted unannounced", plan(), { type: "adoptPlan", from: "2026-12-01" }, 0, "planNotShared"],
    ["does not begin while comments are open", shared, { type: "adoptPlan", from: "2026-11-30" }, 0, "planTooEarly"],
    ["begins the day after", shared, { type: "adoptPlan", from: "2026-12-01" }, 0, "decided"],
    [
      "is not adopted over comments without an answer",
      shared,
      { type: "adoptPlan", from: "2026-12-01", answer: " " },
      3,
      "commentsUnanswered",
    ],
    [
      "is adopted with an answer",
      shared,
      { type: "adoptPlan", from: "2026-12-01", answer: "东边两格不并" },
      3,
      "decided",
    ],
    [
      "is adopted once",
      { ...shared, state: "adopted" },
      { type: "adoptPlan", from: "2026-12-01" },
      0,
      "planStateChanged",
    ],
    [
      "may be withdrawn before its day",
      { ...shared, state: "decided" },
      { type: "withdrawPlan", reason: "再议" },
      0,
      "withdrawn",
    ],
    [
      "stays once it is in force",
      { ...shared, state: "adopted" },
      { type: "withdrawPlan", reason: "再议" },
      0,
      "planStateChanged",
    ],
  ] as [string, GridPlan, GridPlanCommand, number, string][])
    it(what, () => {
      const decided = decideGridPlan(before, command, { today: "2026-11-23", comments });
      expect(decided.ok ? decided.plan.state : decided.error.code).toBe(expected);
    });

  it("that was late in being decided begins today at the earliest", () => {
    const decided = decideGridPlan(
      shared,
      { type: "adoptPlan", from: "2026-12-05" },
      { today: "2026-12-10", comments: 0 },
    );
    expect(decided).toMatchObject({ ok: false, error: { code: "planTooEarly", params: { day: "2026-12-10" } } });
  });
});
