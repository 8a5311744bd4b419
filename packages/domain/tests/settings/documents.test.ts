import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seedCalendar } from "../../src/calendar/seed.ts";
import { seedFamilies } from "../../src/category/parents.ts";
import { seedCategories } from "../../src/category/seed.ts";
import { seedUnits } from "../../src/routing/seedUnits.ts";
import { route } from "../../src/routing/route.ts";
import type { RoutingRule } from "../../src/routing/rule.ts";
import { checkDocument, type Around } from "../../src/settings/check.ts";
import { compareDocuments } from "../../src/settings/compare.ts";
import { readDocumentCsv, writeDocumentCsv } from "../../src/settings/csv.ts";
import { documentKinds, type Documents } from "../../src/settings/documents.ts";
import { explainProblem } from "../../src/settings/problem.ts";

const rule: RoutingRule = {
  id: "lamps-of-the-port",
  when: { categoryIds: ["facilities.streetLights"], areaPrefix: "330903", words: ["码头", "渔港"] },
  lead: "330903-port",
  assist: ["kind:publicWorks"],
  note: "港区的灯归港航",
};
const city: Documents = {
  families: seedFamilies,
  categories: seedCategories,
  units: seedUnits,
  routingRules: [rule],
  calendars: [seedCalendar],
  templates: [{ id: "done", zh: "已处理", en: "Done", text: "好了，\n请看“结果”。", for: ["respond"] }],
};
const around: Around = { ...city, hasArea: (code) => code.startsWith("3309") };
const problemsOf = <K extends keyof Documents>(kind: K, change: (rows: Documents[K]) => void): string[] => {
  const rows = structuredClone(city[kind]);
  change(rows);
  return checkDocument(kind, rows, around).map((problem) => explainProblem(problem, "zh"));
};

it.each(documentKinds)("%s of a new city are right, and come back from a spreadsheet as they went", (kind) => {
  expect(checkDocument(kind, city[kind] as never, around)).toEqual([]);
  const { rows, problems } = readDocumentCsv(kind, writeDocumentCsv(kind, city[kind] as never));
  expect(problems).toEqual([]);
  expect(compareDocuments(kind, city[kind] as never, rows as never)).toEqual([]);
});

it("any text comes back from a spreadsheet, whatever quotes, lines and formulas it holds", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((each) => each.trim().replaceAll("\r", ""));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
      const rows = texts.map((each, i) => ({ id: `t${i}`, zh: each, en: "=1+1", text: each }));
      expect(readDocumentCsv("templates", writeDocumentCsv("templates", rows)).rows).toEqual(rows);
    }),
  );
});

it("headings may be those of the file, or the Chinese ones alone", () => {
  const { rows, problems } = readDocumentCsv(
    "units",
    "编号,中文名,英文名,类型,辖区\r\nport,港航中心,Port,port,330903000000\r\n",
  );
  expect(problems).toEqual([]);
  expect(rows).toEqual([{ id: "port", zh: "港航中心", en: "Port", kind: "port", areaCode: "330903000000" }]);
});

describe("what is wrong is said with its row", () => {
  it.each([
    [
      "an empty name",
      () => problemsOf("units", (rows) => void (rows[2]!.zh = " ")),
      "第 3 行（330902-publicWorks）中文名：不能空着",
    ],
    ["an id given twice", () => problemsOf("units", (rows) => void rows.push({ ...rows[0]! })), "和第 1 行重复"],
    ["a unit deleted", () => problemsOf("units", (rows) => void rows.pop()), "用过的不能删"],
    [
      "a category of no family",
      () => problemsOf("categories", (rows) => void rows.push({ ...rows[0]!, id: "x.y" })),
      "没有“x”这个大类",
    ],
    ["a family in use deleted", () => problemsOf("families", (rows) => void rows.shift()), "还在用"],
    [
      "a kind of unit that is not there",
      () => problemsOf("categories", (rows) => void (rows[0]!.leadKind = "kites")),
      "没有“kites”这一类单位",
    ],
    [
      "a contact later than the answer",
      () => problemsOf("categories", (rows) => void (rows[0]!.contactWithin = { amount: 90, unit: "workingDay" })),
      "第 1 行",
    ],
    [
      "a choice of one",
      () =>
        problemsOf(
          "categories",
          (rows) =>
            void (rows[0]!.questions = [{ id: "q", zh: "问", en: "Ask", kind: "choice", required: true, choices: [] }]),
        ),
      "两个以上选项",
    ],
    [
      "a rule without condition",
      () => problemsOf("routingRules", (rows) => void (rows[0]!.when = {})),
      "一个条件也没有",
    ],
    [
      "a rule to nobody",
      () => problemsOf("routingRules", (rows) => void (rows[0]!.lead = "330999-nobody")),
      "没有“330999-nobody”这个单位",
    ],
    [
      "hours that run backwards",
      () => problemsOf("calendars", (rows) => void (rows[0]!.hours["1"] = [["17:00", "09:00"]])),
      "从早到晚",
    ],
    [
      "a day that is both",
      () => problemsOf("calendars", (rows) => void rows[0]!.workdays.push("2026-10-01")),
      "既是放假又是调休上班",
    ],
    [
      "a day that does not exist",
      () => problemsOf("calendars", (rows) => void rows[0]!.holidays.push("2026-02-30")),
      "不是日期",
    ],
  ])("%s", (_what, found, words) => {
    expect(found().join()).toContain(words);
  });

  it("also for a cell that cannot be read", () => {
    const csv = writeDocumentCsv("categories", seedCategories).replace("5 workingDay", "soon");
    const [problem] = readDocumentCsv("categories", csv).problems;
    expect(explainProblem(problem!, "en")).toMatch(/^Row 6 .*promise: “soon” cannot be read$/);
  });
});

it("a comparison says what was added, removed, changed and moved", () => {
  const second: RoutingRule = { ...rule, id: "second" };
  const changes = compareDocuments(
    "routingRules",
    [rule, second],
    [{ ...second, note: "改过" }, { ...rule, id: "third" }, rule],
  );
  expect(changes.map(({ id, what }) => `${id} ${what}`)).toEqual([
    "second changed",
    "third added",
    "second moved",
    "lamps-of-the-port moved",
  ]);
  expect(changes[0]!.fields).toEqual([{ path: "note", before: rule.note, after: "改过" }]);
});

it("a category may name other units in one part of the city; the narrowest part decides, a rule before it", () => {
  const lights = seedCategories.find(({ id }) => id === "facilities.streetLights")!;
  const category = {
    ...lights,
    perArea: [
      { area: "330903000000", lead: "330903-port", assist: [] },
      { area: "330903001000", lead: "kind:powerCompany", assist: ["330903-port"] },
    ],
  };
  const at = (areaCode: string, text = "") =>
    route([rule], seedUnits, category, { categoryId: lights.id, areaCode, kind: "help", text });
  expect(at("330902001000").lead).toBe("330902-publicWorks");
  expect(at("330903002000").lead).toBe("330903-port");
  expect(at("330903001009")).toMatchObject({ lead: "330903-powerCompany", assist: ["330903-port"] });
  expect(at("330903001009").because[0]!.code).toBe("categoryArea");
  expect(at("330903001009", "码头的灯").because[0]).toEqual({ code: "rule", params: { id: rule.id, note: rule.note } });
});
