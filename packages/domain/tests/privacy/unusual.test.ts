import fc from "fast-check";
import { expect, it } from "vitest";
import type { Look } from "../../src/privacy/look.ts";
import { seedReadingRules, unusualReading, type ReadingRules } from "../../src/privacy/unusual.ts";

const zhoushan = 480;
const at = (local: string): string => new Date(`${local}+08:00`).toISOString();
let made = 0;
const look = (change: Partial<Look> = {}): Look => ({
  id: String((made += 1)).padStart(6, "0"),
  at: at("2026-11-23T10:00"),
  personId: "lin",
  role: "dispatcher",
  kind: "case",
  subject: `case ${made}`,
  areaCode: "330903001009",
  purpose: "contact",
  ...change,
});
const many = (n: number, change: Partial<Look> = {}): Look[] => Array.from({ length: n }, () => look(change));
const kinds = (looks: Look[], rules: ReadingRules = seedReadingRules): string[] =>
  unusualReading(looks, rules, zhoushan).map(({ kind, day }) => `${kind} ${day}`);

it.each<[string, Look[], string[]]>([
  ["a day's work is nothing unusual", many(29), []],
  ["thirty persons in a day are", many(30), ["manyPersons 2026-11-23"]],
  ["thirty looks at one person are not many persons", many(40, { subject: "one" }), []],
  ["two days with twenty each are not thirty in one", [...many(20), ...many(20, { at: at("2026-11-24T10:00") })], []],
  ["two tries out of scope may be slips", many(2, { refused: "outOfScope" }), []],
  ["three are not", many(3, { refused: "outOfScope" }), ["outOfScope 2026-11-23"]],
  ["what was refused is not reading", many(40, { refused: "outOfScope" }), ["outOfScope 2026-11-23"]],
  ["half past ten in the evening is night", [look({ at: at("2026-11-23T22:30") })], ["night 2026-11-23"]],
  ["three in the morning belongs to the night before", [look({ at: at("2026-11-24T03:00") })], ["night 2026-11-23"]],
  ["six in the morning is day again", [look({ at: at("2026-11-24T06:00") })], []],
  ["a duty desk may look at night when it is urgent", many(5, { at: at("2026-11-23T23:00"), purpose: "urgent" }), []],
  ["but not all night long", many(6, { at: at("2026-11-23T23:00"), purpose: "urgent" }), ["night 2026-11-23"]],
  [
    "a matter that ended long ago needs a word",
    [look({ endedAt: at("2026-08-01T10:00") })],
    ["endedMatter 2026-11-23"],
  ],
  ["one that ended last month does not", [look({ endedAt: at("2026-10-25T10:00") })], []],
  [
    "whoever answers the person's own request has to look",
    [look({ endedAt: at("2026-08-01T10:00"), purpose: "dataRequest" })],
    [],
  ],
])("%s", (_, looks, expected) => {
  expect(kinds(looks)).toEqual(expected);
});

const anyLook = fc.record({
  id: fc.uuid(),
  at: fc
    .date({ min: new Date("2026-11-01"), max: new Date("2026-11-30"), noInvalidDate: true })
    .map((d) => d.toISOString()),
  personId: fc.constantFrom("lin", "zhou", "chen"),
  role: fc.constant("dispatcher"),
  kind: fc.constant("case"),
  subject: fc.constantFrom("a", "b", "c", "d"),
  areaCode: fc.constant("330903001009"),
  purpose: fc.constantFrom("contact", "urgent", "dataRequest" as const),
  refused: fc.option(fc.constant("outOfScope"), { nil: undefined }),
}) as fc.Arbitrary<Look>;

it("finds the same under the same keys in whatever order the looks come, and says nothing of people it did not see", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyLook, { selector: ({ id }) => id, maxLength: 40 }), fc.nat(), (looks, turn) => {
      const rules = { ...seedReadingRules, persons: 3 };
      const found = unusualReading(looks, rules, zhoushan);
      const turned = [...looks.slice(turn % (looks.length + 1)), ...looks.slice(0, turn % (looks.length + 1))];
      expect(unusualReading(turned, rules, zhoushan)).toEqual(found);
      expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      for (const { personId, lookIds } of found)
        for (const id of lookIds) expect(looks.find((each) => each.id === id)!.personId).toBe(personId);
    }),
  );
});
