import { expect, it } from "vitest";
import { monthBefore, monthOf } from "../../src/assessment/month.ts";
import { figuresFromFacts, type CaseFact } from "../../src/assessment/monthly.ts";

const [from, to] = ["2026-09-30T16:00:00.000Z", "2026-10-31T16:00:00.000Z"];
const promised = (orderId: string, dueAt: string, change: object = {}) => ({
  kind: "promised",
  at: "2026-10-01T00:00:00.000Z",
  data: { orderId, unitId: "works", part: "lead", dueAt, contactDueAt: "2026-10-02T00:00:00.000Z", ...change },
});
const at = (kind: string, time: string, data: object = {}) => ({ kind, at: time, data: { orderId: "o", ...data } });
const early = "2026-10-05T00:00:00.000Z";
const due = "2026-10-06T00:00:00.000Z";
const late = "2026-10-07T00:00:00.000Z";

/** What happened to one case, and what it counts for. */
const stories: [what: string, facts: Omit<CaseFact, "subject">[], counted: object | undefined][] = [
  ["nobody answered", [promised("o", due)], { due: 1, onTime: 0 }],
  ["answered in time", [promised("o", due), at("handled", early)], { due: 1, onTime: 1 }],
  ["answered late", [promised("o", due), at("handled", late)], { due: 1, onTime: 0 }],
  [
    "answered in time after an extension",
    [promised("o", due), promised("o", late), at("handled", late)],
    { onTime: 1 },
  ],
  ["due in another month", [promised("o", "2026-11-06T00:00:00.000Z")], undefined],
  ["due as the month begins", [promised("o", from)], { due: 1 }],
  ["due as the month ends", [promised("o", to)], undefined],
  ["taken back", [promised("o", due), at("released", early)], undefined],
  ["only assisting", [promised("o", due, { part: "assist" })], undefined],
  [
    "sent back by the check, and answered late then",
    [promised("o", due), at("handled", early), at("checked", early, { passed: false }), at("handled", late)],
    { onTime: 0, reworked: 1 },
  ],
  [
    "contacted within the limit",
    [promised("o", due), at("contacted", "2026-10-01T12:00:00.000Z"), at("contacted", late)],
    { contacted: 1 },
  ],
  ["contacted too late", [promised("o", due), at("contacted", early)], { contacted: 0 }],
  ["confirmed by the resident in time", [promised("o", due), at("closed", early)], { onTime: 1 }],
  [
    "rated",
    [promised("o", due), at("rated", late, { resolved: true, satisfaction: 3 })],
    { answered: 1, resolved: 1, satisfied: 1 },
  ],
  [
    "rated badly",
    [promised("o", due), at("rated", late, { resolved: false, satisfaction: 2 })],
    { answered: 1, resolved: 0, satisfied: 0 },
  ],
  ["never rated", [promised("o", due), at("closed", late)], { answered: 0, resolved: 0 }],
  [
    "reopened after a verdict",
    [
      promised("o", due),
      at("handled", early),
      at("closed", early),
      at("rated", early, { resolved: false }),
      at("reopened", early),
    ],
    { onTime: 0, answered: 0, reopened: 1 },
  ],
];

it.each(stories)("counts an order that was %s", (_, facts, counted) => {
  const figures = figuresFromFacts();
  for (const fact of facts) figures.add({ ...fact, subject: "case" } as CaseFact);
  const units = figures.units(from, to);
  if (!counted) expect(units).toEqual([]);
  else expect(units).toMatchObject([{ unitId: "works", ...counted }]);
});

it("begins and ends months by the city's own clock", () => {
  expect(monthOf("2026-10", 480)).toEqual({ month: "2026-10", from, to });
  expect(monthBefore(Date.parse("2026-10-31T15:59:00Z"), 480).month).toBe("2026-09");
  expect(monthBefore(Date.parse("2026-10-31T16:00:00Z"), 480).month).toBe("2026-10");
  expect(monthBefore(Date.parse("2027-01-02T00:00:00Z"), 480).month).toBe("2026-12");
  for (const wrong of ["2026-13", "2026-1", "october", ""]) expect(() => monthOf(wrong, 480)).toThrow(RangeError);
});
