import type { Counts } from "./counts.ts";
import { ScanInputError, type ChosenSettings, type ScanInput } from "./input.ts";
import { windowOf, type Layout } from "./layout.ts";
import { sumBySite, type Sites } from "./sites.ts";

/**
 * What the count of a zone and window is held against: expected cases, or people (Bernoulli).
 * Where it is the weight of the zone times a factor of the window, `factor` is set; otherwise `cells` has a number for
 * each site (slow) and lane (fast).
 */
export type Measure = {
  /** What the largest share is a share of: cases (permutation), or population averaged over time. */
  readonly weight: Float64Array;
  readonly everyone: number;
  readonly factor?: Float64Array;
  readonly cells?: Float64Array;
  /** Measure of the widest window per unit of weight. */
  readonly widest: number;
};

/** Monday to Sunday of a day number, for any numbering: only equality matters. */
export const weekdayOf = (day: number): number => ((day % 7) + 7) % 7;

/**
 * Space-time permutation (Kulldorff 2005): a zone with C of N cases expects C · W / N of the W cases of a window.
 * Within weekdays the same holds for each weekday, and the expectations add up.
 */
export function permutationMeasure(counts: Counts, siteCount: number, layout: Layout, weekday: boolean): Measure {
  const kinds = weekday ? 7 : 1;
  const kindOf = (day: number) => (weekday ? weekdayOf(day + counts.firstDay) : 0);
  const perKind = new Float64Array(kinds);
  const perDay = new Float64Array(counts.days);
  const ofSite = new Float64Array(siteCount * kinds);
  const weight = new Float64Array(siteCount);
  for (let i = 0; i < counts.site.length; i++) {
    const [site, day, count] = [counts.site[i]!, counts.day[i]!, counts.count[i]!];
    perDay[day]! += count;
    perKind[kindOf(day)]! += count;
    ofSite[site * kinds + kindOf(day)]! += count;
    weight[site]! += count;
  }
  const share = new Float64Array(layout.lanes * kinds).fill(Infinity);
  for (let lane = 0; lane < layout.lanes; lane++) {
    const window = windowOf(layout, lane);
    if (!window) continue;
    share.fill(0, lane * kinds, (lane + 1) * kinds);
    for (let day = window.from; day <= window.to; day++)
      if (perDay[day]! > 0) share[lane * kinds + kindOf(day)]! += perDay[day]! / perKind[kindOf(day)]!;
  }
  const shared = { weight, everyone: counts.total };
  if (!weekday) {
    // Sums of quotients would differ in the last bit from the quotient of sums that the paper has.
    for (let lane = 0; lane < layout.lanes; lane++) {
      const window = windowOf(layout, lane);
      if (window) share[lane] = perDay.subarray(window.from, window.to + 1).reduce((a, b) => a + b, 0) / counts.total;
    }
    return { ...shared, factor: share, widest: widestOf(share) };
  }
  const cells = new Float64Array(siteCount * layout.lanes);
  for (let site = 0; site < siteCount; site++)
    for (let lane = 0; lane < layout.lanes; lane++) {
      let sum = 0;
      for (let kind = 0; kind < kinds; kind++) {
        const cases = ofSite[site * kinds + kind]!;
        if (cases > 0) sum += cases * share[lane * kinds + kind]!;
      }
      cells[site * layout.lanes + lane] = windowOf(layout, lane) ? sum : Infinity;
    }
  return { ...shared, cells, widest: widestOfCells(cells, weight, layout.lanes) };
}

