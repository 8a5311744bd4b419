import type { ScanInput } from "./input.ts";
import { areApart, type Candidate } from "./candidates.ts";
import { countIn, windowOf, type Window } from "./layout.ts";
import { TIE } from "./likelihood.ts";
import { pValue } from "./pValue.ts";
import { firstStep, sumOfCells } from "./search.ts";
import type { Prepared, Study } from "./study.ts";

/** A place of a cluster and how much of the excess is its own. */
export type Driver = { readonly location: string; readonly observed: number; readonly expected: number };

/** A circle or ellipse of places and a span of days with more cases than expected. */
export type Cluster = {
  /** Ids, the centre first, then by distance. */
  readonly locations: string[];
  /** First and last day. */
  readonly days: [from: number, to: number];
  readonly observed: number;
  readonly expected: number;
  /** Observed over expected. */
  readonly ratio: number;
  /** Log-likelihood ratio, of a narrow ellipse less its penalty. */
  readonly llr: number;
  readonly p: number;
  /** Prospective: days until chance alone gives such a cluster again, when the scan runs every day; otherwise null. */
  readonly recurrenceInterval: number | null;
  /** From the centre to the farthest place; of an ellipse half its short axis. */
  readonly radius: number;
  /** How long over how wide, and the angle of the long axis to the x axis in degrees, where it is not a circle. */
  readonly ellipse?: { readonly elongation: number; readonly angle: number };
  /** The places with an excess, largest first, at most ten; Bernoulli: expected by the overall share of cases. */
  readonly drivers: Driver[];
};

/**
 * From best to worst those that share no place with a better one, or, where windows lie anywhere, are apart from it in
 * time. Of equally good ones the one with fewer places goes first, then by the id of the centre, as in SaTScan.
 */
export function withoutOverlap(prepared: Prepared, input: ScanInput, candidates: Candidate[]): Candidate[] {
  const { study, sites } = prepared;
  const taken = new Map<number, Window[]>();
  const rank = (each: Candidate) => Math.round(each.llr / TIE);
  const placesIn = new Map<Candidate, number[]>();
  const placesOf = (each: Candidate) => {
    const found = placesIn.get(each) ?? placesWithin(prepared, each);
    placesIn.set(each, found);
    return found;
  };
  const idOf = ({ origin }: Candidate) => input.places[sites.placesOf[origin % study.zones.siteCount]![0]!]!.id;
  const order = (a: Candidate, b: Candidate) =>
    rank(b) - rank(a) || placesOf(a).length - placesOf(b).length || (idOf(a) < idOf(b) ? -1 : 1);
  return candidates.toSorted(order).filter((candidate) => {
    const places = placesOf(candidate);
    const window = windowOf(study.layout, candidate.lane)!;
    if (places.some((place) => taken.get(place)?.some((other) => !areApart(window, other)))) return false;
    for (const place of places) taken.set(place, [...(taken.get(place) ?? []), window]);
    return true;
  });
}

function sitesOf(study: Study, { chain, step }: Candidate): number[] {
  const block = study.zones.firstBlock[chain]!;
  return Array.from(study.zones.steps.subarray(firstStep(study, block), step + 1));
}

/** Put a candidate into ids, days and figures. */
export function describe(
  prepared: Prepared,
  input: ScanInput,
  rows: Int32Array,
  candidate: Candidate,
  maxima: Float64Array,
): Cluster {
  const { study, sites, neighbours, counts, settings } = prepared;
  const { lane, observed, llr, origin } = candidate;
  const { layout, likelihood } = study;
  const members = sitesOf(study, candidate);
  const toExpected = likelihood.family === "bernoulli" ? likelihood.total / likelihood.everyone : 1;
  const expectedIn = (site: number) =>
    toExpected *
    (study.measure.factor
      ? study.measure.weight[site]! * study.measure.factor[lane]!
      : study.measure.cells![site * layout.lanes + lane]!);
  const first = firstStep(study, study.zones.firstBlock[candidate.chain]!);
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
  const { elongation, angle } = neighbours.shapes[Math.floor(origin / neighbours.count)]!;
  const p = pValue(llr, maxima, settings);
  const prospective = settings.type === "prospective" && settings.windows !== undefined;
  return {
    locations: placesWithin(prepared, candidate).map((place) => input.places[place]!.id),
    days: [counts.firstDay + window.from, counts.firstDay + window.to],
    observed,
    expected,
    ratio: observed / expected,
    llr,
    p,
    recurrenceInterval: prospective ? 1 / p : null,
    radius: neighbours.distance(origin, members.at(-1)!),
    ...(elongation > 1 ? { ellipse: { elongation, angle: (angle * 180) / Math.PI } } : {}),
    drivers,
  };
}

/** All places from the centre to the last site, those without cases or population among them. */
function placesWithin({ study, sites, neighbours }: Prepared, { origin, step }: Candidate): number[] {
  const last = study.zones.steps[step]!;
  const places: number[] = [];
  let reached = false;
  neighbours.walk(origin, (site) => {
    if (reached) return false;
    places.push(...sites.placesOf[site]!);
    reached = site === last;
    return true;
  });
  return places;
}
