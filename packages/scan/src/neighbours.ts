import { alongCurve } from "./curve.ts";
import { distancesBetween, type Distances, type Sites } from "./sites.ts";
import { shapesOf, type Shape } from "./ellipses.ts";
import type { ChosenSettings, ScanInput } from "./input.ts";

/**
 * Walks the sites around a centre, nearest first, until `visit` says stop by returning false. An origin is a centre and
 * a shape: origin `o` has centre `o % count` and shape `Math.floor(o / count)`, circles first.
 */
export type Neighbours = {
  readonly count: number;
  readonly shapes: readonly Shape[];
  /** Centres in an order in which neighbours follow each other. */
  readonly order: Uint32Array;
  walk(origin: number, visit: (site: number) => boolean): void;
  distance(origin: number, site: number): number;
};

/** Neighbours are put in order as far as they are visited: buckets of distance first, then each bucket when reached. */
export function neighboursOf(input: ScanInput, settings: ChosenSettings, sites: Sites): Neighbours {
  const count = sites.placesOf.length;
  const distances = distancesBetween(input, settings, sites);
  const shapes = shapesOf(settings);
  const { maxRadius = Infinity } = settings;
  // A place on the rim must not fall out by the last bit of a square root.
  const reach = maxRadius * (1 + 1e-12);
  const keys = new Float64Array(count);
  const buckets = new Uint32Array(count + 1);
  const bucketOf = new Uint32Array(count);
  const order = new Uint32Array(count);
  return {
    count,
    shapes,
    order: alongCurve(sites.placesOf.map((of) => input.places[of[0]!]!)),
    distance: (origin, site) => {
      distances.from(origin % count, shapes[Math.floor(origin / count)]!, keys);
      return distances.unit(keys[site]!);
    },
    walk: (origin, visit) => {
      const centre = origin % count;
      distances.from(centre, shapes[Math.floor(origin / count)]!, keys);
      keys[centre] = -1;
      fillBuckets(keys, buckets, bucketOf, order);
      let begin = 0;
      for (let bucket = 0; bucket < count; bucket++) {
        const end = buckets[bucket]!;
        if (end - begin > 1) sortBucket(keys, order, begin, end);
        for (let rank = begin; rank < end; rank++) {
          const site = order[rank]!;
          // What no way leads to is in no circle.
          if (keys[site] === Infinity || beyond(distances, keys[site]!, reach) || !visit(site)) return;
        }
        begin = end;
      }
    },
  };
}

/** More pairs than this are put in order anew each time: they would not fit well into memory. */
const MOST_REMEMBERED = 25_000_000;

/** The same, keeping the order of all neighbours for the next time. */
export function rememberNeighbours(neighbours: Neighbours): Neighbours {
  const { count, shapes } = neighbours;
  if (count > 65_536 || count * count * shapes.length > MOST_REMEMBERED) return neighbours;
  const orders = new Map<number, Uint16Array>();
  const orderOf = (origin: number): Uint16Array => {
    const order = new Uint16Array(count);
    let used = 0;
    neighbours.walk(origin, (site) => {
      order[used++] = site;
      return true;
    });
    return order.slice(0, used);
  };
  return {
    ...neighbours,
    walk: (origin, visit) => {
      let order = orders.get(origin);
      if (!order) orders.set(origin, (order = orderOf(origin)));
      for (let rank = 0; rank < order.length; rank++) if (!visit(order[rank]!)) return;
    },
  };
}

function beyond(distances: Distances, key: number, reach: number): boolean {
  return reach !== Infinity && key > 0 && distances.unit(key) > reach;
}

/** Counting sort by key into as many buckets as sites; `buckets` then holds where each ends. */
function fillBuckets(keys: Float64Array, buckets: Uint32Array, bucketOf: Uint32Array, order: Uint32Array): void {
  const count = keys.length;
  let farthest = 0;
  for (let i = 0; i < count; i++) if (keys[i]! > farthest && keys[i]! < Infinity) farthest = keys[i]!;
  const scale = farthest > 0 ? (count - 1) / farthest : 0;
  buckets.fill(0);
  for (let i = 0; i < count; i++) {
    const bucket = keys[i]! <= 0 ? 0 : Math.min(count - 1, Math.floor(keys[i]! * scale));
    bucketOf[i] = bucket;
    buckets[bucket]!++;
  }
  let before = 0;
  for (let bucket = 0; bucket < count; bucket++) {
    const here = buckets[bucket]!;
    buckets[bucket] = before;
    before += here;
  }
  for (let i = 0; i < count; i++) order[buckets[bucketOf[i]!]!++] = i;
}

/** Sites of one bucket by key; equal keys keep the order of the sites. */
function sortBucket(keys: Float64Array, order: Uint32Array, begin: number, end: number): void {
  if (end - begin > 48) {
    order.subarray(begin, end).sort((a, b) => keys[a]! - keys[b]! || a - b);
    return;
  }
  for (let i = begin + 1; i < end; i++) {
    const site = order[i]!;
    const key = keys[site]!;
    let at = i - 1;
    while (at >= begin && keys[order[at]!]! > key) {
      order[at + 1] = order[at]!;
      at--;
    }
    order[at + 1] = site;
  }
}
