import type { ChosenSettings } from "./input.ts";
import type { Measure } from "./measure.ts";
import type { Neighbours } from "./neighbours.ts";

/**
 * Every circle, and if wanted every ellipse, around every centre. A step adds one site; each step ends one zone. Steps are cut into blocks so short
 * that the zones in one need nearly the same number of cases: comparing once a block then tells whether to look closer.
 * Blocks of about the same size share a class, and with it a row of critical counts.
 */
export type Zones = {
  readonly siteCount: number;
  /** The origin of each chain of steps. */
  readonly origins: Uint32Array;
  /** Sites, chain after chain, nearest first; sites that weigh nothing are left out. */
  readonly steps: Uint16Array | Uint32Array;
  /** The blocks of chain `c` are `firstBlock[c]` to `firstBlock[c + 1]`. */
  readonly firstBlock: Uint32Array;
  /** The step after the last of each block. */
  readonly blockEnd: Uint32Array;
  readonly blockClass: Uint32Array;
  /** The weight of the zone with which each block ends. */
  readonly blockSize: Float64Array;
  /** The smallest weight of a zone in each class. */
  readonly classSize: Float64Array;
  /** What the ratio of a zone in each class counts for. */
  readonly classPenalty: Float64Array;
};

/** A block may add as many expected cases as this many standard deviations of what it starts with. */
export const BLOCK_SPAN = 1;
/** And not more than this, so that what a block adds fits into eight bits. */
export const MOST_ADDED = 120;
const CLASS_SPAN = 0.1;

/** Grow each shape around each centre until it weighs more than the largest share, or is wider than the radius. */
export function growZones(neighbours: Neighbours, measure: Measure, settings: ChosenSettings): Zones {
  const { weight } = measure;
  const { count, shapes } = neighbours;
  const limit = settings.maxShare * measure.everyone * (1 + 1e-12);
  const { maxPlaces = Infinity } = settings;
  const steps = growing<Uint16Array | Uint32Array>(count > 65_536 ? Uint32Array : Uint16Array);
  const blockEnd = growing(Uint32Array);
  const blockClass = growing(Uint32Array);
  const blockSize = growing(Float64Array);
  const firstBlock = new Uint32Array(count * shapes.length + 1);
  const classes = new Map<number, number>();
  const classSize: number[] = [];
  const classPenalty: number[] = [];
  const origins = Uint32Array.from({ length: count * shapes.length }, (_, chain) => {
    const [place, shape] = [Math.floor(chain / shapes.length), chain % shapes.length];
    return shape * count + neighbours.order[place]!;
  });
  for (const [chain, origin] of origins.entries()) {
    const { penalty, elongation } = shapes[Math.floor(origin / count)]!;
    let size = 0;
    let visited = 0;
    let begin = 0;
    let room = -1;
    const closeBlock = () => {
      if (steps.length() === blockEnd.last() || room < 0) return;
      blockEnd.push(steps.length());
      blockSize.push(size);
      room = -1;
    };
    neighbours.walk(origin, (site) => {
      const more = weight[site]!;
      if (size + more > limit || ++visited > maxPlaces) return false;
      if (more === 0) return true;
      if (room >= 0 && size + more - begin > room) closeBlock();
      size += more;
      steps.push(site);
      if (room < 0) {
        begin = size;
        const expected = Math.sqrt(size * measure.widest);
        room = Math.min(BLOCK_SPAN * expected, MOST_ADDED) / measure.widest;
        const key = Math.floor(expected / CLASS_SPAN) * 16 + 2 * elongation;
        const found = classOf(classes, classSize, key, size);
        classPenalty[found] = penalty;
        blockClass.push(found);
      }
      return true;
    });
    closeBlock();
    firstBlock[chain + 1] = blockEnd.length();
  }
  return {
    siteCount: count,
    origins,
    steps: steps.array(),
    firstBlock,
    blockEnd: blockEnd.array(),
    blockClass: blockClass.array(),
    blockSize: blockSize.array(),
    classSize: Float64Array.from(classSize),
    classPenalty: Float64Array.from(classPenalty),
  };
}

function classOf(classes: Map<number, number>, sizes: number[], key: number, size: number): number {
  const found = classes.get(key);
  if (found === undefined) {
    classes.set(key, sizes.length);
    return sizes.push(size) - 1;
  }
  if (size < sizes[found]!) sizes[found] = size;
  return found;
}

type Numbers = Uint16Array | Uint32Array | Float64Array;

/** A typed array that doubles when it is full. */
function growing<T extends Numbers>(kind: new (size: number) => T) {
  let items = new kind(1024);
  let used = 0;
  return {
    length: () => used,
    last: () => (used > 0 ? items[used - 1]! : 0),
    push: (item: number) => {
      if (used === items.length) {
        const larger = new kind(used * 2);
        larger.set(items as never);
        items = larger;
      }
      items[used++] = item;
    },
    array: () => items.slice(0, used) as T,
  };
}
