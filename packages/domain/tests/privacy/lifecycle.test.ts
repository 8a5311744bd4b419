import { describe, expect, it } from "vitest";
import { seedCalendar } from "../../src/calendar/seed.ts";
import { holdProblem } from "../../src/privacy/hold.ts";
import { decisionProblem, requestDue, requestProblem, type DataRequest } from "../../src/privacy/request.ts";
import {
  keptUntil,
  mayRemove,
  retentionKeys,
  retentionProblem,
  retentionRules,
  seedRetention,
  type RetentionRun,
} from "../../src/privacy/retention.ts";

const now = Date.parse("2026-11-23T02:00:00Z");
const day = 86_400_000;

describe("the retention table", () => {
  it.each([
    ["caseIdentity", 365],
    ["caseFile", 3650],
    ["emergencyData", 30],
    ["visitNotes", 365],
    ["chatExtracts", 90],
    ["residentProfile", 90],
    ["ratingLink", 180],
    ["accessRecords", 1095],
  ] as const)("keeps %s for %d days, as the design says", (key, days) => {
    expect(seedRetention[key]).toBe(days);
    expect(keptUntil(seedRetention, key, now)).toBe(new Date(now - days * day).toISOString());
  });

  it("can be used as it comes, shortened within bounds, and never stretched", () => {
    expect(retentionProblem(seedRetention)).toBeUndefined();
    for (const key of retentionKeys) {
      const { least, most } = retentionRules[key];
      expect(retentionProblem({ ...seedRetention, [key]: least })).toBeUndefined();
      expect(retentionProblem({ ...seedRetention, [key]: least - 1 })?.params.field).toBe(key);
      expect(retentionProblem({ ...seedRetention, [key]: most + 1 })?.params.field).toBe(key);
      expect(retentionProblem({ ...seedRetention, [key]: 1.5 * most + 0.5 })?.params.field).toBe(key);
    }
  });
});

describe("removing", () => {
  const run = (change: Partial<RetentionRun>): RetentionRun => ({
    id: "1",
    dry: true,
    tableVersion: 2,
    startedAt: new Date(now - 60_000).toISOString(),
    finishedAt: new Date(now - 60_000).toISOString(),
    counts: {},
    held: {},
    ...change,
  });
  const old = new Date(now - 2 * day).toISOString();
  it.each<[string, RetentionRun[], boolean, boolean]>([
    ["nobody looked: not allowed", [], false, false],
    ["a dry run of today: allowed", [run({})], false, true],
    ["a dry run of the day before yesterday: look again", [run({ finishedAt: old })], false, false],
    ["a dry run under another table: look again", [run({ tableVersion: 1 })], false, false],
    ["a dry run that did not finish: look again", [run({ finishedAt: undefined })], false, false],
    ["a removal that broke off goes on", [run({ dry: false, finishedAt: undefined })], false, true],
    ["but not under another table", [run({ dry: false, finishedAt: undefined, tableVersion: 1 })], false, false],
    ["at night, a dry run alone is not enough", [run({})], true, false],
    ["at night, once a person has carried out this table: allowed", [run({ dry: false, finishedAt: old })], true, true],
    ["at night, a person carried out another table: not allowed", [run({ dry: false, tableVersion: 1 })], true, false],
  ])("%s", (_, past, nightly, allowed) => {
    expect(mayRemove(past, 2, now, nightly)?.code).toBe(allowed ? undefined : "dryRunFirst");
  });
});

describe("a legal hold", () => {
  const until = new Date(now + 30 * day).toISOString();
  it("says why, on what basis and until when", () => {
    expect(holdProblem({ reason: "法院调查", basis: "（2026）浙09号", until }, now)).toBeUndefined();
    expect(holdProblem({ reason: " ", basis: "x1", until }, now)?.code).toBe("reasonNeeded");
    expect(holdProblem({ reason: "法院调查", basis: "", until }, now)?.code).toBe("reasonNeeded");
    expect(holdProblem({ reason: "法院调查", basis: "x1", until: "2026-11-22T00:00:00Z" }, now)?.code).toBe(
      "invalidInput",
    );
    expect(holdProblem({ reason: "法院调查", basis: "x1", until: "2030-01-01T00:00:00Z" }, now)?.code).toBe(
      "invalidInput",
    );
    expect(holdProblem({ reason: "法院调查", basis: "x1", until: "soon" }, now)?.code).toBe("invalidInput");
  });
});

describe("a request about own data", () => {
  it("is answered within fifteen working days", () => {
    expect(requestDue(now, 15, seedCalendar)).toBe("2026-12-14T09:30:00.000Z");
  });
  it("says what is wanted, and is not made twice while it is open", () => {
    expect(requestProblem({ kind: "correction", text: "", open: [] })?.code).toBe("reasonNeeded");
    expect(requestProblem({ kind: "access", text: "", open: [] })).toBeUndefined();
    const open = [{ kind: "deletion" as const, caseId: "a" }];
    expect(requestProblem({ kind: "deletion", text: "请删", open, caseId: "a" })?.code).toBe("requestOpen");
    expect(requestProblem({ kind: "deletion", text: "请删", open, caseId: "b" })).toBeUndefined();
  });
  it("is decided once, and a refusal says why", () => {
    const request = { decided: undefined } as DataRequest;
    expect(decisionProblem(request, "granted", "")).toBeUndefined();
    expect(decisionProblem(request, "declined", "")?.code).toBe("reasonNeeded");
    expect(decisionProblem(request, "partly", "只改了电话")).toBeUndefined();
    const decided = { outcome: "granted" as const, answer: "", by: "x", at: "2026-11-23T02:00:00Z" };
    expect(decisionProblem({ ...request, decided }, "granted", "")?.code).toBe("alreadyDecided");
  });
});
