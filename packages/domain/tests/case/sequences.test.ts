import fc from "fast-check";
import { expect, it } from "vitest";
import type { FollowingCommand } from "../../src/case/command.ts";
import { allowedCommands } from "../../src/case/decide.ts";
import { permissions, unitsInside } from "../../src/case/permission.ts";
import { standingOrders, unfinishedOrders, type CaseRecord } from "../../src/case/record.ts";
import { caseStates, isEnded, type CaseState } from "../../src/case/state.ts";
import { explain } from "../../src/error/catalogue.ts";
import { actors, commandOf, give, ids, inPerson, newWorld, nextStep, type World } from "./world.ts";

const types = Object.keys(permissions) as FollowingCommand["type"][];
const sequences = fc.array(
  fc.record({
    which: fc.nat(ids.length - 1),
    type: fc.constantFrom(...types),
    actor: fc.constantFrom(...actors),
    choice: fc.nat(11),
    how: fc.constantFrom("leads", "leads", "allowed", "allowed", "wild"),
    wait: fc.constantFrom(0, 60_000, 3 * 3_600_000, 40 * 3_600_000),
  }),
  { maxLength: 50, size: "max" },
);
type Sequence = typeof sequences extends fc.Arbitrary<infer T> ? T : never;

/** Some steps lead on, some are allowed, some are wild: so late states are visited as often as early ones. */
function chosen(
  before: CaseRecord,
  how: string,
  type: FollowingCommand["type"],
  actor: (typeof actors)[number],
  choice: number,
): [FollowingCommand["type"], string] {
  if (how === "leads") return nextStep(before);
  if (how === "wild") return [type, actor.id];
  const allowed = allowedCommands(before, inPerson(actor, before)).filter((each) => each.allowed);
  return [allowed[(choice * 7 + types.indexOf(type)) % Math.max(1, allowed.length)]?.type ?? type, actor.id];
}

/** Plays a sequence and shows each step to `look`, with the case before and the outcome. */
function play(
  sequence: Sequence,
  look: (step: {
    world: World;
    before: CaseRecord;
    type: FollowingCommand["type"];
    actor: (typeof actors)[number];
    outcome: ReturnType<typeof give>;
  }) => void,
): void {
  const world = newWorld();
  for (const { which, wait, choice, how, ...wild } of sequence) {
    world.now += wait;
    const before = world.cases.get(ids[which]!)!;
    const [type, name] = chosen(before, how, wild.type, wild.actor, choice);
    const actor = actors.find((each) => each.id === name)!;
    const outcome = give(world, before, actor, commandOf(type, before, choice));
    look({ world, before, type, actor, outcome });
  }
}

/** What must hold of a case whatever happened to it. */
function expectPossible(record: CaseRecord): void {
  const standing = standingOrders(record);
  const { state } = record;
  expect(caseStates).toContain(state);
  expect(standing.filter((order) => order.part === "lead").length).toBeLessThanOrEqual(1);
  expect(new Set(standing.map((order) => order.unitId)).size).toBe(standing.length);
  if (["dispatched", "accepted", "handling"].includes(state)) {
    expect(standing.some((order) => order.part === "lead")).toBe(true);
    expect(record.firstReceiver).toBeDefined();
  }
  if (state === "responded" || state === "checking") expect(unfinishedOrders(record)).toEqual([]);
  if (state === "closed" || state === "followedUp") expect(record.closedAt).toBeDefined();
  if (isEnded(state)) {
    expect(record.clock.pausedSince).toBeUndefined();
    expect(unfinishedOrders(record).filter((order) => order.pausedSince)).toEqual([]);
    expect(unfinishedOrders(record)).toEqual([]);
  }
  if (state === "duplicate") expect(record.duplicateOf).toBeDefined();
  if (record.visibility !== "public") expect(record.published).toBe(false);
  expect(record.clock.pausedMs).toBeGreaterThanOrEqual(0);
  expect(Number.isNaN(Date.parse(record.dueAt))).toBe(false);
  expect(record.soonAt! <= record.dueAt).toBe(true);
  for (const unit of new Set(record.orders.map((order) => order.unitId)))
    expect(
      record.orders.filter((order) => order.unitId === unit && order.objection?.decided).length,
      "a unit is judged once",
    ).toBeLessThanOrEqual(1);
  if (record.untold) expect(record.reporter?.reach).toBe("call");
}

/** What must hold between cases: parents and duplicates know each other, and nobody waits for a case that has ended. */
function expectTogether({ cases }: World): void {
  for (const record of cases.values()) {
    for (const id of record.duplicates) expect(cases.get(id)?.duplicateOf, "of a duplicate").toBe(record.id);
    if (!record.duplicateOf) continue;
    const parent = cases.get(record.duplicateOf)!;
    expect(parent.duplicates).toContain(record.id);
    expect(parent.duplicateOf, "no chain").toBeUndefined();
    if (record.state === "duplicate")
      expect(isEnded(parent.state), `${record.id} waits for ${parent.state}`).toBe(false);
  }
}

const runs = { numRuns: 400 };

it("no sequence of commands reaches an impossible state", () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      play(sequence, ({ world, before, type, outcome }) => {
        if (!outcome.ok) return;
        expect(outcome.record.version).toBe(before.version + 1);
        expect(outcome.events.length).toBeGreaterThan(0);
        if (type === "removeIdentity") expect(JSON.stringify(outcome.record)).not.toContain("灯灭了");
        for (const changed of [outcome.record, ...outcome.others]) expectPossible(changed);
        expectTogether(world);
      });
    }),
    runs,
  );
});

it("every refusal names the state and what is possible, and changes nothing", () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      play(sequence, ({ world, before, type, actor, outcome }) => {
        const known = allowedCommands(before, inPerson(actor, before)).find((each) => each.type === type);
        if (outcome.ok) {
          expect(known?.allowed).toBe(true);
          return;
        }
        expect(world.cases.get(before.id)).toBe(before);
        expect(outcome.error.params.state).toBe(before.state);
        const possible = outcome.error.params.possible as string[];
        expect(possible).not.toContain(type);
        const everybody = new Set(
          actors.flatMap((each) =>
            allowedCommands(before, inPerson(each, before)).flatMap((one) => (one.allowed ? [one.type] : [])),
          ),
        );
        for (const each of possible) expect(everybody, `${each} in ${before.state}`).toContain(each);
        for (const language of ["zh", "en"] as const)
          expect(explain(outcome.error, language)).not.toMatch(/undefined|\[object/);
      });
    }),
    { numRuns: 150 },
  );
});

it("the sequences go everywhere: each state is reached and each command accepted at least once", () => {
  const states = new Set<CaseState>();
  const accepted = new Set<string>();
  const samples = fc.sample(sequences, { numRuns: 600, seed: 20201 });
  for (const sequence of samples)
    play(sequence, ({ type, outcome }) => {
      if (!outcome.ok) return;
      accepted.add(type);
      for (const { state } of [outcome.record, ...outcome.others]) states.add(state);
    });
  expect([...states].sort()).toEqual([...caseStates].sort());
  expect([...accepted].sort()).toEqual([...types].sort());
});

it("nobody of a unit ever judges the unit's own work", () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      play(sequence, ({ before, type, actor, outcome }) => {
        if (!outcome.ok || !permissions[type].outside) return;
        const own = actor.grants.flatMap((grant) => grant.unitId ?? []);
        expect(unitsInside(before).filter((unit) => own.includes(unit))).toEqual([]);
      });
    }),
    runs,
  );
});
