import type { Finding, Method } from "@linge/domain/insight/finding.ts";
import { farringtonYears, methodFor } from "@linge/domain/insight/history.ts";
import { studentTail } from "@linge/domain/insight/surprise.ts";
import { levelOfCode, parentOfCode } from "@linge/domain/territory/code.ts";
import { ears, farringtonFlexible, type Place } from "@linge/scan";
import { seriesDays, type Stream } from "./streams.ts";

const week = 7;
const weeksOfYear = 52;
/** Fewer reports in a week than this, or fewer times as many, are not worth anybody's morning. */
const leastCount = 5;
const leastRatio = 1.5;
/**
 * An area with fewer reports than this in the seven weeks before has no usual number of its own. The city as a whole is
 * always looked at: what nobody ever reported before may still come all at once.
 */
const leastBaseline = 14;
const worthKeeping = 8;
const baselineWeeks = 7;

/** Counts of one area by day, added up from its first day on: any run of days is a difference. */
type AreaSeries = { code: string; sums: Int32Array };

/** A stream added up for the city and each county, township and community. */
export type SeriesOfStream = { id: string; first: number; areas: AreaSeries[]; stream: Stream };

/** Adds a stream up for every area above the grids. */
export function seriesOf(places: readonly Place[], stream: Stream, since: number, last: number): SeriesOfStream {
  const first = Math.max(since, last - seriesDays + 1);
  const days = last - first + 1;
  const sums = new Map<string, Int32Array>();
  const above = places.map(({ id }) => areasAbove(id));
  stream.place.forEach((place, i) => {
    const at = stream.day[i]! - first;
    if (at < 0 || at >= days) return;
    for (const code of above[place]!) {
      let counts = sums.get(code);
      if (!counts) sums.set(code, (counts = new Int32Array(days + 1)));
      counts[at + 1]! += stream.count[i]!;
    }
  });
  const areas = [...sums]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, counts]) => ({ code, sums: counts }));
  for (const { sums: counts } of areas) for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!;
  return { id: stream.id, first, areas, stream };
}

function areasAbove(code: string): string[] {
  const found: string[] = [];
  for (let at: string | null = code; at; at = parentOfCode(at)) {
    const level = levelOfCode(at);
    if (level !== "grid" && level !== "microGrid") found.push(at);
  }
  return found;
}

/** Whole weeks that end with the day, the oldest first. */
function weeksUntil({ sums }: AreaSeries, end: number): Int32Array {
  const weeks = Math.floor(end / week);
  return Int32Array.from({ length: weeks }, (_, i) => {
    const to = end - (weeks - 1 - i) * week;
    return sums[to]! - sums[to - week]!;
  });
}

type Judged = { expected: number; p: number };

/**
 * Compares the week that ends on a day with what was usual, in each area: is there more of it altogether? Farrington
 * flexible with two years of history, EARS C2 with ten weeks, C1 with eight, nothing before.
 * @returns how many areas had enough to be judged, and what was found
 */
export function findHowMuch(
  series: SeriesOfStream,
  day: number,
  places: readonly Place[],
): { looks: number; findings: Finding[] } {
  const end = day - series.first + 1;
  const method = methodFor(Math.floor(end / week));
  if (method === "tooShort") return { looks: 0, findings: [] };
  let looks = 0;
  const findings: Finding[] = [];
  for (const area of series.areas) {
    const weeks = weeksUntil(area, end);
    const wholeCity = levelOfCode(area.code) === "city";
    if (!wholeCity && sumOf(weeks.subarray(-1 - baselineWeeks, -1)) < leastBaseline) continue;
    looks++;
    const count = weeks.at(-1)!;
    if (count < leastCount) continue;
    const judged = judgeLast(weeks, method);
    if (!judged || count < leastRatio * judged.expected || 1 / judged.p < worthKeeping) continue;
    const focus = focusOf(series, area.code, end, count - judged.expected);
    findings.push(findingOf(series, area.code, day, method, { observed: count, ...judged, focus }, places));
  }
  return { looks, findings };
}

