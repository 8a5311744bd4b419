import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cusum,
  ears,
  earsColumns,
  farrington,
  farringtonFlexible,
  glrnb,
  SeriesInputError,
  type Verdict,
} from "../src/index.ts";
import { noOracles, readRows } from "./oracles.ts";

const sets = [
  { name: "salmNewport", period: 52, years: 4, dated: true },
  // This one was made without dates: a year is 52 weeks.
  { name: "salmonella_agona", period: 52, years: 4, dated: false },
  { name: "synthetic_daily", period: 365, years: 3, dated: true },
];

describe("alarms and bounds are those of R surveillance", () => {
  for (const { name, period, years, dated } of sets) {
    const open = () => {
      const rows = readRows(`surveillance_${name}/series.csv`).slice(1);
      const counts = rows.map((row) => Number(row[2]));
      const dates = rows.map((row) => Date.parse(row[1]!) / 86_400_000);
      const from = Number(readRows(`surveillance_${name}/glrnb.csv`)[1]![0]) - 1;
      return { counts, calendar: { period, years, from, ...(dated ? { dates } : {}) } };
    };
    const same = (file: string, verdicts: Verdict[]) => {
      const theirs = readRows(`surveillance_${name}/${file}.csv`).slice(1);
      expect(verdicts.length).toBe(theirs.length);
      theirs.forEach(([t, count, upperbound, alarm], i) => {
        const ours = verdicts[i]!;
        expect([ours.index + 1, ours.count, ours.alarm]).toEqual([Number(t), Number(count), alarm === "1"]);
        expect(Math.abs(ours.upperbound! - Number(upperbound))).toBeLessThan(1e-6);
      });
      return theirs;
    };

    it.skipIf(noOracles)(`EARS, ${name}`, () => {
      const { counts } = open();
      same("ears_C1", ears(counts, { method: "c1" }));
      same("ears_C2", ears(counts, { method: "c2" }));
      same("ears_C3", ears(counts, { method: "c3" }));
      same("ears_C2_b28_minSigma0.5", ears(counts, { method: "c2", baseline: 28, minSigma: 0.5 }));
    });

    it.skipIf(noOracles)(`Farrington 1996, ${name}`, () => {
      const { counts, calendar } = open();
      same("farrington1996", farrington(counts, { ...calendar, alpha: 0.01 }));
    });

    it.skipIf(noOracles)(`Farrington flexible, ${name}`, () => {
      const { counts, calendar } = open();
      const delta = {
        threshold: "delta",
        seasons: 1,
        weightsThreshold: 1,
        leaveOut: 3,
        trendP: 0.05,
        alpha: 0.05,
      } as const;
      for (const [file, settings] of [
        ["noufaily", {}],
        ["muan", { threshold: "muan" }],
        ["delta", delta],
      ] as const) {
        const verdicts = farringtonFlexible(counts, { ...calendar, ...settings });
        const theirs = same(`farringtonFlexible_${file}`, verdicts);
        theirs.forEach((row, i) => {
          expect(Math.abs(verdicts[i]!.expected! - Number(row[4]))).toBeLessThan(1e-6);
          expect(Math.abs(verdicts[i]!.p! - Number(row[7]))).toBeLessThan(1e-6);
        });
      }
    });

    it.skipIf(noOracles)(`likelihood ratio chart, ${name}`, () => {
      const { counts, calendar } = open();
      same("glrnb", glrnb(counts, calendar));
    });
  }
});

describe("cumulative sums", () => {
  for (const { name } of sets)
    it.skipIf(noOracles)(`alarm where those of R surveillance do, ${name}`, () => {
      const counts = readRows(`surveillance_${name}/series.csv`)
        .slice(1)
        .map((row) => Number(row[2]));
      for (const transform of ["standard", "rossi"] as const) {
        const theirs = readRows(`surveillance_${name}/cusum_${transform}.csv`).slice(1);
        const verdicts = cusum(counts, { transform, from: Number(theirs[0]![0]) - 1 });
        expect(verdicts.length).toBe(theirs.length);
        theirs.forEach(([t, count, alarm, mean, upperbound], i) => {
          const ours = verdicts[i]!;
          expect([ours.index + 1, ours.count, ours.alarm]).toEqual([Number(t), Number(count), alarm === "1"]);
          expect(ours.expected).toBeCloseTo(Number(mean), 9);
          expect(Math.abs(ours.upperbound! - Number(upperbound))).toBeLessThan(1e-6);
        });
      }
    });

  it.skipIf(noOracles)("are of no use on daily counts with a trend: nearly every day is an alarm", () => {
    const counts = readRows("surveillance_synthetic_daily/series.csv")
      .slice(1)
      .map((row) => Number(row[2]));
    const from = Number(readRows("surveillance_synthetic_daily/cusum_standard.csv")[1]![0]) - 1;
    const alarms = cusum(counts, { from }).filter((each) => each.alarm);
    expect(alarms.length).toBeGreaterThan(0.75 * (counts.length - from));
  });
});

