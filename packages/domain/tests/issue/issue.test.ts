import { describe, expect, it } from "vitest";
import type { Actor } from "../../src/access/scope.ts";
import { allowedSteps, decideIssue, type IssueCommand, type IssueContext } from "../../src/issue/decideIssue.ts";
import { daysLate, type RecurringIssue } from "../../src/issue/recurringIssue.ts";

let made = 0;
const who = (role: "dispatcher" | "checker" | "unitHandler" | "gridWorker", unitId?: string): Actor => ({
  id: `${role} ${unitId ?? ""}`,
  kind: "staff",
  grants: [unitId ? { role, unitId } : { role, area: "330900000000" }],
});
const desk = who("dispatcher");
const owner = who("unitHandler", "water");
const helper = who("unitHandler", "roads");
const context = (actor: Actor): IssueContext => ({
  actor,
  now: "2026-11-23T02:00:00.000Z",
  newId: () => `id-${(made += 1)}`,
  hasUnit: (id) => ["water", "roads"].includes(id),
  hasArea: (code) => code.startsWith("3309"),
  hasStream: (id) => id.startsWith("facilities"),
});
const opening: IssueCommand = {
  type: "openIssue",
  title: "老旧水管反复爆裂",
  streamId: "facilities.waterSupply",
  areaCodes: ["330903001009"],
  ownerUnit: "water",
  dueOn: "2026-12-23",
  why: "三年修了七次",
  published: true,
};
const plan: IssueCommand = {
  type: "planIssue",
  plan: "换两公里老管",
  responsibilities: [
    { unitId: "water", what: "换管", dueOn: "2026-12-10" },
    { unitId: "roads", what: "恢复路面", dueOn: "2026-12-15" },
  ],
};

function take(issue: RecurringIssue | null, actor: Actor, command: IssueCommand) {
  const decided = decideIssue(issue, command, context(actor));
  if (!decided.ok) throw new Error(decided.error.code);
  return decided;
}
const refusal = (issue: RecurringIssue | null, actor: Actor, command: IssueCommand): string | undefined => {
  const decided = decideIssue(issue, command, context(actor));
  return decided.ok ? undefined : decided.error.code;
};
const opened = () => take(null, desk, opening).issue;
const planned = () => take(opened(), owner, plan).issue;
const note = "好了";
const done = (issue: RecurringIssue, actor: Actor, at: number) =>
  take(issue, actor, { type: "reportProgress", responsibilityId: issue.responsibilities[at]!.id, note }).issue;
const submitted = () => take(done(done(planned(), owner, 0), helper, 1), owner, { type: "submitIssue", note }).issue;

describe("a problem of the month", () => {
  it("is opened with an owner and a date, planned, done part by part, submitted, and settled by somebody outside", () => {
    expect(opened()).toMatchObject({ state: "proposed", month: "2026-12", version: 1 });
    expect(planned()).toMatchObject({ state: "planned", version: 2 });
    expect(submitted()).toMatchObject({ state: "checking" });
    const settled = take(submitted(), who("checker"), { type: "checkIssue", passed: true, note: "看过了" });
    expect(settled.issue).toMatchObject({ state: "settled", result: "看过了", settledAt: "2026-11-23T02:00:00.000Z" });
    expect(settled.facts).toMatchObject([{ kind: "issue.settled", data: { ownerUnit: "water" } }]);
  });

  it("goes back when the check is not passed, and keeps what was done when it is planned again", () => {
    const back = take(submitted(), who("checker"), { type: "checkIssue", passed: false, note: "还在漏" }).issue;
    expect(back.state).toBe("underway");
    const again = take(back, owner, { ...plan, responsibilities: [] } as IssueCommand).issue;
    expect(again.responsibilities.map(({ what }) => what)).toEqual(["换管", "恢复路面"]);
  });

  it.each([
    [
      "the owner checks itself",
      () => refusal(submitted(), owner, { type: "checkIssue", passed: true, note }),
      "sameUnit",
    ],
    ["a grid worker opens one", () => refusal(null, who("gridWorker"), opening), "notAllowed"],
    ["another unit plans", () => refusal(opened(), helper, plan), "outOfScope"],
    ["a part is open", () => refusal(planned(), owner, { type: "submitIssue", note }), "partsOpen"],
    [
      "it is not in checking",
      () => refusal(planned(), who("checker"), { type: "checkIssue", passed: true, note }),
      "issueNotNow",
    ],
    ["the unit is unknown", () => refusal(null, desk, { ...opening, ownerUnit: "x" } as IssueCommand), "unknownUnit"],
    ["the area is unknown", () => refusal(null, desk, { ...opening, areaCodes: ["1"] } as IssueCommand), "unknownArea"],
    ["the date is past", () => refusal(null, desk, { ...opening, dueOn: "2026-01-01" } as IssueCommand), "notLater"],
    ["it is public already", () => refusal(opened(), desk, { type: "publishIssue" }), "alreadyDecided"],
    ["there is none", () => refusal(null, desk, { type: "publishIssue" }), "notFound"],
  ])("refuses when %s", (_, refused, code) => {
    expect(refused()).toBe(code);
  });

  it("leaves facts for the public log only when it is public", () => {
    const quiet = take(null, desk, { ...opening, published: false } as IssueCommand);
    expect(quiet.facts).toEqual([]);
    const shown = take(quiet.issue, desk, { type: "publishIssue" });
    expect(shown.facts).toMatchObject([{ kind: "issue.opened", data: { text: "老旧水管反复爆裂" } }]);
    expect(take(opened(), desk, { type: "dropIssue", reason: "并入旧城改造" }).facts).toMatchObject([
      { kind: "issue.dropped" },
    ]);
  });

  it("tells each what he may do now, and what is late", () => {
    expect(allowedSteps(planned(), owner)).toEqual(["planIssue", "reportProgress", "submitIssue"]);
    expect(allowedSteps(planned(), helper)).toEqual(["reportProgress"]);
    expect(allowedSteps(submitted(), who("checker"))).toEqual(["checkIssue"]);
    expect(allowedSteps(opened(), who("gridWorker"))).toEqual([]);
    expect(take(opened(), desk, { type: "handOverIssue", ownerUnit: "roads", reason: "路在先" }).issue.ownerUnit).toBe(
      "roads",
    );
    expect([daysLate("2026-11-20", "2026-11-23"), daysLate("2026-11-23", "2026-11-23")]).toEqual([3, 0]);
  });
});