/** Population of each site, constant or by day; for the Poisson model scaled so that all of it expects all cases. */
export function populationMeasure(
  input: ScanInput,
  settings: ChosenSettings,
  sites: Sites,
  counts: Counts,
  layout: Layout,
): Measure {
  const population = checkPopulation(input, settings, counts);
  const siteCount = sites.placesOf.length;
  const poisson = settings.model === "poisson";
  if (population.length === input.places.length) {
    const weight = sumBySite(sites, population);
    const everyone = weight.reduce((a, b) => a + b, 0);
    checkEveryone(everyone, weight, counts, sites, input);
    const factor = new Float64Array(layout.lanes).fill(Infinity);
    for (let lane = 0; lane < layout.lanes; lane++) {
      const window = windowOf(layout, lane);
      const share = window ? (window.to - window.from + 1) / counts.days : Infinity;
      factor[lane] = poisson ? (counts.total / everyone) * share : window ? 1 : Infinity;
    }
    return { weight, everyone, factor, widest: widestOf(factor) };
  }
  const perDay = populationByDay(population, sites, counts.days);
  const weight = new Float64Array(siteCount);
  for (let i = 0; i < perDay.length; i++) weight[Math.floor(i / counts.days)]! += perDay[i]!;
  const everyone = weight.reduce((a, b) => a + b, 0);
  checkEveryone(everyone, weight, counts, sites, input);
  const scale = poisson ? counts.total / everyone : 1;
  const cells = new Float64Array(siteCount * layout.lanes).fill(Infinity);
  for (let lane = 0; lane < layout.lanes; lane++) {
    const window = windowOf(layout, lane);
    if (!window) continue;
    for (let site = 0; site < siteCount; site++) {
      let sum = 0;
      for (let day = window.from; day <= window.to; day++) sum += perDay[site * counts.days + day]!;
      cells[site * layout.lanes + lane] = sum * scale;
    }
  }
  return { weight, everyone, cells, widest: widestOfCells(cells, weight, layout.lanes) };
}

/** Population by site and day from population by place and day. */
export function populationByDay(population: ArrayLike<number>, sites: Sites, days: number): Float64Array {
  const sums = new Float64Array(sites.placesOf.length * days);
  for (let place = 0; place < sites.siteOf.length; place++)
    for (let day = 0; day < days; day++) sums[sites.siteOf[place]! * days + day]! += population[place * days + day]!;
  return sums;
}

function checkPopulation(input: ScanInput, settings: ChosenSettings, counts: Counts): ArrayLike<number> {
  const { population, places } = input;
  if (!population) throw new ScanInputError(`the ${settings.model} model needs a population for every place`);
  const byDay = population.length === places.length * counts.days;
  if (population.length !== places.length && !byDay)
    throw new ScanInputError("the population must have one number per place, or one per place and day of the study");
  const bernoulli = settings.model === "bernoulli";
  for (let i = 0; i < population.length; i++) {
    const number = population[i]!;
    if (!(number >= 0 && number < Infinity))
      throw new ScanInputError(`a population is ${number}; it must be a number from 0`);
    if (bernoulli && !Number.isInteger(number))
      throw new ScanInputError(`a population is ${number}; cases and controls are whole numbers`);
  }
  if (bernoulli && settings.windows && !byDay)
    throw new ScanInputError("a bernoulli model with windows needs a population for every place and day");
  return population;
}

function checkEveryone(everyone: number, weight: Float64Array, counts: Counts, sites: Sites, input: ScanInput): void {
  if (everyone <= 0) throw new ScanInputError("the population is zero everywhere");
  const alone = counts.site.find((site) => weight[site] === 0);
  if (alone !== undefined)
    throw new ScanInputError(`place ${input.places[sites.placesOf[alone]![0]!]!.id} has cases but no population`);
}

const finite = (numbers: Float64Array) => numbers.reduce((a, b) => (b < Infinity && b > a ? b : a), 0);
const widestOf = (factor: Float64Array): number => finite(factor) || 1;

function widestOfCells(cells: Float64Array, weight: Float64Array, lanes: number): number {
  const sums = new Float64Array(lanes);
  cells.forEach((cell, i) => (sums[i % lanes]! += cell));
  return finite(sums) / weight.reduce((a, b) => a + b, 0) || 1;
}
