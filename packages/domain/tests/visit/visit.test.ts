import { describe, expect, it } from "vitest";
import { visitGrant } from "../../src/visit/permission.ts";
import { checkVisitEdit, needsOf, visitState } from "../../src/visit/visit.ts";

const known = { door: "3 号楼 201", dueOn: "2026-11-25" };

describe("what may be noted of a visit", () => {
  it.each([
    ["a door and a day", undefined, known, undefined],
    ["no door", undefined, { dueOn: "2026-11-25" }, "door"],
    ["no day", undefined, { door: "浙普渔 60123" }, "dueOn"],
    ["a day that is none", known, { dueOn: "2026-13-40" }, "dueOn"],
    ["a field that nobody foresaw", known, { faith: "…" }, "faith"],
    ["a word where a tick belongs", known, { met: "yes" }, "met"],
    ["a field of every object", known, { constructor: true }, "constructor"],
    ["control characters", known, { door: "3 号\u0000" }, "door"],
  ])("%s", (_what, before, fields, wrong) =>
    expect(checkVisitEdit(before, fields)?.params.field).toBe(wrong as string | undefined),
  );

  it("notes needs only of those who agreed, also when the consent is taken back", () => {
    expect(checkVisitEdit(known, { "need.medicine": true })?.code).toBe("consentNeeded");
    expect(checkVisitEdit(known, { "need.medicine": true, agreed: true })).toBeUndefined();
    expect(checkVisitEdit({ ...known, agreed: true, "need.medicine": true }, { agreed: false })?.code).toBe(
      "consentNeeded",
    );
    const taken = { agreed: false, "need.medicine": false };
    expect(checkVisitEdit({ ...known, agreed: true, "need.medicine": true }, taken)).toBeUndefined();
  });

  it("is due, visited or dropped", () => {
    expect(visitState(known)).toBe("due");
    expect(visitState({ ...known, visitedOn: "2026-11-25" })).toBe("visited");
    expect(visitState({ ...known, dropped: true })).toBe("dropped");
    expect(needsOf({ ...known, "need.repair": true, "need.medicine": true, "need.meals": false })).toEqual([
      "medicine",
      "repair",
    ]);
  });
});

it.each([
  ["gridWorker", "330903001001001", true],
  ["gridWorker", "330922000000", false],
  ["unitHandler", "330903000000", false],
  ["cityAdmin", "330900000000", false],
] as const)("%s of %s keeps visits in Putuo: %s", (role, area, may) => {
  const actor = { id: "x", kind: "staff" as const, grants: [{ role, area }] };
  expect(visitGrant(actor, "330903001001001") !== undefined).toBe(may);
});