describe("the negative binomial chart", () => {
  const counts = Array.from({ length: 160 }, (_, i) => Math.round(6 + 3 * Math.sin(i / 8) + ((i * 7919) % 11) - 5));
  const usual = counts.map((count) => Math.max(0, count));

  it("becomes the Poisson chart when the dispersion goes to nothing", () => {
    const bounds = (alpha: number) => glrnb(usual, { period: 52, alpha }).map((each) => each.upperbound);
    expect(bounds(1e-9)).toEqual(bounds(0));
  });

  it("needs more cases for an alarm when counts vary more", () => {
    const poisson = glrnb(usual, { period: 52 });
    const wide = glrnb(usual, { period: 52, alpha: 0.5 });
    expect(wide[0]!.upperbound!).toBeGreaterThan(poisson[0]!.upperbound!);
    expect(glrnb(usual, { period: 52, alpha: "fit" }).length).toBe(poisson.length);
  });

  it("alarms on a rise and starts afresh", () => {
    const rising = usual.map((count, i) => (i >= 130 && i < 134 ? count + 30 : count));
    const alarms = glrnb(rising, { period: 52 }).filter((each) => each.alarm);
    expect(alarms.map((each) => each.index)).toContain(130);
  });
});

describe("Farrington 1996", () => {
  it("judges with the windows there are when it is asked to start before all of them exist", () => {
    const counts = Array.from({ length: 240 }, (_, i) => 5 + ((i * 7919) % 7));
    const early = farrington(counts, { period: 52, from: 130 });
    expect(early[0]!.index).toBe(130);
    expect(early[0]!.upperbound!).toBeGreaterThan(5);
    // Where all windows exist the start makes no difference.
    expect(early.slice(-10)).toEqual(farrington(counts, { period: 52, from: 230 }));
    expect(() => farrington(counts, { period: 52, from: 20 })).toThrow(/can start/);
  });
});

describe("columns", () => {
  it("say the same as objects", () => {
    const counts = Array.from({ length: 60 }, (_, i) => (i * 31) % 17);
    for (const method of ["c1", "c2", "c3"] as const) {
      const { from, upperbound, alarm, expected } = earsColumns(counts, { method });
      const verdicts = ears(counts, { method });
      expect(verdicts.map((each) => each.index)).toEqual(counts.map((_, i) => i).slice(from));
      expect(verdicts.map((each) => each.upperbound)).toEqual(Array.from(upperbound.slice(from)));
      expect(verdicts.map((each) => each.expected)).toEqual(Array.from(expected.slice(from)));
      expect(verdicts.map((each) => (each.alarm ? 1 : 0))).toEqual(Array.from(alarm.slice(from)));
    }
  });
});

describe("a series that cannot be judged is refused with what to change", () => {
  const long = Array.from({ length: 300 }, (_, i) => i % 7);
  const refused: [string, () => unknown, RegExp][] = [
    ["empty", () => ears([], { method: "c1" }), /empty/],
    ["a negative count", () => ears([1, -1, 2], { method: "c1" }), /count 2 .* is -1/],
    ["half a count", () => farrington([0.5], { period: 52 }), /whole numbers/],
    ["too short for EARS", () => ears([1, 2, 3], { method: "c2" }), /needs 9/],
    ["too short for Farrington", () => farrington(long.slice(0, 100), { period: 52 }), /needs/],
    ["too early a start", () => farrington(long, { period: 52, from: 3 }), /can start/],
    ["a baseline of one", () => ears(long, { method: "c1", baseline: 1 }), /baseline/],
    ["alpha of one", () => ears(long, { method: "c1", alpha: 1 }), /alpha/],
    ["more seasons than weeks", () => farringtonFlexible(long, { period: 52, seasons: 60 }), /must have more points/],
    [
      "a history without cases",
      () =>
        glrnb(
          Array.from({ length: 120 }, () => 0),
          { period: 52 },
        ),
      /no cases/,
    ],
    [
      "dates with a gap",
      () => farrington(long, { period: 52, dates: long.map((_, i) => i * 7 + (i > 9 ? 7 : 0)) }),
      /gap/,
    ],
    ["a sum without a usual count", () => cusum([0, 0, 0, 4], { from: 3 }), /mean of the history/],
    ["a count that is too large", () => ears([1, 2, 4e7], { method: "c1" }), /to 30,000,000/],
    ["dates out of order", () => farrington(long, { period: 52, dates: long.map((_, i) => -i) }), /not after/],
  ];
  for (const [name, work, message] of refused)
    it(name, () => {
      expect(work).toThrow(SeriesInputError);
      expect(work).toThrow(message);
    });

  it("and never answers NaN", () => {
    const series = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 260, maxLength: 280 });
    fc.assert(
      fc.property(series, (counts) => {
        const all = [
          ...(["c1", "c2", "c3"] as const).flatMap((method) => ears(counts, { method })),
          ...farrington(counts, { period: 52 }),
          ...farringtonFlexible(counts, { period: 52 }),
          ...farringtonFlexible(counts, { period: 52, threshold: "muan" }),
        ];
        for (const { upperbound, expected, p } of all)
          for (const figure of [upperbound, expected, p]) expect(figure).not.toBeNaN();
      }),
      { numRuns: 8 },
    );
    const flat = ears(
      Array.from({ length: 30 }, () => 3),
      { method: "c3" },
    );
    expect(flat.every((each) => each.upperbound === 3 && !each.alarm)).toBe(true);
  });
});
