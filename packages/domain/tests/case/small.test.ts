import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addWorkingTime, isWorkingTime, workingMinutesBetween } from "../../src/calendar/workingTime.ts";
import { seedCalendar } from "../../src/calendar/seed.ts";
import { seedCategories } from "../../src/category/seed.ts";
import { seedPhrases } from "../../src/category/phrases.ts";
import { suggest, train } from "../../src/category/suggest.ts";
import { maskText } from "../../src/case/mask.ts";
import { caseNumber, readCaseNumber } from "../../src/case/number.ts";
import { seedUnits } from "../../src/routing/seedUnits.ts";
import { route } from "../../src/routing/route.ts";

const at = (local: string): number => Date.parse(`${local}+08:00`);

describe("working time", () => {
  it.each([
    ["five working days from a Monday end on the next Monday", "2026-11-23T10:00", 5, "2026-11-30T17:30"],
    ["a weekend is skipped", "2026-11-27T16:00", 1, "2026-11-30T17:30"],
    ["National Day is skipped, the Saturday worked for it counts", "2026-09-30T10:00", 3, "2026-10-10T17:30"],
  ])("%s", (_what, from, days, until) => {
    expect(addWorkingTime(at(from), { amount: days, unit: "workingDay" }, seedCalendar)).toBe(at(until));
  });

  it("hours stop for lunch and the night", () => {
    expect(addWorkingTime(at("2026-11-23T11:00"), { amount: 2, unit: "workingHour" }, seedCalendar)).toBe(
      at("2026-11-23T14:30"),
    );
    expect(workingMinutesBetween(at("2026-11-23T11:00"), at("2026-11-23T14:30"), seedCalendar)).toBe(120);
  });

  it.each([
    ["2026-11-23T08:30", true],
    ["2026-11-23T12:00", false],
    ["2026-11-23T17:29", true],
    ["2026-11-22T10:00", false],
    ["2026-10-01T10:00", false],
  ])("the office at %s: open %s", (local, open) => {
    expect(isWorkingTime(at(local), seedCalendar)).toBe(open);
  });

  it("what is added can be measured again", () => {
    const start = fc.integer({ min: at("2026-01-05T00:00"), max: at("2026-11-30T00:00") });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 200 }), (from, hours) => {
        const until = addWorkingTime(from, { amount: hours, unit: "workingHour" }, seedCalendar);
        expect(workingMinutesBetween(from, until, seedCalendar)).toBeCloseTo(hours * 60, 6);
      }),
    );
  });
});

describe("case numbers", () => {
  it("are read back however they are typed", () => {
    fc.assert(
      fc.property(fc.nat(), (random) => {
        const number = caseNumber(random);
        expect(readCaseNumber(number.toLowerCase().replace("-", " "))).toBe(number);
      }),
    );
  });

  it("find every single wrong character", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        fc.constantFrom(..."34679ACDEFGHJKMNPQRTWXY"),
        (random, place, other) => {
          const bare = caseNumber(random).replace("-", "");
          fc.pre(bare[place] !== other);
          expect(readCaseNumber(bare.slice(0, place) + other + bare.slice(place + 1))).toBeUndefined();
        },
      ),
    );
  });
});

it.each([
  ["打 13800001234 找我", "13800001234"],
  ["打 138-0000-1234 找我", "138-0000-1234"],
  ["证件 33090319900101123X", "33090319900101123X"],
  ["浙L12345 和 浙LD12345 都停那", "L12345"],
  ["座机0580-2028888", "2028888"],
])("masks %s", (text, secret) => {
  expect(maskText(text)).not.toContain(secret);
});

it("leaves ordinary numbers alone", () => {
  expect(maskText("3 号楼 402 室，2026 年 11 月，电表 12345678")).toBe("3 号楼 402 室，2026 年 11 月，电表 12345678");
});

describe("suggestions", () => {
  const model = train(seedPhrases);
  it.each([
    ["路灯坏了好几天", "facilities.streetLights"],
    ["家里停水了", "facilities.waterSupply"],
    ["老板欠我三个月工资", "disputes.labour"],
    ["船停航了老人要去医院", "seaTransit.sailings"],
    ["楼道里电瓶车飞线充电", "safety.gasAndElectric"],
  ])("%s → %s among three", (text, id) => {
    expect(suggest(model, text).categories.map((each) => each.id)).toContain(id);
  });

  it("says nothing of what it does not know", () => {
    expect(suggest(model, "🙂🙂").categories).toEqual([]);
  });
});

it("routes every category in every county to a unit there, and says why", () => {
  for (const category of seedCategories)
    for (const areaCode of ["330902000000", "330903001000", "330921000000", "330922000000"]) {
      const decision = route([], seedUnits, category, { categoryId: category.id, areaCode, kind: "help", text: "" });
      expect(decision.lead).toBe(`${areaCode.slice(0, 6)}-${category.leadKind}`);
      expect(decision.because.map((reason) => reason.code)).toEqual(["category", "area"]);
    }
});
