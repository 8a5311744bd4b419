import { scanNow, type CaseColumns, type Cluster, type Place } from "@linge/scan";
import { withoutEchoes, type Finding } from "@linge/domain/insight/episode.ts";

/** One series of counts by place and day: a category, or a family of them. */
export type Stream = { id: string; columns: { place: Int32Array; day: Int32Array; count: Int32Array } };

/** What a scan is given: places and counts. There is no room in it for a person or for words. */
export type ScanRequest = {
  places: Place[];
  streams: Stream[];
  /** The last complete day, days since 1970. */
  day: number;
  /** Clusters that chance brings more often than this many days are not reported. */
  least: number;
};

/** Days of history that say what is usual. */
export const baselineDays = 365;
const windows = { from: 1, to: 14 };
const minCases = 4;
/** A first look with few replicates is enough to leave a quiet stream alone. */
const firstLook = 99;
const fullLook = 999;

/** The cases of the year up to a day, and the places that had one: the permutation gives no weight to others. */
function until(all: Place[], { place, day, count }: Stream["columns"], last: number) {
  const places: Place[] = [];
  const renumbered = new Map<number, number>();
  const cases: { place: number[]; day: number[]; count: number[] } & CaseColumns = { place: [], day: [], count: [] };
  for (let i = 0; i < day.length; i++) {
    if (day[i]! > last || day[i]! <= last - baselineDays) continue;
    let at = renumbered.get(place[i]!);
    if (at === undefined) renumbered.set(place[i]!, (at = places.push(all[place[i]!]!) - 1));
    cases.place.push(at);
    cases.day.push(day[i]!);
    cases.count.push(count[i]!);
  }
  return { places, cases };
}

function findingOf(streamId: string, cluster: Cluster): Finding {
  return {
    streamId,
    areaCodes: cluster.locations,
    from: cluster.days[0],
    to: cluster.days[1],
    observed: cluster.observed,
    expected: cluster.expected,
    ratio: cluster.ratio,
    p: cluster.p,
    recurrence: cluster.recurrenceInterval ?? 0,
    drivers: cluster.drivers
      .slice(0, 5)
      .map(({ location, observed, expected }) => ({ areaCode: location, observed, expected })),
  };
}

/** Scans one stream as of a day: the space-time permutation, which needs no population and forgives a rising city. */
export function scanStream(all: Place[], stream: Stream, day: number, least: number): Finding[] {
  const { places, cases } = until(all, stream.columns, day);
  let total = 0;
  let recent = 0;
  let earlier = 0;
  for (let i = 0; i < cases.count.length; i++) {
    total += cases.count[i]!;
    if (cases.day[i]! > day - windows.to) recent += cases.count[i]!;
    else earlier += cases.count[i]!;
  }
  // Nothing lately, or nothing to compare with.
  if (recent < minCases || earlier < minCases || total < 20) return [];
  const input = { places, cases };
  const settings = {
    end: day,
    start: Math.max(
      day - baselineDays + 1,
      cases.day.reduce((first, each) => Math.min(first, each), day),
    ),
    windows,
    maxShare: 0.1,
    minCases,
    coordinates: "lonlat",
    pValue: "gumbel",
    seed: day,
  } as const;
  const first = scanNow(input, { ...settings, replicates: firstLook });
  if ((first.clusters[0]?.recurrenceInterval ?? 0) < least * 0.02) return [];
  const { clusters } = scanNow(input, { ...settings, replicates: fullLook });
  return clusters
    .filter((cluster) => (cluster.recurrenceInterval ?? 0) >= least * 0.05)
    .map((cluster) => findingOf(stream.id, cluster));
}

/** All streams as of a day. */
export function scanStreams({ places, streams, day, least }: ScanRequest): Finding[] {
  return withoutEchoes(streams.flatMap((stream) => scanStream(places, stream, day, least)));
}
