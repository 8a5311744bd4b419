import { checkPlaces, readCases } from "./check.ts";
import { ScanInputError, type ChosenSettings, type ScanInput } from "./input.ts";
import { accumulate, layOutWindows, offsetOf, type Layout } from "./layout.ts";
import type { Likelihood } from "./likelihood.ts";
import { countCases, type Counts } from "./counts.ts";
import { permutationMeasure, populationMeasure, type Measure } from "./measure.ts";
import { neighboursOf, type Neighbours } from "./neighbours.ts";
import { bernoulliNull, permutationNull, poissonNull, type NullModel } from "./null.ts";
import { findSites, type Sites } from "./sites.ts";
import { growZones, type Zones } from "./zones.ts";

/** What replicates need, as plain data that can be handed to a worker. */
export type Study = {
  readonly layout: Layout;
  readonly likelihood: Likelihood;
  readonly measure: Measure;
  readonly zones: Zones;
  readonly nullModel: NullModel;
  readonly minCases: number;
  readonly seed: number;
  /** For each class (slow) and lane (fast) the smallest measure of a zone. */
  readonly classMeasures: Float64Array;
};

/** A study and what is needed to put its clusters into words. */
export type Prepared = {
  readonly study: Study;
  readonly counts: Counts;
  readonly sites: Sites;
  readonly neighbours: Neighbours;
  readonly settings: ChosenSettings;
};

/** Check the input and lay out the study; throws `ScanInputError` with what to change. */
export function prepare(input: ScanInput, settings: ChosenSettings): Prepared {
  checkPlaces(input);
  const sites = findSites(input);
  const neighbours = neighboursOf(input, settings, sites);
  return prepareCases(input, settings, sites, neighbours);
}

/** The same for places that are already known, so that many categories can share their neighbours. */
export function prepareCases(
  input: ScanInput,
  settings: ChosenSettings,
  sites: Sites,
  neighbours: Neighbours,
): Prepared {
  const counts = countCases(readCases(input), sites, settings);
  const layout = layOutWindows(settings, counts.days);
  const permutes = settings.model === "space-time-permutation";
  const weekday = settings.permuteWithin === "weekday";
  if (permutes && new Set(counts.day).size < 2)
    throw new ScanInputError("the space-time permutation needs cases on at least two days");
  const measure = permutes
    ? permutationMeasure(counts, sites.placesOf.length, layout, weekday)
    : populationMeasure(input, settings, sites, counts, layout);
  const zones = growZones(neighbours, measure, settings);
  if (zones.steps.length === 0)
    throw new ScanInputError("every place alone is larger than the largest share; raise the largest share");
  const nullModel = permutes
    ? permutationNull(counts, layout, weekday)
    : settings.model === "poisson"
      ? poissonNull(input, sites, counts, layout, measure)
      : bernoulliNull(input, sites, counts, layout, measure);
  const likelihood: Likelihood = {
    family: settings.model === "bernoulli" ? "bernoulli" : "poisson",
    total: counts.total,
    everyone: measure.everyone,
  };
  if (likelihood.family === "bernoulli" && counts.total > measure.everyone)
    throw new ScanInputError("there are more cases than cases and controls together");
  const study = {
    layout,
    likelihood,
    measure,
    zones,
    nullModel,
    minCases: settings.minCases,
    seed: settings.seed,
    classMeasures: measuresOfClasses(zones, measure, layout.lanes),
  };
  return { study, counts, sites, neighbours, settings };
}

function measuresOfClasses({ classSize, ...zones }: Zones, { factor, cells }: Measure, lanes: number): Float64Array {
  const measures = new Float64Array(classSize.length * lanes).fill(Infinity);
  if (factor) {
    classSize.forEach((size, row) => factor.forEach((each, lane) => (measures[row * lanes + lane] = size * each)));
    return measures;
  }
  const sums = new Float64Array(lanes);
  for (let chain = 0; chain + 1 < zones.firstBlock.length; chain++) {
    sums.fill(0);
    for (let block = zones.firstBlock[chain]!; block < zones.firstBlock[chain + 1]!; block++) {
      const row = zones.blockClass[block]! * lanes;
      const begin = block > 0 ? zones.blockEnd[block - 1]! : 0;
      for (let step = begin; step < zones.blockEnd[block]!; step++) {
        const cell = zones.steps[step]! * lanes;
        for (let lane = 0; lane < lanes; lane++) sums[lane]! += cells![cell + lane]!;
        if (step > begin) continue;
        for (let lane = 0; lane < lanes; lane++)
          if (sums[lane]! < measures[row + lane]!) measures[row + lane] = sums[lane]!;
      }
    }
  }
  return measures;
}

/** The observed cases as rows of the layout. */
export function observedRows(counts: Counts, siteCount: number, layout: Layout): Int32Array {
  const rows = new Int32Array(siteCount * layout.width);
  counts.site.forEach((site, i) => {
    const offset = offsetOf(layout, counts.day[i]!);
    if (offset >= 0) rows[site * layout.width + offset]! += counts.count[i]!;
  });
  accumulate(layout, rows);
  return rows;
}