function sumOf(counts: Int32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** With this chance of a false alarm a bound lies one standard deviation above the mean. */
const oneSigma = 0.15865525393145707;

function judgeLast(weeks: Int32Array, method: Exclude<Method, "permutation">): Judged | undefined {
  const from = weeks.length - 1;
  if (method === "farrington") {
    // A count that is no more than lately needs no model.
    if (weeks[from]! <= sumOf(weeks.subarray(-9, -1)) / 8) return undefined;
    const years = farringtonYears(weeks.length);
    const verdict = farringtonFlexible(weeks, { period: weeksOfYear, years, from }).at(-1);
    return verdict?.expected && verdict.p ? { expected: verdict.expected, p: verdict.p } : undefined;
  }
  const { expected, upperbound } = ears(weeks, { method, alpha: oneSigma, from }).at(-1)!;
  // Seven weeks that happen to be alike must not make the eighth look strange: never less than chance would scatter.
  const sigma = Math.max(upperbound! - expected!, Math.sqrt(Math.max(1, expected!)));
  const t = (weeks[from]! - expected!) / (sigma * Math.sqrt(1 + 1 / baselineWeeks));
  return { expected: expected!, p: studentTail(t, baselineWeeks - 1) };
}

/** The narrowest area that holds at least this share of an excess tells where to go. */
const focusShare = 0.6;

function focusOf(series: SeriesOfStream, code: string, end: number, excess: number): Finding["focus"] {
  let at = code;
  let focus: Finding["focus"];
  for (;;) {
    const parts = series.areas
      .filter((area) => parentOfCode(area.code) === at)
      .map((area) => {
        const weeks = weeksUntil(area, end);
        const expected = sumOf(weeks.subarray(-1 - baselineWeeks, -1)) / baselineWeeks;
        return { areaCode: area.code, observed: weeks.at(-1)!, expected };
      });
    const most = parts.find(({ observed, expected }) => observed - expected >= focusShare * excess);
    if (!most) return focus;
    focus = most;
    at = most.areaCode;
  }
}

function findingOf(
  { id, stream }: SeriesOfStream,
  code: string,
  day: number,
  method: Method,
  { observed, expected, p, focus }: Judged & Pick<Finding, "observed" | "focus">,
  places: readonly Place[],
): Finding {
  const { lastCaseOn, drivers } = insideOf(stream, code, day, places);
  return {
    tool: "howMuch",
    method,
    streamId: id,
    areaCodes: [code],
    from: day - week + 1,
    to: day,
    lastCaseOn,
    observed,
    expected,
    ratio: observed / Math.max(expected, 0.1),
    p,
    recurrence: 1 / p,
    focus,
    drivers,
  };
}

/** Which places an area's week came from, beside their usual week. */
function insideOf(
  stream: Stream,
  code: string,
  day: number,
  places: readonly Place[],
): Pick<Finding, "lastCaseOn" | "drivers"> {
  const now = new Map<number, number>();
  const before = new Map<number, number>();
  let lastCaseOn = day - week + 1;
  const inside = places.map(({ id }) => areasAbove(id).includes(code));
  const add = (to: Map<number, number>, place: number, count: number): void =>
    void to.set(place, (to.get(place) ?? 0) + count);
  for (let i = stream.day.length - 1; i >= 0 && stream.day[i]! > day - week * (1 + baselineWeeks); i--) {
    const place = stream.place[i]!;
    if (stream.day[i]! > day || !inside[place]) continue;
    if (stream.day[i]! <= day - week) add(before, place, stream.count[i]!);
    else {
      add(now, place, stream.count[i]!);
      lastCaseOn = Math.max(lastCaseOn, stream.day[i]!);
    }
  }
  const drivers = [...now]
    .map(([place, observed]) => ({
      areaCode: places[place]!.id,
      observed,
      expected: (before.get(place) ?? 0) / baselineWeeks,
    }))
    .sort((a, b) => b.observed - b.expected - (a.observed - a.expected))
    .slice(0, 5);
  return { lastCaseOn, drivers };
}
