import type { Shape } from "./ellipses.ts";
import type { ScanInput, ScanSettings } from "./input.ts";

/** Places at the same spot are one site: no circle can tell them apart. */
export type Sites = {
  /** The site of each place. */
  readonly siteOf: Int32Array;
  /** The places of each site, in their given order. */
  readonly placesOf: readonly (readonly number[])[];
};

/**
 * Number the sites by x, then y. Neighbours at the same distance are then taken in that order, as SaTScan does,
 * whatever the order of the rows. Places with a distance matrix are each a site.
 */
export function findSites({ places, distances }: ScanInput): Sites {
  const order = places.map((_, i) => i);
  const compare = (a: number, b: number) => {
    const [one, other] = [places[a]!, places[b]!];
    return one.x - other.x || one.y - other.y || 0;
  };
  order.sort((a, b) => compare(a, b) || (places[a]!.id < places[b]!.id ? -1 : 1));
  const siteOf = new Int32Array(places.length);
  const placesOf: number[][] = [];
  order.forEach((place, rank) => {
    const same = rank > 0 && !distances && compare(order[rank - 1]!, place) === 0;
    if (same) placesOf.at(-1)!.push(place);
    else placesOf.push([place]);
    siteOf[place] = placesOf.length - 1;
  });
  return { siteOf, placesOf };
}

/** Sum a number per place into a number per site. */
export function sumBySite(sites: Sites, perPlace: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(sites.placesOf.length);
  for (let place = 0; place < perPlace.length; place++) sums[sites.siteOf[place]!]! += perPlace[place]!;
  return sums;
}

/** SaTScan's radius of the earth, so that a circle of so many kilometres holds the same places. */
const EARTH_KM = 6367;

/** How far apart sites are, in a measure that is quick to compute, and in the unit of the radius. */
export type Distances = {
  /** Fill `out` with a number for each site that grows with its distance from the centre; ellipses: its short axis. */
  from(centre: number, shape: Shape, out: Float64Array): void;
  /** The distance that such a number stands for. */
  unit(key: number): number;
};

/** Straight lines on the plane, the sphere, or a given matrix. */
export function distancesBetween(input: ScanInput, settings: ScanSettings, sites: Sites): Distances {
  const { places, distances } = input;
  const first = sites.placesOf.map((places) => places[0]!);
  if (distances)
    return {
      from: (centre, _shape, out) => {
        const row = first[centre]! * places.length;
        for (let i = 0; i < first.length; i++) out[i] = distances[row + first[i]!]!;
      },
      unit: (key) => key,
    };
  const points = first.map((place) => places[place]!);
  return settings.coordinates === "lonlat" ? onSphere(points) : onPlane(points);
}

function onPlane(points: readonly { x: number; y: number }[]): Distances {
  const xs = Float64Array.from(points, (point) => point.x);
  const ys = Float64Array.from(points, (point) => point.y);
  return {
    from: (centre, { elongation, angle }, out) => {
      const x = xs[centre]!;
      const y = ys[centre]!;
      if (elongation === 1) {
        for (let i = 0; i < xs.length; i++) out[i] = (xs[i]! - x) ** 2 + (ys[i]! - y) ** 2;
        return;
      }
      // Shrunk along its long axis an ellipse is a circle.
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      for (let i = 0; i < xs.length; i++) {
        const [right, up] = [xs[i]! - x, ys[i]! - y];
        out[i] = ((right * cos + up * sin) / elongation) ** 2 + (up * cos - right * sin) ** 2;
      }
    },
    unit: Math.sqrt,
  };
}

/** The chord through the earth orders points as the great circle does, without an arcsine for each pair. */
function onSphere(points: readonly { x: number; y: number }[]): Distances {
  const radian = Math.PI / 180;
  const xs = Float64Array.from(points, ({ x, y }) => Math.cos(y * radian) * Math.cos(x * radian));
  const ys = Float64Array.from(points, ({ x, y }) => Math.cos(y * radian) * Math.sin(x * radian));
  const zs = Float64Array.from(points, ({ y }) => Math.sin(y * radian));
  return {
    from: (centre, _shape, out) => {
      const [x, y, z] = [xs[centre]!, ys[centre]!, zs[centre]!];
      for (let i = 0; i < xs.length; i++) out[i] = (xs[i]! - x) ** 2 + (ys[i]! - y) ** 2 + (zs[i]! - z) ** 2;
    },
    unit: (key) => 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(key) / 2)),
  };
}
