import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastRecurrence, rarity, thresholdsOf } from "../../src/insight/budget.ts";
import { chanceOf } from "../../src/insight/chance.ts";
import { compare } from "../../src/insight/comparison.ts";
import { meet, withoutEchoes } from "../../src/insight/echo.ts";
import { followEpisodes, quietDays, type Episode } from "../../src/insight/episode.ts";
import type { Finding } from "../../src/insight/finding.ts";
import { judgeHistory } from "../../src/insight/history.ts";
import { falseAMonth, recordOf } from "../../src/insight/record.ts";
import { countLimits, rateOf, shownCount } from "../../src/insight/rate.ts";
import { judge, type Happening, type PastDay } from "../../src/insight/replaying.ts";
import { residentsOf } from "../../src/insight/residents.ts";
import { dueReports, usualSchedule, weekdayOf } from "../../src/insight/schedule.ts";
import { studentTail } from "../../src/insight/surprise.ts";
import { alarmSentence, oftenWords, type Told } from "../../src/insight/words.ts";

const finding = (change: Partial<Finding> = {}): Finding => ({
  tool: "where",
  method: "permutation",
  streamId: "facilities.waterSupply",
  areaCodes: ["330903001009001", "330903001009002"],
  from: 100,
  to: 104,
  lastCaseOn: 104,
  observed: 12,
  expected: 2,
  ratio: 6,
  p: 1e-5,
  recurrence: 100_000,
  drivers: [],
  ...change,
});
let made = 0;
const newId = (): string => `episode-${(made += 1)}`;
const next = (open: readonly Episode[], found: Finding[], day: number): Episode[] =>
  followEpisodes(open, found, day, { where: 1000, howMuch: 1000 }, newId);

describe("an alarm budget", () => {
  it("asks for rarer clusters when more streams are looked at or fewer alarms are wanted", () => {
    expect(leastRecurrence(1, 1)).toBe(30);
    expect(leastRecurrence(2, 80)).toBe(1200);
    expect(() => leastRecurrence(0, 80)).toThrow(RangeError);
  });

  it("is shared by the tools that have something to look at", () => {
    expect(thresholdsOf(4, { where: 84, howMuch: 600 })).toEqual({ where: 1260, howMuch: 9000 });
    expect(thresholdsOf(4, { where: 84, howMuch: 0 })).toMatchObject({ where: 630 });
    expect(rarity(1260, 84)).toBe(15);
  });

  it("is kept when chance alone is at work: p is uniform, so each stream alarms once in its recurrence interval", () => {
    const [streams, perMonth] = [50, 3];
    const least = leastRecurrence(perMonth, streams);
    let seed = 1;
    const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    let alarms = 0;
    const months = 400;
    for (let day = 0; day < months * 30; day++)
      for (let stream = 0; stream < streams; stream++) if (1 / random() >= least) alarms += 1;
    expect(alarms / months).toBeGreaterThan(perMonth * 0.85);
    expect(alarms / months).toBeLessThan(perMonth * 1.15);
  });
});

