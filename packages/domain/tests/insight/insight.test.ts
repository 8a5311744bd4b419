import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastRecurrence } from "../../src/insight/budget.ts";
import { compare } from "../../src/insight/comparison.ts";
import { followEpisodes, quietDays, withoutEchoes, type Episode, type Finding } from "../../src/insight/episode.ts";

const finding = (change: Partial<Finding> = {}): Finding => ({
  streamId: "facilities.waterSupply",
  areaCodes: ["330903001009001", "330903001009002"],
  from: 100,
  to: 104,
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
  followEpisodes(open, found, day, 1000, newId);

describe("an alarm budget", () => {
  it("asks for rarer clusters when more streams are looked at or fewer alarms are wanted", () => {
    expect(leastRecurrence(1, 1)).toBe(30);
    expect(leastRecurrence(2, 80)).toBe(1200);
    expect(() => leastRecurrence(0, 80)).toThrow(RangeError);
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
    episodes = next(episodes, [finding()], 106);
    expect(episodes).toMatchObject([{ state: "ongoing", raisedOn: 105, seenOn: 106 }]);
    episodes = next(episodes, [finding({ to: 106, observed: 14 })], 107);
    expect(episodes).toMatchObject([{ state: "ongoing", raisedOn: 107, observed: 14 }]);
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

  it("is told once, by its own name, when a whole family of categories repeats it", () => {
    const member = finding();
    const echo = finding({ streamId: "facilities", observed: 14 });
    const wider = finding({ streamId: "facilities", observed: 40 });
    expect(withoutEchoes([echo, member])).toEqual([member]);
    expect(withoutEchoes([wider, member])).toEqual([wider, member]);
    expect(withoutEchoes([echo])).toEqual([echo]);
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

describe("two periods", () => {
  it("are compared by the day, and not at all when there is too little", () => {
    expect(compare(3, 4, 28, 28).verdict).toBe("tooFew");
    expect(compare(60, 20, 28, 28)).toMatchObject({ verdict: "more" });
    expect(compare(20, 60, 28, 28)).toMatchObject({ verdict: "less" });
    expect(compare(20, 21, 28, 28)).toMatchObject({ verdict: "alike" });
    expect(compare(40, 80, 28, 56)).toMatchObject({ verdict: "alike" });
  });
});
