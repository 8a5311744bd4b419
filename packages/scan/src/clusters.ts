import type { ScanInput } from "./input.ts";
import { countIn, windowOf } from "./layout.ts";
import { TIE } from "./likelihood.ts";
import { pValue } from "./pValue.ts";
import { firstStep, sumOfCells, type Candidate } from "./search.ts";
import type { Prepared, Study } from "./study.ts";

/** A place of a cluster and how much of the excess is its own. */
export type Driver = { readonly location: string; readonly observed: number; readonly expected: number };

/** A circle of places and a span of days with more cases than expected. */
export type Cluster = {
  /** Ids, the centre first, then by distance. */
  readonly locations: string[];
  /** First and last day. */
  readonly days: [from: number, to: number];
  readonly observed: number;
  readonly expected: number;
  /** Observed over expected. */
  readonly ratio: number;
  /** Log-likelihood ratio. */
  readonly llr: number;
  readonly p: number;
  /** Prospective: days until chance alone gives such a cluster again, when the scan runs every day; otherwise null. */
  readonly recurrenceInterval: number | null;
  /** From the centre to the farthest place. */
  readonly radius: number;
  /** The places with an excess, largest first, at most ten; Bernoulli: expected by the overall share of cases. */
  readonly drivers: Driver[];
};

/**
 * Of the best zone of each centre those that share no place with a better one, best first.
 * Of equally good ones the tighter circle goes first, as in SaTScan.
 */
export function withoutOverlap(prepared: Prepared, candidates: Candidate[]): Candidate[] {
  const { study } = prepared;
  const taken = new Set<number>();
  const rank = (each: Candidate) => Math.round(each.llr / TIE);
  const radius = new Map<Candidate, number>();
  const radiusOf = (each: Candidate) => {
    const found = radius.get(each) ?? prepared.neighbours.distance(each.centre, study.zones.steps[each.step]!);
    radius.set(each, found);
    return found;
  };
  return candidates
    .toSorted((a, b) => rank(b) - rank(a) || radiusOf(a) - radiusOf(b) || a.centre - b.centre)
    .filter((candidate) => {
      const sites = sitesOf(study, candidate);
      if (sites.some((site) => taken.has(site))) return false;
      for (const site of sites) taken.add(site);
      return true;
    });
}

function sitesOf(study: Study, { centre, step }: Candidate): number[] {
  const block = study.zones.firstBlock[centre]!;
  return Array.from(study.zones.steps.subarray(firstStep(study, block), step + 1));
}

/** Put a candidate into ids, days and figures. */
export function describe(
  { study, sites, neighbours, counts, settings }: Prepared,
  input: ScanInput,
  rows: Int32Array,
  candidate: Candidate,
  maxima: Float64Array,
): Cluster {
  const { lane, observed, llr, centre } = candidate;
  const { layout, likelihood } = study;
  const members = sitesOf(study, candidate);
  const toExpected = likelihood.family === "bernoulli" ? likelihood.total / likelihood.everyone : 1;
  const expectedIn = (site: number) =>
    toExpected *
    (study.measure.factor
      ? study.measure.weight[site]! * study.measure.factor[lane]!
      : study.measure.cells![site * layout.lanes + lane]!);
  const first = firstStep(study, study.zones.firstBlock[centre]!);
  const expected = study.measure.factor
    ? toExpected * members.reduce((sum, site) => sum + study.measure.weight[site]!, 0) * study.measure.factor[lane]!
    : toExpected * sumOfCells(study, first, candidate.step, lane);
  const drivers = members
    .map((site) => ({
      location: input.places[sites.placesOf[site]![0]!]!.id,
      observed: countIn(layout, rows, site, lane),
      expected: expectedIn(site),
    }))
    .filter((driver) => driver.observed > driver.expected)
    .toSorted((a, b) => b.observed - b.expected - (a.observed - a.expected))
    .slice(0, 10);
  const window = windowOf(layout, lane)!;
  const p = pValue(llr, maxima, settings);
  const prospective = settings.type === "prospective" && settings.windows !== undefined;
  return {
    locations: circle({ sites, neighbours }, centre, members.at(-1)!).map((place) => input.places[place]!.id),
    days: [counts.firstDay + window.from, counts.firstDay + window.to],
    observed,
    expected,
    ratio: observed / expected,
    llr,
    p,
    recurrenceInterval: prospective ? 1 / p : null,
    radius: neighbours.distance(centre, members.at(-1)!),
    drivers,
  };
}

/** All places from the centre to the last site, those without cases or population among them. */
function circle({ sites, neighbours }: Pick<Prepared, "sites" | "neighbours">, centre: number, last: number): number[] {
  const places: number[] = [];
  let reached = false;
  neighbours.walk(centre, (site) => {
    if (reached) return false;
    places.push(...sites.placesOf[site]!);
    reached = site === last;
    return true;
  });
  return places;
}
