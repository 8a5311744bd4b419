import { retentionRules } from "@linge/domain/privacy/retention.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { dispatched, give, signedIn, useHouse, visitor } from "../support/house.ts";
import { breaches, theFiveKinds, type Surface } from "./detect.ts";
import { surfaceOf } from "./surface.ts";

const made = useHouse();
let surface: Surface;

/** Names that look like a refusal and are none; each says why. One that is no longer needed fails. */
const explained: Record<string, string> = {
  "field PUT /api/insight/residents residents": "how many people live in an area, so that a count becomes a rate",
  "taxonomy health.chronic":
    "help that somebody asks for himself (medicine for a chronic illness), no label on anybody",
};

beforeAll(async () => {
  surface = await surfaceOf(made);
});

describe("what the house must never become (mission.md)", () => {
  it("is looked for in all of it", () => {
    expect(surface.columns.length).toBeGreaterThan(300);
    expect(surface.properties.length).toBeGreaterThan(100);
    expect(surface.routes.length).toBeGreaterThan(80);
    expect(surface.taxonomy.length).toBeGreaterThan(100);
    expect(surface.caseKinds.toSorted()).toEqual(theFiveKinds);
  });

  it("is nowhere in schema, API, taxonomy or rights", () => {
    const found = breaches(surface);
    const unexplained = found.filter(({ where }) => !(where in explained));
    expect(
      unexplained.map(({ refusal, where }) => `${refusal}: ${where}`),
      "mission.md refuses this. Do without it; or, where the name only sounds like it, rename it or explain it in tests/refusals/house.test.ts",
    ).toEqual([]);
    expect(Object.keys(explained).filter((where) => !found.some((breach) => breach.where === where))).toEqual([]);
  });

  it("fails as soon as somebody adds it to the real house", () => {
    const columns = [
      ...surface.columns,
      { table: "residents", column: "risk_score", type: "integer", hasDefault: false },
    ];
    expect(breaches({ ...surface, columns }).length).toBe(breaches(surface).length + 1);
  });
});

describe("silence", () => {
  it("is never counted as satisfaction: a case that nobody rated is in no verdict", async () => {
    const filed = await dispatched(made);
    const [unit, checker] = [await signedIn(made, "330903-publicWorks"), await signedIn(made, "checker")];
    await give(unit, filed.id, { type: "accept" });
    await give(unit, filed.id, { type: "contact", note: "打过" });
    await give(unit, filed.id, { type: "respond", answer: "换好了" });
    await give(checker, filed.id, { type: "check", passed: true, note: "看过" });
    made.clock.now += 40 * 86_400_000;
    const from = new Date(made.clock.now - 60 * 86_400_000).toISOString();
    const { body } = await visitor(made).get(
      `/api/public/figures?from=${from}&to=${new Date(made.clock.now).toISOString()}`,
    );
    expect(body.units).toMatchObject([{ due: 1, answered: 0, resolved: 0, satisfied: 0 }]);
  });
});

describe("needs of an emergency", () => {
  it("may not outlive it by more than thirty days, whatever a city sets", () => {
    expect(retentionRules.emergencyData.most).toBeLessThanOrEqual(30);
  });
});
