import fc from "fast-check";
import { expect, it } from "vitest";
import { seedCalendar } from "../../src/calendar/seed.ts";
import { seedCategories } from "../../src/category/seed.ts";
import type { Actor } from "../../src/access/scope.ts";
import type { CaseCommand, FollowingCommand } from "../../src/case/command.ts";
import { allowedCommands, decideCase } from "../../src/case/decide.ts";
import { caseNumber } from "../../src/case/number.ts";
import { permissions } from "../../src/case/permission.ts";
import { standingOrders, type CaseRecord } from "../../src/case/record.ts";
import { caseStates, isEnded } from "../../src/case/state.ts";
import type { CaseContext } from "../../src/case/step.ts";
import { explain } from "../../src/error/catalogue.ts";

const categories = new Map(seedCategories.map((category) => [category.id, category]));
const units = ["works", "water"];
const area = "330903000000";

const actors: Actor[] = [
  {
    id: "dispatcher",
    kind: "staff",
    grants: [
      { role: "dispatcher", area },
      { role: "filingOfficer", area },
    ],
  },
  { id: "works", kind: "staff", grants: [{ role: "unitHandler", unitId: "works" }] },
  {
    id: "water",
    kind: "staff",
    grants: [
      { role: "unitHandler", unitId: "water" },
      { role: "dispatcher", area },
    ],
  },
  { id: "checker", kind: "staff", grants: [{ role: "checker", area }] },
  { id: "grid", kind: "staff", grants: [{ role: "gridWorker", area }] },
  { id: "far", kind: "staff", grants: [{ role: "dispatcher", area: "330922000000" }] },
  { id: "link:case", kind: "anonymous", grants: [] },
];

function contextAt(now: number, actor: Actor): CaseContext {
  let made = 0;
  return {
    now: new Date(now).toISOString(),
    actor,
    category: (id) => categories.get(id),
    hasUnit: (id) => units.includes(id),
    calendarOf: () => seedCalendar,
    newId: () => `id-${now}-${(made += 1)}`,
    newNumber: () => caseNumber(now),
    related: neighbours,
  };
}

const reason = "因为";
/** The case beside this one that it may be merged into. */
const neighbours: CaseRecord[] = [];
neighbours.push({ ...opened(Date.parse("2026-11-20T02:00:00Z")), id: "other" });

/** A plausible command of a type for this case; orders and calls are those that the case has. */
function commandOf(type: FollowingCommand["type"], record: CaseRecord, yes: boolean): FollowingCommand {
  const orderId = record.orders.at(-1)?.id ?? "none";
  const base = { id: "c", caseId: record.id };
  const extra: Record<string, unknown> = {
    note: reason,
    reason,
    channel: "12345",
    lead: yes ? "works" : "water",
    assist: yes ? ["water"] : [],
    unitId: "water",
    answer: "好了",
    upheld: yes,
    granted: yes,
    passed: yes,
    confirmed: yes,
    resolved: yes,
    satisfaction: yes ? 5 : 1,
    until: "2027-06-01T00:00:00Z",
    categoryId: yes ? "traffic.parking" : "publicService.conduct",
    text: "内容",
    place: { unknown: true },
    areaCode: area,
    parentId: "other",
    newCaseId: "part",
    units: ["water"],
    meetAt: "2026-12-01T00:00:00Z",
    callId: record.whistleCalls[0]?.id ?? "none",
    coming: yes,
  };
  const decides = type.startsWith("decide") && type !== "decideReopening";
  return { ...base, type, ...extra, ...(decides && { orderId }) } as unknown as FollowingCommand;
}

const types = Object.keys(permissions) as FollowingCommand["type"][];
const steps = fc.array(
  fc.record({
    type: fc.constantFrom(...types),
    actor: fc.constantFrom(...actors),
    yes: fc.boolean(),
    wait: fc.integer({ min: 0, max: 4 * 86_400_000 }),
  }),
  { maxLength: 60 },
);

function opened(now: number): CaseRecord {
  const report: CaseCommand = {
    id: "r",
    caseId: "case",
    type: "report",
    kind: "help",
    categoryId: "facilities.streetLights",
    text: "灯灭了",
    place: { unknown: true },
    areaCode: area,
    channel: "portal",
    reporter: { phone: "13800001234", wantsContact: true },
  };
  const decided = decideCase(null, report, contextAt(now, actors[6]!));
  if (!decided.ok) throw new Error(decided.error.code);
  return decided.record;
}

/** What must hold of a case whatever happened to it. */
function expectPossible(record: CaseRecord): void {
  const standing = standingOrders(record);
  expect(caseStates).toContain(record.state);
  expect(standing.filter((order) => order.part === "lead").length).toBeLessThanOrEqual(1);
  if (["dispatched", "accepted", "handling"].includes(record.state))
    expect(standing.some((order) => order.part === "lead")).toBe(true);
  if (record.state === "responded") expect(standing.every((order) => order.respondedAt)).toBe(true);
  if (record.state === "closed" || record.state === "followedUp") expect(record.closedAt).toBeDefined();
  if (isEnded(record.state)) expect(record.clock.pausedSince).toBeUndefined();
  if (record.visibility !== "public") expect(record.published).toBe(false);
  expect(record.clock.pausedMs).toBeGreaterThanOrEqual(0);
  expect(Number.isNaN(Date.parse(record.dueAt))).toBe(false);
}

it("no sequence of commands reaches an impossible state, and every refusal says what is possible", () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      let now = Date.parse("2026-11-23T02:00:00Z");
      let record = opened(now);
      for (const { type, actor, yes, wait } of sequence) {
        now += wait;
        const before = JSON.stringify(record);
        const context = contextAt(now, actor);
        const outcome = decideCase(record, commandOf(type, record, yes), context);
        expect(JSON.stringify(record)).toBe(before);
        const permission = allowedCommands(record, actor).find((each) => each.type === type);
        if (outcome.ok) {
          expect(permission?.allowed).toBe(true);
          expect(outcome.record.version).toBe(record.version + 1);
          expect(outcome.events.length).toBeGreaterThan(0);
          for (const touched of outcome.others) expectPossible(touched);
          if (type === "removeIdentity") expect(JSON.stringify(outcome.record)).not.toContain("灯灭了");
          expectPossible(outcome.record);
          record = outcome.record;
        } else {
          expect(explain(outcome.error, "zh").length).toBeGreaterThan(3);
          expect(outcome.error.params.state).toBe(record.state);
          expect(outcome.error.params.possible).not.toContain(type);
        }
      }
    }),
    { numRuns: 1500 },
  );
});

it("nobody of a unit ever judges the unit's own work", () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      let now = Date.parse("2026-11-23T02:00:00Z");
      let record = opened(now);
      for (const { type, actor, yes, wait } of sequence) {
        now += wait;
        const inside = standingOrders(record).some((order) => order.unitId === actor.grants[0]?.unitId);
        const outcome = decideCase(record, commandOf(type, record, yes), contextAt(now, actor));
        if (!outcome.ok) continue;
        if (permissions[type].outside) expect(inside).toBe(false);
        record = outcome.record;
      }
    }),
    { numRuns: 500 },
  );
});
