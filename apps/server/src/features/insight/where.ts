import { chanceOf } from "@linge/domain/insight/chance.ts";
import type { Finding } from "@linge/domain/insight/finding.ts";
import type { ScanOptions } from "@linge/domain/insight/options.ts";
import { scanNow, type Cluster, type Place, type ScanSettings } from "@linge/scan";
import { wayBetween, type Space } from "./places.ts";
import { baselineDays, type Stream } from "./streams.ts";

/** A first look with few replicates is enough to leave a quiet stream alone. */
const firstLook = 49;
const fullLook = 999;
/** Clusters that chance brings more often than once in so many days are forgotten at the first look and at the second. */
const worthAnother = 5;
const worthKeeping = 8;
const leastTotal = 20;
/** In a small stream a surge is soon more than the largest share of all its reports: so many are always let in. */
const leastRoom = 30;

/** A stream over its own places only: the permutation gives no weight to others. */
export type PlacedStream = Stream & { places: Place[]; distances?: Float32Array };

export function placeStream(space: Space, stream: Stream): PlacedStream {
  const used = [...new Set(stream.place)].sort((a, b) => a - b);
  const renumbered = new Map(used.map((place, i) => [place, i]));
  return {
    ...stream,
    place: stream.place.map((place) => renumbered.get(place)!),
    places: used.map((place) => space.places[place]!),
    distances: wayBetween(space, used),
  };
}

/** The first index whose day is at least `day`: rows are in the order of days. */
function indexOfDay(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(counts: Int32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/**
 * Scans one stream as of a day with the space-time permutation (Kulldorff 2005), which needs no population and forgives
 * a rising city: where is there more than elsewhere, and than at other times?
 * @param since the first day of the city's history
 * @returns clusters, rarest first; undefined when there is too little to look at
 */
export function findWhere(
  stream: PlacedStream,
  day: number,
  since: number,
  options: ScanOptions,
): Finding[] | undefined {
  const start = Math.max(since, day - baselineDays + 1);
  const [begin, recent, end] = [start, day - options.longestDays + 1, day + 1].map((each) =>
    indexOfDay(stream.day, each),
  );
  const cases = {
    place: stream.place.subarray(begin, end),
    day: stream.day.subarray(begin, end),
    count: stream.count.subarray(begin, end),
  };
  const lately = sum(stream.count.subarray(recent, end));
  const total = sum(cases.count);
  if (total < leastTotal || total - lately < options.minCases) return undefined;
  if (lately < options.minCases) return [];
  const settings: ScanSettings = {
    start,
    end: day,
    windows: { from: 1, to: options.longestDays },
    maxShare: Math.max(options.maxShare, Math.min(0.5, leastRoom / total)),
    maxRadius: options.maxRadiusKm,
    minCases: options.minCases,
    coordinates: "lonlat",
    pValue: "gumbel",
    seed: day,
    ...(options.weekdays && { permuteWithin: "weekday" }),
  };
  const input = { places: stream.places, cases, distances: stream.distances };
  const first = scanNow(input, { ...settings, replicates: firstLook });
  if ((first.clusters[0]?.recurrenceInterval ?? 0) < worthAnother) return [];
  const { clusters: raw, maxima } = scanNow(input, { ...settings, replicates: fullLook });
  const clusters = raw.map((cluster) => ({ ...cluster, p: chanceOf(cluster.llr, cluster.p, maxima) }));
  return clusters
    .filter(({ p }) => 1 / p >= worthKeeping)
    .map((cluster) =>
      findingOf(
        stream,
        cluster,
        clusters.find((other) => other !== cluster),
        end,
      ),
    );
}

function findingOf(stream: PlacedStream, cluster: Cluster, second: Cluster | undefined, end: number): Finding {
  const inside = new Set(cluster.locations);
  let last = end - 1;
  while (stream.day[last]! > cluster.days[0] && !inside.has(stream.places[stream.place[last]!]!.id)) last--;
  return {
    tool: "where",
    method: "permutation",
    streamId: stream.id,
    areaCodes: cluster.locations,
    from: cluster.days[0],
    to: cluster.days[1],
    lastCaseOn: stream.day[last]!,
    observed: cluster.observed,
    expected: cluster.expected,
    ratio: cluster.ratio,
    p: cluster.p,
    recurrence: 1 / cluster.p,
    drivers: cluster.drivers
      .slice(0, 5)
      .map(({ location, observed, expected }) => ({ areaCode: location, observed, expected })),
    ...(second && {
      runnerUp: {
        areaCodes: second.locations,
        from: second.days[0],
        to: second.days[1],
        observed: second.observed,
        expected: second.expected,
        recurrence: 1 / second.p,
      },
    }),
  };
}
