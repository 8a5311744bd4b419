import type { Finding } from "@linge/domain/insight/finding.ts";
import { usualOptions } from "@linge/domain/insight/options.ts";
import { describe, expect, it } from "vitest";
import { seeded } from "../../../apps/server/src/features/demo/random.ts";
import { wayBetween, type Space } from "../../../apps/server/src/features/insight/places.ts";
import { scanDays, type DayScanned } from "../../../apps/server/src/features/insight/scanDays.ts";
import type { Stream } from "../../../apps/server/src/features/insight/streams.ts";

const today = 20_700;

/** Forty grids in two townships, on two islands a kilometre apart. */
const space: Space = {
  places: Array.from({ length: 40 }, (_, i) => ({
    id: `33090${i < 20 ? 2 : 3}001001${String((i % 20) + 1).padStart(3, "0")}`,
    x: 122 + (i % 5) * 0.01 + (i < 20 ? 0 : 0.05),
    y: 30 + Math.floor((i % 20) / 5) * 0.01,
  })),
  island: Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
  crossingKm: 10,
};

type Row = { place: number; day: number };

/** Reports of quiet days, with the rhythm of the week, and whatever happened besides. */
function streamOf(days: number, perDay: number, more: Row[] = [], seed = 7, weekend = 0.5): Stream {
  const random = seeded(seed);
  const rows: Row[] = [...more];
  for (let day = today - days + 1; day <= today; day++) {
    const rate = perDay * (day % 7 < 2 ? weekend : 1.2);
    for (let left = rate; left > 0; left--)
      if (random() < Math.min(1, left)) rows.push({ place: Math.floor(random() * 40), day });
  }
  rows.sort((a, b) => a.day - b.day || a.place - b.place);
  return {
    id: "facilities.waterSupply",
    place: Int32Array.from(rows, ({ place }) => place),
    day: Int32Array.from(rows, ({ day }) => day),
    count: Int32Array.from(rows, () => 1),
  };
}
const burst = (places: number[], days: number[], each: number): Row[] =>
  places.flatMap((place) => days.flatMap((day) => Array.from({ length: each }, () => ({ place, day }))));

function scan(stream: Stream, days: number, options = usualOptions): DayScanned {
  const request = { space, streams: [stream], since: today - days + 1, firstDay: today, lastDay: today, options };
  return [...scanDays(request)][0]!;
}
const of = ({ findings }: DayScanned, tool: Finding["tool"]): Finding[] =>
  findings.filter((each) => each.tool === tool);

describe("where", () => {
  it("is told of neighbours on one island, with what drives it and the last day on which a case came", () => {
    const found = scan(streamOf(200, 3, burst([0, 1, 5, 6], [today - 2, today - 1], 3)), 200);
    const [cluster] = of(found, "where");
    expect(cluster).toMatchObject({ method: "permutation", to: today, lastCaseOn: today - 1 });
    expect(cluster!.areaCodes.length).toBeLessThanOrEqual(8);
    expect(cluster!.observed).toBeGreaterThanOrEqual(14);
    expect(cluster!.recurrence).toBeGreaterThan(10_000);
    expect(cluster!.drivers.length).toBeGreaterThan(0);
  });

  it("keeps two islands in sight of each other apart, unless a bird's way is asked for", () => {
    const ways = wayBetween(space, [4, 20])!;
    expect(ways[1]).toBeGreaterThan(10.9);
    expect(ways[1]).toBeLessThan(11);
    expect(ways[0]).toBe(0);
    expect(wayBetween({ ...space, crossingKm: 0 }, [4, 20])).toBeUndefined();
    const both = streamOf(200, 3, burst([4, 9, 20, 25], [today - 1, today], 3));
    const codes = (crossingKm: number): Set<string> => {
      const near = { ...space, crossingKm };
      const request = {
        space: near,
        streams: [both],
        since: today - 199,
        firstDay: today,
        lastDay: today,
        options: usualOptions,
      };
      const [first] = of([...scanDays(request)][0]!, "where");
      return new Set(first!.areaCodes.map((code) => code.slice(0, 6)));
    };
    expect(codes(0).size).toBe(2);
    expect(codes(10).size).toBe(1);
  });

  it("is not told of chance, and Mondays may be compared with Mondays only", () => {
    expect(of(scan(streamOf(200, 3), 200), "where").filter(({ recurrence }) => recurrence > 400)).toEqual([]);
    const stratified = scan(streamOf(200, 3, burst([0, 1], [today - 1, today], 4)), 200, {
      ...usualOptions,
      weekdays: true,
    });
    expect(of(stratified, "where")[0]!.recurrence).toBeGreaterThan(1000);
  });

  it("is not told of fewer reports than the least number", () => {
    const few = scan(streamOf(200, 0.3, burst([0], [today], 5)), 200, { ...usualOptions, minCases: 9 });
    expect(of(few, "where")).toEqual([]);
  });
});

describe("how much", () => {
  /** Three times as many everywhere in one township, the last week. */
  const flood = burst(
    Array.from({ length: 20 }, (_, i) => i),
    [today - 4, today - 3, today - 1],
    1,
  );

  it.each([
    [40, undefined],
    [57, "c1"],
    [120, "c2"],
    [3 * 364 + 60, "farrington"],
  ])("after %i days of history is told by %s", (days, method) => {
    const found = of(scan(streamOf(days, 4, flood), days), "howMuch");
    expect(found.map((each) => each.method)).toEqual(method ? [method] : []);
    if (!method) return;
    expect(found[0]).toMatchObject({ from: today - 6, to: today });
    expect(found[0]!.lastCaseOn).toBeGreaterThanOrEqual(today - 1);
    expect(found[0]!.observed).toBeGreaterThan(1.5 * found[0]!.expected);
    expect(found[0]!.focus?.areaCode ?? found[0]!.areaCodes[0]).toMatch(/^330902/);
  });

  it("is not told of a quiet week, nor where hardly anything ever comes", () => {
    expect(of(scan(streamOf(200, 4), 200), "howMuch").filter(({ recurrence }) => recurrence > 1000)).toEqual([]);
    // Only the city as a whole is looked at then.
    expect(scan(streamOf(200, 0.1), 200).looks.howMuch).toBe(1);
  });

  it("is told of what nobody ever reported before, the first time it comes, and of where most of it is", () => {
    const storm = burst([0, 1, 2, 3, 20], [today - 1, today], 3);
    const found = of(scan(streamOf(200, 0.02, storm), 200), "howMuch");
    expect(found).toMatchObject([
      { areaCodes: ["330900000000"], observed: 30, focus: { areaCode: expect.stringMatching(/^330902/) } },
    ]);
    expect(found[0]!.recurrence).toBeGreaterThan(100_000);
  });
});

describe("over days on which only chance is at work", () => {
  it("clusters as rare as once a month come about once a month", () => {
    let raised = 0;
    const [days, cities] = [60, 4];
    for (let seed = 1; seed <= cities; seed++) {
      const streams = [streamOf(200, 3, [], seed)];
      const [firstDay, lastDay] = [today - days + 1, today];
      const request = { space, streams, since: today - 199, firstDay, lastDay, options: usualOptions };
      let before = false;
      for (const day of scanDays(request)) {
        const rings = of(day, "where").some(({ recurrence }) => recurrence >= 30);
        // A cluster that lasts is told once.
        if (rings && !before) raised++;
        before = rings;
      }
    }
    const expected = (cities * days) / 30;
    expect(raised).toBeLessThanOrEqual(2 * expected);
  });
});
