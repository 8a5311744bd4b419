import { seedCalendar } from "../../src/calendar/seed.ts";
import { seedCategories } from "../../src/category/seed.ts";
import type { Actor } from "../../src/access/scope.ts";
import type { CaseCommand, FollowingCommand } from "../../src/case/command.ts";
import { decideCase, type Refused } from "../../src/case/decide.ts";
import type { Decided } from "../../src/case/event.ts";
import { caseNumber } from "../../src/case/number.ts";
import { unfinishedOrders, type CaseRecord } from "../../src/case/record.ts";
import type { CaseContext } from "../../src/case/step.ts";

const categories = new Map(seedCategories.map((category) => [category.id, category]));
export const units = ["works", "water"];
const area = "330903000000";

export const actors: Actor[] = [
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
  { id: "clerk", kind: "staff", grants: [{ role: "intakeClerk", area }] },
  { id: "grid", kind: "staff", grants: [{ role: "gridWorker", area }] },
  { id: "privacy", kind: "staff", grants: [{ role: "privacyOfficer", area }] },
  { id: "far", kind: "staff", grants: [{ role: "dispatcher", area: "330922000000" }] },
  { id: "system", kind: "system", grants: [] },
  { id: "link", kind: "anonymous", grants: [] },
];

/** A few cases that may be merged into each other, split, closed together; and the time that passes. */
export type World = { now: number; cases: Map<string, CaseRecord>; made: number };
export const ids = ["lamp", "lampAgain", "pipe"];

function contextOf(world: World, actor: Actor): CaseContext {
  return {
    now: new Date(world.now).toISOString(),
    actor,
    category: (id) => categories.get(id),
    hasUnit: (id) => units.includes(id),
    calendarOf: () => seedCalendar,
    route: () => ({ lead: "works", assist: [], because: [], rulesVersion: 1 }),
    newId: () => `id-${(world.made += 1)}`,
    newNumber: () => caseNumber((world.made += 1) * 7919),
    related: [...world.cases.values()],
  };
}

/** A world in which three people reported, one of whom is told by a call. */
export function newWorld(): World {
  const world: World = { now: Date.parse("2026-11-23T02:00:00Z"), cases: new Map(), made: 0 };
  for (const [i, caseId] of ids.entries()) {
    const report: CaseCommand = {
      id: `report-${caseId}`,
      caseId,
      type: "report",
      kind: "help",
      categoryId: "facilities.streetLights",
      text: "灯灭了",
      place: { unknown: true },
      areaCode: area,
      channel: "portal",
      reporter: { phone: "13800001234", wantsContact: true, reach: i === 1 ? "call" : "message" },
    };
    const decided = decideCase(null, report, contextOf(world, { id: "x", kind: "anonymous", grants: [] }));
    if (!decided.ok) throw new Error(decided.error.code);
    world.cases.set(caseId, decided.record);
  }
  return world;
}

const reason = "因为";

/** A plausible command of a type for this case; orders, calls and parents are those that there are. */
export function commandOf(type: FollowingCommand["type"], record: CaseRecord, choice: number): FollowingCommand {
  const yes = choice % 2 === 0;
  const orders = record.orders.length ? record.orders : [{ id: "none" }];
  const asked = record.orders.find((order) =>
    [order.objection, order.extension, order.suspension].some((petition) => petition && !petition.decided),
  );
  const orderId = (asked ?? orders[choice % orders.length]!).id;
  const call = record.whistleCalls.at(-1);
  const extra: Record<string, unknown> = {
    note: reason,
    reason,
    how: "call",
    channel: "12345",
    lead: yes ? "works" : "water",
    assist: choice % 3 === 0 ? ["water"] : [],
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
    parentId: ids[choice % ids.length],
    newCaseId: `part-${choice}-${record.version}`,
    units: ["water"],
    meetAt: "2026-12-01T00:00:00Z",
    callId: call?.id ?? "none",
    coming: yes,
  };
  const names = type.startsWith("decide") && type !== "decideReopening";
  return { id: "c", caseId: record.id, type, ...extra, ...(names && { orderId }) } as unknown as FollowingCommand;
}

/** Whoever holds the link of the case, for its reporter. */
export function inPerson(actor: Actor, record: CaseRecord): Actor {
  return actor.kind === "anonymous" ? { ...actor, id: `link:${record.id}` } : actor;
}

/** Gives a command; the world changes only when it is accepted. */
export function give(world: World, record: CaseRecord, actor: Actor, command: FollowingCommand): Decided | Refused {
  const outcome = decideCase(record, command, contextOf(world, inPerson(actor, record)));
  if (outcome.ok) for (const changed of [outcome.record, ...outcome.others]) world.cases.set(changed.id, changed);
  return outcome;
}

/** A command that leads on from where the case stands, so that sequences reach the far ends of its life. */
export function nextStep(record: CaseRecord): [FollowingCommand["type"], string] {
  const open = unfinishedOrders(record);
  switch (record.state) {
    case "reported":
    case "verifying":
      return ["file", "dispatcher"];
    case "filed":
      return ["dispatch", "dispatcher"];
    case "responded":
    case "checking":
      return ["check", "checker"];
    case "closed":
      return ["followUp", "checker"];
    default: {
      const order = open.find((each) => each.state !== "responded");
      const unit = order?.unitId ?? "works";
      if (order?.objection && !order.objection.decided) return ["decideObjection", "dispatcher"];
      if (open.some(({ extension }) => extension && !extension.decided)) return ["decideExtension", "dispatcher"];
      if (open.some(({ suspension }) => suspension && !suspension.decided)) return ["decideSuspension", "dispatcher"];
      if (record.clock.pausedSince || open.some(({ pausedSince }) => pausedSince)) return ["resume", "dispatcher"];
      if (order?.state === "dispatched") return ["accept", unit];
      return [order?.contactedAt ? "respond" : "contact", unit];
    }
  }
}