describe("an episode", () => {
  it("opens with a rare cluster, goes on while it is found, is raised again only when a case joins, and closes when quiet", () => {
    let episodes = next([], [finding()], 105);
    expect(episodes).toMatchObject([{ state: "new", raisedOn: 105 }]);
    expect(next(episodes, [finding()], 105)).toEqual(episodes);
    episodes = next(episodes, [finding({ to: 106, observed: 13 })], 106);
    expect(episodes).toMatchObject([{ state: "ongoing", raisedOn: 105, seenOn: 106 }]);
    episodes = next(episodes, [finding({ to: 107, lastCaseOn: 107, observed: 12 })], 107);
    expect(episodes).toMatchObject([{ state: "ongoing", raisedOn: 107 }]);
    for (let day = 108; day < 107 + quietDays; day++) {
      episodes = next(episodes, [], day);
      expect(episodes[0]!.state).toBe("ongoing");
    }
    expect(next(episodes, [], 107 + quietDays)[0]!.state).toBe("closed");
  });

  it("is not opened by a cluster that chance brings often, of another category or in another place it is another one", () => {
    expect(next([], [finding({ recurrence: 999 })], 105)).toEqual([]);
    const open = next([], [finding()], 105);
    const others = [finding({ streamId: "environment.litter" }), finding({ areaCodes: ["330922001001001"] })];
    expect(next(open, others, 106)).toHaveLength(3);
  });

  it("of a whole county does not swallow what happens in one of its grids, one of a township does", () => {
    const county = finding({ tool: "howMuch", method: "c2", areaCodes: ["330903000000"] });
    expect(next(next([], [county], 105), [finding()], 106)).toHaveLength(2);
    const township = finding({ tool: "howMuch", method: "c2", areaCodes: ["330903001000"] });
    expect(next(next([], [township], 105), [finding()], 106)).toHaveLength(1);
  });

  it("never loses one and never opens two for one finding", () => {
    const findings = fc.array(
      fc.record({
        streamId: fc.constantFrom("a.b", "c.d"),
        areaCodes: fc.uniqueArray(fc.constantFrom("1", "2", "3", "4"), { minLength: 1 }),
        recurrence: fc.constantFrom(10, 500, 5000),
        observed: fc.integer({ min: 3, max: 30 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(findings, { maxLength: 12 }), (days) => {
        let open: Episode[] = [];
        days.forEach((found, i) => {
          const today = found.map((each) => finding({ ...each, from: 98 + i, to: 100 + i }));
          const after = next(open, today, 101 + i);
          const ids = after.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { id } of open) expect(ids).toContain(id);
          expect(after.length).toBeLessThanOrEqual(open.length + today.length);
          open = after.filter(({ state }) => state !== "closed");
        });
      }),
    );
  });
});

describe("one thing is told once", () => {
  it("by its own name, when a whole family of categories repeats it", () => {
    const member = finding();
    const echo = finding({ streamId: "facilities", observed: 14 });
    const wider = finding({ streamId: "facilities", observed: 40 });
    expect(withoutEchoes([echo, member])).toEqual([member]);
    expect(withoutEchoes([wider, member])).toEqual([wider, member]);
    expect(withoutEchoes([echo])).toEqual([echo]);
    const halves = ["emergency.typhoon", "emergency.floodAndOutage"].map((streamId) =>
      finding({ streamId, observed: 50 }),
    );
    expect(withoutEchoes([finding({ streamId: "emergency", observed: 104 }), ...halves])).toEqual(halves);
  });

  it("at its own size: a part that is most of it, or the whole when every part rises alike", () => {
    const rise = (code: string, observed: number, expected: number): Finding =>
      finding({ tool: "howMuch", method: "c2", areaCodes: [code], observed, expected, ratio: observed / expected });
    const city = rise("330900000000", 130, 50);
    const village = rise("330903001009", 60, 2);
    expect(withoutEchoes([rise("330900000000", 100, 50), village])).toEqual([village]);
    const parts = ["330902000000", "330903000000", "330921000000", "330922000000"].map((code) => rise(code, 32, 12.5));
    expect(withoutEchoes([city, ...parts])).toEqual([city]);
    const sharp = rise("330903000000", 35, 5);
    expect(withoutEchoes([city, sharp])).toEqual([city, sharp]);
  });

  it("knows which areas have ground in common", () => {
    expect(meet(["330903001009001"], ["330903000000"])).toBe(true);
    expect(meet(["330903000000"], ["330903001009001"])).toBe(true);
    expect(meet(["330903001009001"], ["330903001009002"])).toBe(false);
  });
});

describe("the right tool", () => {
  it("follows from the history there is, and says so when it is too short", () => {
    expect(judgeHistory(20)).toMatchObject({ where: "tooShort", howMuch: "tooShort" });
    expect(judgeHistory(56)).toMatchObject({ where: "hint", howMuch: "c1" });
    expect(judgeHistory(70)).toMatchObject({ howMuch: "c2" });
    expect(judgeHistory(400)).toMatchObject({ where: "ready", howMuch: "c2" });
    expect(judgeHistory(2 * 365 + 40)).toMatchObject({ howMuch: "farrington" });
  });

  it("knows Student's distribution far out, where alarms are", () => {
    // Table values: t with 6 degrees of freedom.
    for (const [t, p] of [
      [0, 0.5],
      [1.943, 0.05],
      [3.143, 0.01],
      [5.208, 0.001],
    ] as const)
      expect(studentTail(t, 6)).toBeCloseTo(p, 4);
    expect(studentTail(-1.943, 6)).toBeCloseTo(0.95, 4);
    // Far out the density falls as t⁻⁷, the tail as t⁻⁶.
    expect(studentTail(400, 6) / studentTail(800, 6)).toBeCloseTo(64, 1);
    expect(studentTail(40, 6) / studentTail(41, 6)).toBeCloseTo((41 / 40) ** 6, 1);
  });
});

describe("the chance of a cluster", () => {
  const maxima = (zeros: number, others: number[]): Float64Array =>
    Float64Array.from([...Array.from({ length: zeros }, () => 0), ...others]);
  it("is the fitted tail, unless replicates contradict it or have hardly any clusters at all", () => {
    const spread = Array.from({ length: 999 }, (_, i) => 1 + i / 200);
    expect(chanceOf(9, 1e-6, maxima(0, spread))).toBe(1e-6);
    expect(chanceOf(5.9, 1e-6, maxima(0, spread))).toBeCloseTo(0.02, 2);
    expect(chanceOf(9, 1e-6, maxima(990, [4, 4, 4, 4, 4, 4, 4, 4, 4]))).toBe(0.001);
  });
});

describe("replay", () => {
  const happening: Happening = {
    id: "burst",
    kind: "surge",
    categoryIds: ["facilities.waterSupply"],
    areaCodes: ["330903001009001"],
    from: 101,
    to: 105,
    cases: 12,
  };
  const past: PastDay[] = Array.from({ length: 30 }, (_, i) => ({
    day: 90 + i,
    findings:
      i === 13
        ? [finding({ from: 101, to: 103 })]
        : i === 20
          ? [finding({ streamId: "environment.litter", areaCodes: ["330922001001001"], recurrence: 700 })]
          : [],
  }));

  it("says for each budget how often it would have rung, what it would have found, and how late", () => {
    const looks = { where: 84, howMuch: 0 };
    const strict = judge(past, 1, looks, [happening], newId);
    expect(strict.judgement).toMatchObject({ alarms: 1, found: 1, happenings: 1, meanDelay: 2, falsePerMonth: 0 });
    const loose = judge(past, 4, looks, [happening], newId);
    expect(loose.judgement).toMatchObject({ alarms: 2, falsePerMonth: 1 });
    expect(loose.alarms.map((alarm) => alarm.happening)).toEqual(["burst", undefined]);
  });

  it("says nothing of false and found where the truth is not known", () => {
    expect(judge(past, 4, { where: 84, howMuch: 0 }, undefined, newId).judgement).toEqual({
      perMonth: 4,
      alarms: 2,
      alarmsPerMonth: 2,
    });
  });
});

describe("two periods", () => {
  it("are compared by the day, and not at all when there is too little", () => {
    expect(compare(3, 4, 28, 28).verdict).toBe("tooFew");
    expect(compare(60, 20, 28, 28)).toMatchObject({ verdict: "more" });
    expect(compare(20, 60, 28, 28)).toMatchObject({ verdict: "less" });
    expect(compare(20, 21, 28, 28)).toMatchObject({ verdict: "alike" });
    expect(compare(40, 80, 28, 56)).toMatchObject({ verdict: "alike" });
  });
});

describe("a rate", () => {
  it("comes with its interval, and not at all from small numbers", () => {
    expect(rateOf(50, 10_000)).toMatchObject({ kind: "rate", perThousand: 5 });
    expect(rateOf(4, 10_000)).toMatchObject({ kind: "fewCases" });
    expect(rateOf(50, 400)).toMatchObject({ kind: "fewResidents" });
    expect(rateOf(50, undefined)).toEqual({ kind: "unknownResidents", n: 50 });
    expect([0, 1, 2, 3].map(shownCount)).toEqual([0, "few", "few", 3]);
  });

  it("has the limits of a Poisson count", () => {
    // Exact limits: 10 cases, 4.80 to 18.39; 100 cases, 81.36 to 121.63.
    const close = (n: number, low: number, high: number): void => {
      const [l, h] = countLimits(n);
      expect(l / low).toBeCloseTo(1, 2);
      expect(h / high).toBeCloseTo(1, 2);
    };
    close(10, 4.795, 18.39);
    close(100, 81.36, 121.63);
    expect(countLimits(0)[0]).toBe(0);
  });

  it("knows the residents of an area when all its parts were counted", () => {
    const children = (code: string): string[] => (code === "city" ? ["a", "b"] : []);
    const counted = [{ areaCode: "a", residents: 5, source: "x" }];
    expect(residentsOf(counted, "city", children)).toBeUndefined();
    expect(residentsOf([...counted, { areaCode: "b", residents: 6, source: "x" }], "city", children)).toBe(11);
  });
});

describe("the record of alarms", () => {
  it("tells their precision once enough were judged, with its interval", () => {
    expect(recordOf({ real: 3, false: 2, known: 1, undecided: 4 }).precision).toBeUndefined();
    const { precision } = recordOf({ real: 12, false: 6, known: 2, undecided: 0 });
    expect(precision).toMatchObject({ share: 0.7, n: 20 });
    expect(precision!.interval[0]).toBeCloseTo(0.481, 2);
    expect(precision!.interval[1]).toBeCloseTo(0.855, 2);
    expect(falseAMonth(6, 60).perMonth).toBe(3);
  });
});

describe("scheduled reports", () => {
  const day = (iso: string): number => Date.parse(iso) / 86_400_000;
  const name = (each: number): string => new Date(each * 86_400_000).toISOString().slice(0, 10);
  const due = (today: string, schedule = usualSchedule) =>
    dueReports(schedule, day(today)).map(({ kind, first, last }) => `${kind} ${name(first)} ${name(last)}`);

  it("tell of the last whole week and month, and say the same until the next ones are due", () => {
    expect(weekdayOf(day("2026-11-23"))).toBe(1);
    expect(due("2026-11-23")).toEqual(["weekly 2026-11-16 2026-11-22", "monthly 2026-10-01 2026-10-31"]);
    expect(due("2026-11-29")).toEqual(due("2026-11-23"));
    expect(due("2026-11-30")[0]).toBe("weekly 2026-11-23 2026-11-29");
    expect(due("2026-12-01")[1]).toBe("monthly 2026-11-01 2026-11-30");
    expect(due("2026-01-01")[1]).toBe("monthly 2025-12-01 2025-12-31");
  });

  it("come when the operator wants them", () => {
    const friday = { weekly: { weekday: 5 }, monthly: { day: 10 } };
    expect(due("2026-11-27", friday)[0]).toBe("weekly 2026-11-16 2026-11-22");
    expect(due("2026-11-26", friday)[0]).toBe("weekly 2026-11-09 2026-11-15");
    expect(due("2026-11-09", friday)[1]).toBe("monthly 2026-09-01 2026-09-30");
    expect(due("2026-11-27", { weekly: null, monthly: null })).toEqual([]);
  });
});

describe("an alarm in words", () => {
  const told: Told = {
    tool: "where",
    stream: { zh: "供水", en: "Water supply" },
    areas: [
      { zh: "墩头社区第1网格", en: "Duntou 1" },
      { zh: "x", en: "x" },
    ],
    from: "2026-11-20",
    to: "2026-11-22",
    observed: 14,
    expected: 1.62,
    ratio: 8.6,
    rarity: 900,
  };
  it("needs no statistics, in both languages", () => {
    expect(alarmSentence(told, "zh")).toBe(
      "墩头社区第1网格一带（2 个网格）近 3 天有 14 件“供水”，照别处、照平时推算只该有 1.6 件，是它的 8.6 倍；单凭巧合，全市大约 2 年才会碰上一回。",
    );
    expect(alarmSentence(told, "en")).toBe(
      "Duntou 1 and 1 grid around it: 14 reports of “Water supply” in 3 days, where other places and other days would let one expect 1.6, so 8.6 times as many; chance alone brings the like somewhere in the city about once in 2 years.",
    );
  });
  it("says of a wide area what is usual there, and where most of it lies", () => {
    const wide: Told = {
      ...told,
      tool: "howMuch",
      areas: [{ zh: "舟山市", en: "Zhoushan" }],
      focus: { zh: "六横镇", en: "Liuheng", observed: 11 },
    };
    expect(alarmSentence(wide, "zh")).toContain("平时大约 1.6 件，是平时的 8.6 倍，其中 11 件在六横镇；");
    expect(alarmSentence(wide, "en")).toContain("usually about 1.6, so 8.6 times as many, 11 of them in Liuheng;");
    expect(alarmSentence({ ...wide, expected: 0.05, ratio: 280 }, "zh")).toContain("平时几乎没有，其中 11 件");
  });
  it("never claims more than it knows", () => {
    expect(oftenWords(1e9, "zh")).toBe("一百多年");
    expect(oftenWords(0.2, "en")).toBe("a day");
  });
});
