import { ScanInputError } from "./input.ts";

/** People of one stratum (such as an age group and sex) at one place, counted at one time. */
export type Census = {
  readonly place: number;
  /** In days, on the same scale as the periods; whole or not. */
  readonly time: number;
  readonly stratum: string;
  readonly population: number;
};

/** Cases of one stratum, for indirect standardisation. */
export type StratumCases = { readonly stratum: string; readonly cases: number };

/** Periods of any length in days from one edge to the next, or days one by one. */
export type Periods = { readonly edges: ArrayLike<number> } | { readonly firstDay: number; readonly lastDay: number };

type Point = { readonly time: number; readonly population: number };

/**
 * Population by place (slow) and period (fast) for the Poisson model. Between two counts it changes along a straight
 * line, before the first and after the last it stays. A period gets the area under the line, a day its height. With
 * cases by stratum the result is expected cases instead: each stratum has one rate everywhere (indirect
 * standardisation), and the sum is that of all cases. Throws `ScanInputError`.
 */
export function populationOfPeriods(
  censuses: Iterable<Census>,
  places: number,
  periods: Periods,
  cases: readonly StratumCases[] = [],
): Float64Array {
  const [count, valueOf] = measuring(periods);
  const result = new Float64Array(places * count);
  const known = pointsOf(censuses, places);
  const casesOf = new Map<string, number>();
  for (const { stratum, cases: more } of cases) casesOf.set(stratum, (casesOf.get(stratum) ?? 0) + more);
  for (const [stratum, more] of casesOf)
    if (more > 0 && !known.has(stratum)) throw new ScanInputError(`stratum ${stratum} has cases but no population`);
  for (const [stratum, byPlace] of known) {
    let everyone = 0;
    if (cases.length > 0)
      for (const points of byPlace.values())
        for (let period = 0; period < count; period++) everyone += valueOf(points, period);
    const stratumCases = casesOf.get(stratum) ?? 0;
    if (stratumCases > 0 && everyone === 0) throw new ScanInputError(`stratum ${stratum} has cases but no population`);
    const rate = cases.length === 0 ? 1 : stratumCases / everyone || 0;
    if (rate === 0) continue;
    for (const [place, points] of byPlace)
      for (let period = 0; period < count; period++) result[place * count + period]! += rate * valueOf(points, period);
  }
  return result;
}

function measuring(periods: Periods): [count: number, valueOf: (points: readonly Point[], period: number) => number] {
  if ("edges" in periods) {
    const { edges } = periods;
    return [edges.length - 1, (points, period) => areaUnder(points, edges[period]!, edges[period + 1]!)];
  }
  const { firstDay, lastDay } = periods;
  return [lastDay - firstDay + 1, (points, period) => heightAt(points, firstDay + period)];
}

/** Points in order of time, by stratum and place; counts of the same time add up. */
function pointsOf(censuses: Iterable<Census>, places: number): Map<string, Map<number, Point[]>> {
  const known = new Map<string, Map<number, Map<number, number>>>();
  for (const { place, time, stratum, population } of censuses) {
    if (!Number.isInteger(place) || place < 0 || place >= places)
      throw new ScanInputError("a population names a place that is not in the list of places");
    if (!(population >= 0 && population < Infinity))
      throw new ScanInputError(`a population is ${population}; it must be a number from 0`);
    const byPlace = known.get(stratum) ?? new Map<number, Map<number, number>>();
    const byTime = byPlace.get(place) ?? new Map<number, number>();
    known.set(stratum, byPlace.set(place, byTime.set(time, (byTime.get(time) ?? 0) + population)));
  }
  const inOrder = (byTime: Map<number, number>): Point[] =>
    Array.from(byTime, ([time, population]) => ({ time, population })).sort((a, b) => a.time - b.time);
  return new Map(
    Array.from(known, ([stratum, byPlace]) => [
      stratum,
      new Map(Array.from(byPlace, ([place, byTime]) => [place, inOrder(byTime)])),
    ]),
  );
}

/** The area under straight lines through the points from one time to another. */
function areaUnder(points: readonly Point[], from: number, to: number): number {
  let area = 0;
  let at = from;
  let left = heightAt(points, from);
  for (const { time, population } of points) {
    if (time <= from) continue;
    if (time >= to) break;
    area += ((left + population) / 2) * (time - at);
    at = time;
    left = population;
  }
  return area + ((left + heightAt(points, to)) / 2) * (to - at);
}

function heightAt(points: readonly Point[], time: number): number {
  const [first, last] = [points[0]!, points.at(-1)!];
  if (time <= first.time) return first.population;
  if (time >= last.time) return last.population;
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.time <= time) low = middle;
    else high = middle;
  }
  const [before, after] = [points[low]!, points[high]!];
  const share = (time - before.time) / (after.time - before.time);
  return before.population + (after.population - before.population) * share;
}
